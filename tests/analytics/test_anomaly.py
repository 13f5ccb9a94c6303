"""What a figure should be, from its own past."""

import random
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics.anomaly import FEWEST, expectation
from juluo.analytics.question import Grain


def poisson(mean, dice):
    """Draw a count (Knuth's way)."""
    limit, count, product = exp(-mean), 0, dice.random()
    while product > limit:
        count += 1
        product *= dice.random()
    return float(count)


@pytest.mark.parametrize("grain", list(FEWEST))
def test_too_little_history_gives_nothing(grain):
    assert expectation([5.0] * (FEWEST[grain] - 1), grain=grain, counts=True) is None
    # The silence before the first event is no history.
    assert expectation([0.0] * 99 + [5.0] * 3, grain=grain, counts=True) is None


def test_a_weekend_is_not_a_fall():
    week = [20.0, 20.0, 20.0, 20.0, 20.0, 2.0, 2.0]
    before = week * 10 + week[:5]

    saturday = expectation(before, grain=Grain.DAY, counts=True)

    assert not saturday.is_odd(2.0)
    assert saturday.is_odd(20.0)


def test_one_odd_day_does_not_hide_the_next():
    steady = [10.0] * 30
    steady[-3] = 200.0

    found = expectation(steady, grain=Grain.WEEK, counts=True)

    assert found.middle == pytest.approx(10.0)
    assert found.is_odd(40.0)


def test_a_season_seen_twice_is_expected():
    year = [10.0] * 48 + [40.0] * 4
    without = expectation(([10.0] * 52 * 2) + year[:50], grain=Grain.WEEK, counts=True)
    with_season = expectation(year * 2 + year[:48], grain=Grain.WEEK, counts=True)

    assert without.is_odd(40.0)
    assert with_season.middle > 14


@pytest.mark.parametrize("mean", [1.0, 4.0, 30.0])
def test_pure_noise_is_rarely_out_of_the_ordinary(mean):
    dice = random.Random(7)
    odd = looks = 0
    for _ in range(40):
        values = [poisson(mean, dice) for _ in range(90)]
        for n in range(40, 90, 5):
            found = expectation(values[:n], grain=Grain.DAY, counts=True)
            looks += 1
            odd += found.is_odd(values[n])

    assert looks == 400
    assert odd / looks < 0.03


@given(st.lists(st.floats(0, 1e4), min_size=10, max_size=60), st.booleans())
def test_a_range_is_a_range(values, counts):
    found = expectation(values, grain=Grain.WEEK, counts=counts)

    if found is not None:
        assert 0 <= found.low <= found.high
