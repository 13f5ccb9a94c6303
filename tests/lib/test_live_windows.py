from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.lib.live_windows import NAMES, live_window

WEDNESDAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("7_days", date(2026, 3, 4), WEDNESDAY),
        ("28_days", date(2026, 2, 11), WEDNESDAY),
        ("last_week", date(2026, 3, 2), date(2026, 3, 9)),
        ("12_weeks", date(2025, 12, 15), date(2026, 3, 9)),
        ("last_month", date(2026, 2, 1), date(2026, 3, 1)),
        ("6_months", date(2025, 9, 1), date(2026, 3, 1)),
        ("12_months", date(2025, 3, 1), date(2026, 3, 1)),
    ],
)
def test_a_live_window_moves_with_the_day(name, start, end):
    assert live_window(name, today=WEDNESDAY) == (start, end)


@given(st.sampled_from(NAMES), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_every_live_window_has_days_and_is_over(name, today):
    start, end = live_window(name, today=today)

    assert start < end <= today < end + timedelta(days=31)


def test_a_window_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="tomorrow"):
        live_window("tomorrow", today=WEDNESDAY)
