"""A forecast knows its past only, keeps to what is possible, and errs as often as it says."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juluo.analytics.forecast import (
    Past,
    Scale,
    TooLittleHistory,
    finished,
    forecast,
    forecast_total,
)
from juluo.analytics.question import Grain


def past(values, grain=Grain.WEEK, scale=Scale.COUNT):
    return Past(values=tuple(values), grain=grain, scale=scale)


@pytest.mark.parametrize("values", [[], [5.0] * 7, [None] * 30, [3.0] * 10 + [None] * 20])
def test_says_nothing_where_history_is_short_or_full_of_gaps(values):
    with pytest.raises(TooLittleHistory):
        forecast(past(values), ahead=1)


def test_needs_a_past_that_can_judge_forecasts_as_far_ahead():
    values = [10.0] * 20
    assert forecast(past(values), ahead=10).errors == 5
    with pytest.raises(TooLittleHistory):
        forecast(past(values), ahead=11)


def test_a_steady_count_keeps_the_noise_that_counts_have():
    band = forecast(past([100.0] * 30), ahead=4)

    # Of the bands around 100 this one holds most nearly four in five Poisson counts.
    assert (band.low, round(band.middle, 2), band.high) == (88, 100, 113)


def test_a_steady_amount_has_no_noise_of_its_own():
    band = forecast(past([4.0] * 30, scale=Scale.AMOUNT), ahead=1)

    assert (band.low, band.middle, band.high) == pytest.approx((4, 4, 4))
    assert band.chance_of(5, higher_is_better=True) == 0.01


def test_a_week_has_its_days():
    week = [10.0, 12, 14, 13, 40, 80, 70]
    band = forecast(past(week * 12, Grain.DAY), ahead=6)

    assert band.middle == pytest.approx(80, rel=0.02)
    assert band.method.startswith("seasonal")


def test_a_total_is_the_sum_of_its_periods():
    band = forecast_total(past([25.0] * 40), periods=4)

    assert band.middle == pytest.approx(100)


def test_a_total_under_way_adds_what_is_known():
    band = forecast_total(past([25.0] * 40), periods=4)
    later = band.after(50, times=0.5)

    assert later.middle == pytest.approx(50 + band.middle / 2)
    assert later.low == pytest.approx(50 + band.low / 2)
    assert later.chance_of(50, higher_is_better=True) == 0.99


def test_chances_agree_with_the_band():
    band = forecast(past([100.0] * 30), ahead=4)

    # Edges are whole numbers; chances are read from the band before it was rounded.
    assert band.chance_of(band.high, higher_is_better=True) == pytest.approx(0.1, abs=0.01)
    assert band.chance_of(band.low, higher_is_better=True) == pytest.approx(0.9, abs=0.01)
    assert band.chance_of(band.low, higher_is_better=False) == pytest.approx(0.1, abs=0.01)


def test_chances_fall_as_targets_rise_even_where_the_band_is_nothing():
    band = forecast(past([0.0] * 40), ahead=1)
    chances = [band.chance_of(target, higher_is_better=True) for target in range(5)]

    assert (band.low, band.middle, band.high) == (0, 0, 0)
    assert chances == sorted(chances, reverse=True)
    assert chances[0] == pytest.approx(0.5, abs=0.01)
    assert 0.05 < chances[1] < 0.2


def test_a_total_of_nothing_keeps_a_chance_that_something_comes():
    band = forecast_total(past([0.0] * 60), periods=4).after(10)

    assert (band.low, band.high) == (10, 10)
    assert 0.01 < band.chance_of(11, higher_is_better=True) < 0.5


@pytest.mark.parametrize(("each", "high"), [(10, 0), (4, 0), (3, 1)])
def test_a_band_leaves_out_what_comes_one_time_in_four_but_not_in_three(each, high):
    values = [float(n % each == 0) for n in range(200)]
    band = forecast(past(values, Grain.DAY), ahead=1)

    assert (band.low, band.high) == (0, high)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 60), min_size=14, max_size=50), st.integers(1, 4), st.booleans())
def test_a_count_has_whole_edges(values, ahead, is_total):
    known = past([float(value) for value in values])
    try:
        band = forecast_total(known, periods=ahead) if is_total else forecast(known, ahead=ahead)
    except TooLittleHistory:
        return
    assert band.low == int(band.low)
    assert band.high == int(band.high)
    assert band.low <= band.middle <= band.high


def test_people_who_come_again_are_told_from_windows_like_it():
    pairs = [(40, 60), (44, 66), (36, 54), (50, 76)]
    band = finished(42.0, pairs, scale=Scale.COUNT)

    assert band.low < 63 < band.high
    assert 60 < band.middle < 66
    with pytest.raises(TooLittleHistory):
        finished(42.0, pairs[:3], scale=Scale.COUNT)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=8, max_size=50),
    st.sampled_from(list(Scale)),
    st.integers(1, 6),
)
def test_never_leaves_what_is_possible(values, scale, ahead):
    try:
        band = forecast(past(values, scale=scale), ahead=ahead)
    except TooLittleHistory:
        return
    assert 0 <= band.low <= band.middle <= band.high
    assert scale is not Scale.SHARE or band.high <= 1
    assert 0.01 <= band.chance_of(0.4, higher_is_better=True) <= 0.99


def overdispersed(mean, chance):
    """A count that scatters twice as much as a Poisson one."""
    return float(chance.poisson(chance.gamma(mean, 1.0)))


WORLDS = {
    "noise": lambda n, chance: float(chance.poisson(30)),
    "trend": lambda n, chance: float(chance.poisson(20 + 0.8 * n)),
    "overdispersed": lambda n, chance: overdispersed(25, chance),
    "weekly season": lambda n, chance: float(
        chance.poisson(30 + 20 * np.sin(2 * np.pi * (n % 7) / 7))
    ),
    "season, trend and overdispersion": lambda n, chance: overdispersed(
        15 + 0.2 * n + 8 * np.sin(2 * np.pi * (n % 7) / 7), chance
    ),
}


def held(world, *, ahead, total):
    """Forecast 120 worlds once each and return how often the band held what came."""
    chance, kept = np.random.default_rng(7), 0
    for length in np.linspace(40, 100, 120).astype(int):
        values = [WORLDS[world](n, chance) for n in range(length + ahead)]
        known = past(values[:length], Grain.DAY)
        band = forecast_total(known, periods=ahead) if total else forecast(known, ahead=ahead)
        truth = sum(values[length:]) if total else values[-1]
        kept += band.low <= truth <= band.high
    return kept / 120


@pytest.mark.parametrize("total", [False, True], ids=["level", "total"])
@pytest.mark.parametrize("world", WORLDS)
def test_four_of_five_bands_hold_the_truth(world, total):
    # 120 independent worlds: a true .8 gives .71 to .89 in 99 of 100 runs.
    assert 0.71 <= held(world, ahead=5, total=total) <= 0.91
