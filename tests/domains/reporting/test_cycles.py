"""The days of a cycle, by its name."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.domains.reporting.types import NotACycle, cycle_days

WRONG = (
    *("", "26", "2026-", "2026-13", "2026-00", "2026-3", "2026W01", "2026-Q1-1", "年"),
    *("2026-Q5", "2026-Q0", "2026-H3", "2025-W53", "2026-W00", "0000", "9999", "9999-Q4"),
)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("2026", "2026-01-01", "2027-01-01"),
        ("2026-H1", "2026-01-01", "2026-07-01"),
        ("2026-H2", "2026-07-01", "2027-01-01"),
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026-q4", "2026-10-01", "2027-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026-W01", "2025-12-29", "2026-01-05"),
        ("2026-W53", "2026-12-28", "2027-01-04"),
    ],
)
def test_a_name_means_these_days(name, start, end):
    assert cycle_days(name) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "name",
    [
        "26",
        "2026-",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-Q0",
        "2026-H3",
        "2025-W53",
        "2026-W00",
        "2026-3",
        "0000",
        "9999",
        "9999-Q4",
        "2026-Q1-1",
        "年",
        ",",
        "2026W01",
    ],
)
def test_other_names_are_refused(name):
    with pytest.raises(NotACycle):
        cycle_days(name)


@given(st.integers(1900, 2199), st.sampled_from([("", 1), ("H", 2), ("Q", 4), ("", 12)]))
def test_the_parts_of_a_year_follow_each_other_and_make_it_up(year, cut):
    letter, count = cut
    names = [f"{year}-{letter}{n}" if letter else f"{year}-{n:02}" for n in range(1, count + 1)]
    spans = [cycle_days(name) for name in (names if count > 1 else [str(year)])]

    assert spans[0][0] == date(year, 1, 1)
    assert spans[-1][1] == date(year + 1, 1, 1)
    assert all(one[1] == following[0] for one, following in pairwise(spans))


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_its_own_week(day):
    year, week, _weekday = day.isocalendar()

    start, end = cycle_days(f"{year}-W{week:02}")

    assert start <= day < end
    assert end - start == timedelta(days=7)
