"""When a line of the content plan wants something published."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from juluo.lib.western_days import nth_weekday

MOST_SLOTS = 200
LAST_OF_MONTH = 5


class Rhythm(StrEnum):
    """How a line repeats."""

    ONCE = "once"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """Every so many weeks or months on a weekday; ``nth`` says which of the month (5: the last)."""

    rhythm: Rhythm
    every: int = 1
    weekday: int = 0
    nth: int = 1


def slot_days(cadence: Cadence, *, start: date, end: date) -> list[date]:
    """Return the days of ``[start, end)`` on which something is due, MOST_SLOTS at the most."""
    if start >= end:
        return []
    if cadence.rhythm is Rhythm.ONCE:
        return [start]
    days = _by_weeks if cadence.rhythm is Rhythm.WEEKS else _by_months
    return days(cadence, start, end)[:MOST_SLOTS]


def _by_weeks(cadence: Cadence, start: date, end: date) -> list[date]:
    first = start + timedelta(days=(cadence.weekday - start.weekday()) % 7)
    step = timedelta(weeks=cadence.every)
    found: list[date] = []
    while first < end and len(found) < MOST_SLOTS:
        found.append(first)
        first += step
    return found


def _by_months(cadence: Cadence, start: date, end: date) -> list[date]:
    month = start.year * 12 + start.month - 1
    found: list[date] = []
    if _in_month(cadence, month) < start:
        month += 1
    while len(found) < MOST_SLOTS and (day := _in_month(cadence, month)) < end:
        found.append(day)
        month += cadence.every
    return found


def _in_month(cadence: Cadence, month: int) -> date:
    return nth_weekday(month // 12, month % 12 + 1, weekday=cadence.weekday, nth=cadence.nth)


def waits_from(day: date, before: date | None, *, longest: timedelta = timedelta(days=14)) -> date:
    """Return the first day on which something published fills a slot: after the slot before it."""
    earliest = day - longest
    return earliest if before is None else max(earliest, before + timedelta(days=1))
