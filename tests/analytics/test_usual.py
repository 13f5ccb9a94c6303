"""What is usual follows from the windows before alone."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics.usual import usual_range

known = st.lists(st.none() | st.floats(0, 1e6), max_size=20)


@pytest.mark.parametrize("before", [[], [5, 5, 5], [5, None, 5, None, 5]])
def test_too_few_windows_say_nothing(before):
    assert usual_range(before, counts=True) is None


def test_a_count_is_never_held_to_less_than_poissons_scatter():
    usual = usual_range([100, 100, 100, 100], counts=True)

    reach = 1.96 * sqrt(100 * 1.25)
    assert usual.low == pytest.approx(100 - reach)
    assert usual.high == pytest.approx(100 + reach)
    assert usual.windows == 4
    assert usual.holds(100 + reach - 0.01)
    assert not usual.holds(100 + reach + 0.01)


def test_what_is_no_count_is_held_to_its_own_scatter():
    still = usual_range([0.5, 0.5, 0.5, 0.5], counts=False)
    assert (still.low, still.high) == (0.5, 0.5)

    moving = usual_range([0.4, 0.6, 0.4, 0.6], counts=False)
    reach = 1.96 * sqrt((4 * 0.01 / 3) * 1.25)
    assert moving.low == pytest.approx(0.5 - reach)
    assert moving.high == pytest.approx(0.5 + reach)


def test_wild_counts_are_held_to_their_own_scatter():
    usual = usual_range([10, 50, 10, 50], counts=True)

    assert usual.high == pytest.approx(30 + 1.96 * sqrt((4 * 400 / 3) * 1.25))


def test_a_range_stays_within_what_a_value_can_be():
    usual = usual_range([0.9, 1.0, 0.1, 1.0], counts=False, most=1.0)

    assert (usual.low, usual.high) == (0.0, 1.0)


def test_gaps_are_no_windows():
    usual = usual_range([4, None, 4, None, 4, 4], counts=True)

    assert usual.windows == 4


@given(known, st.booleans(), st.sampled_from([None, 1.0]))
def test_a_range_is_in_order_and_never_negative(before, counts, most):
    if most is not None:
        before = [None if value is None else min(value, most) for value in before]
    usual = usual_range(before, counts=counts, most=most)

    if usual is not None:
        assert 0 <= usual.low <= usual.high
        assert most is None or usual.high <= most
