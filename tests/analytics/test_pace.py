"""Where a target should stand, how it stands, and how several stand together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.analytics.forecast import Past, forecast
from juluo.analytics.pace import Rolled, Status, Way, roll_up, shape_of, status, worst
from juluo.analytics.question import Grain

START, END = date(2026, 1, 1), date(2026, 4, 11)  # a hundred days
HALF = date(2026, 2, 20)


def way(**changes):
    given = {
        "start": START,
        "end": END,
        "baseline": 100.0,
        "target": 200.0,
        "higher_is_better": True,
        "is_total": False,
    }
    return Way(**given | changes)


def stands(value, *, today=HALF, is_final=False, band=None, **changes):
    return status(
        way(**changes), today=today, value=value, until=today, is_final=is_final, band=band
    )


def steady(level):
    return forecast(Past(values=(float(level),) * 30, grain=Grain.WEEK), ahead=2)


def test_a_level_goes_straight_from_baseline_to_target():
    assert way().pace(START) == 100
    assert way().pace(HALF) == 150
    assert way().pace(END) == 200
    assert way().pace(date(2030, 1, 1)) == 200


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (250, Status.ON_PACE),
        (200, Status.ON_PACE),
        (185, Status.AT_RISK),
        (150, Status.OFF_PACE),
    ],
)
def test_a_level_that_is_to_be_held_is_paced_by_itself(value, said):
    held = {"baseline": 200.0, "target": 200.0}

    assert way(**held).pace(HALF) == 200
    assert stands(value, **held) is said
    assert stands(value, is_final=True, **held) is (
        Status.REACHED if value >= 200 else Status.MISSED
    )
    assert way(**held).progress(value, HALF) == (1.0 if value >= 200 else 0.0)


def test_a_low_that_is_to_be_held_may_not_rise():
    held = {"baseline": 10.0, "target": 10.0, "higher_is_better": False}

    assert stands(10, **held) is Status.ON_PACE
    assert stands(10.5, **held) is Status.AT_RISK
    assert stands(12, **held) is Status.OFF_PACE


def test_a_total_grows_from_nothing():
    total = way(is_total=True, baseline=180.0)

    assert (total.pace(START), total.pace(HALF), total.pace(END)) == (0, 100, 200)


def test_a_total_follows_the_shape_of_its_season():
    quiet_then_busy = shape_of([1.0] * 50 + [3.0] * 50)

    assert way(is_total=True, shape=quiet_then_busy).pace(HALF) == pytest.approx(50)
    assert shape_of([None, 0.0]) == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, Status.NO_DATA),
        (150, Status.ON_PACE),
        (180, Status.ON_PACE),
        (145, Status.AT_RISK),
        (120, Status.OFF_PACE),
    ],
)
def test_stands_by_its_pace_where_nothing_can_be_forecast(value, said):
    assert stands(value) is said


def test_before_its_first_day_nothing_is_judged():
    assert stands(300, today=date(2025, 12, 31)) is Status.NOT_STARTED


def test_who_will_likely_arrive_is_on_pace_though_behind():
    assert stands(120, band=steady(220)) is Status.ON_PACE
    assert stands(120, band=steady(195)) is Status.AT_RISK
    assert stands(120, band=steady(130)) is Status.OFF_PACE


def test_the_end_decides():
    assert stands(200, is_final=True) is Status.REACHED
    assert stands(199.9, is_final=True) is Status.MISSED


def test_a_sum_that_has_arrived_has_arrived():
    assert stands(200, is_total=True) is Status.REACHED
    assert stands(200) is Status.ON_PACE  # a level can still fall


def test_less_is_better_turns_everything_round():
    falling = {"baseline": 100.0, "target": 50.0, "higher_is_better": False}

    assert stands(75, **falling) is Status.ON_PACE
    assert stands(60, **falling) is Status.ON_PACE
    assert stands(79, **falling) is Status.AT_RISK
    assert stands(95, **falling) is Status.OFF_PACE
    assert stands(50, is_final=True, **falling) is Status.REACHED
    assert way(**falling).progress(75, HALF) == 0.5


def test_losses_over_their_limit_are_missed_at_once():
    losses = {"target": 20.0, "higher_is_better": False, "is_total": True, "baseline": 30.0}

    assert stands(21, **losses) is Status.MISSED
    assert stands(8, **losses) is Status.ON_PACE
    assert way(**losses).progress(8, HALF) == 0.5
    assert way(**losses).progress(20, HALF) == 0.25
    assert way(**losses).progress(0, HALF) == 0.5


@given(st.floats(-1e6, 1e6), st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.booleans())
def test_progress_stays_within_nothing_and_everything(value, until, is_total):
    assert 0 <= way(is_total=is_total).progress(value, until) <= 1


def test_several_weigh_what_they_weigh_and_the_unmeasured_stand_apart():
    assert roll_up([(0.5, 1), (1.0, 3), (None, 2)]) == Rolled(
        progress=0.875, weight=4, unmeasured=2
    )
    assert roll_up([(None, 2)]) == Rolled(progress=None, weight=0, unmeasured=2)


def test_the_status_of_several_is_the_one_that_needs_somebody():
    assert worst([Status.REACHED, Status.AT_RISK, Status.ON_PACE]) is Status.AT_RISK
    assert worst([]) is Status.NO_DATA
