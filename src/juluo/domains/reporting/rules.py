"""What kinds of reports there are, and which days the cycle of each covers."""

import re
from datetime import date, timedelta
from enum import StrEnum

_MONTHS_OF = {"Q": 3, "H": 6}
_NAME = re.compile(r"(\d{4})(?:-(?:(\d{2})|([QH])([1-4])|W(\d{2})))?")


class Kind(StrEnum):
    """What a report is about: a cycle, own days, one activity, or the work done."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    ANNUAL = "annual"
    WINDOW = "window"
    ACTIVITY = "activity"
    WORK = "work"


# How many months the cycle of a kind has; weeks are counted in days.
_CYCLE_MONTHS = {Kind.MONTHLY: 1, Kind.QUARTERLY: 3, Kind.HALF_YEAR: 6, Kind.ANNUAL: 12}
CYCLES = (Kind.WEEKLY, *_CYCLE_MONTHS)


class NotACycle(ValueError):
    """The words name no year, half-year, quarter, month or week."""


def cycle_days(name: str) -> tuple[date, date]:
    """Return the local days ``[start, end)`` of 2026, 2026-H1, 2026-Q1, 2026-03 or 2026-W14.

    Weeks are those of ISO 8601: they begin on Monday, the first one holds the year's 4 January.

    :raises NotACycle: if it is none of these.
    """
    found = _NAME.fullmatch(name.strip().upper())
    if not found:
        raise NotACycle(name)
    year, month, letter, place, week = found.groups()
    try:
        if week:
            start = date.fromisocalendar(int(year), int(week), 1)
            return start, start + timedelta(days=7)
        if letter:
            return _part_of_year(int(year), _MONTHS_OF[letter], int(place))
        return _part_of_year(int(year), 1 if month else 12, int(month or 1))
    except (ValueError, OverflowError) as error:
        raise NotACycle(name) from error


def _part_of_year(year: int, months: int, place: int) -> tuple[date, date]:
    if not 1 <= place <= 12 // months:
        raise ValueError(place)
    after = place * months
    end = date(year + 1, 1, 1) if after == 12 else date(year, after + 1, 1)
    return date(year, after - months + 1, 1), end


def cycle_of(kind: Kind, day: date) -> tuple[date, date]:
    """Return the local days ``[start, end)`` of the cycle that a day lies in.

    :raises NotACycle: if reports of this kind have no cycle.
    """
    if kind is Kind.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if kind not in _CYCLE_MONTHS:
        raise NotACycle(kind)
    months = _CYCLE_MONTHS[kind]
    return _part_of_year(day.year, months, (day.month - 1) // months + 1)


def last_cycle(kind: Kind, today: date) -> tuple[date, date]:
    """Return the local days of the newest cycle that was over when ``today`` began.

    :raises NotACycle: if reports of this kind have no cycle.
    """
    start, _end = cycle_of(kind, today)
    return cycle_of(kind, start - timedelta(days=1))


def kind_of(start: date, end: date) -> Kind:
    """Return the kind whose cycle covers exactly the days ``[start, end)``; else own days."""
    return next((each for each in CYCLES if cycle_of(each, start) == (start, end)), Kind.WINDOW)
