"""Local days, and how a window of them is cut into points.

A day is a number: days since 1970-01-01, as the community's clock shows them. A moment is a
number too: microseconds since 1970-01-01 UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from juluo.analytics.question import Grain

EPOCH = date(1970, 1, 1)
DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
_MOMENT_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Period:
    """One point's days ``[start, end)``; the window before it is ``[before, start)``."""

    start: int
    end: int
    before: int


def day_number(day: date) -> int:
    """Return the number of a day."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """Return the day that has this number."""
    return EPOCH + timedelta(days=number)


def moment(at: datetime) -> int:
    """Return a moment as microseconds since 1970 UTC."""
    return (at - _MOMENT_ZERO) // timedelta(microseconds=1)


def datetime_of(microseconds: int) -> datetime:
    """Return the moment, in UTC."""
    return _MOMENT_ZERO + timedelta(microseconds=microseconds)


def local_day(at: datetime, timezone: str) -> int:
    """Return the local day a moment lies in."""
    return day_number(at.astimezone(ZoneInfo(timezone)).date())


@lru_cache(maxsize=4096)
def day_begins(number: int, timezone: str) -> int:
    """Return the moment a local day begins, daylight saving included."""
    day = date_of(number)
    return moment(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(timezone)))


def grain_start(number: int, grain: Grain) -> int:
    """Return the first day of the day's ISO week or month; a day is its own."""
    day = date_of(number)
    if grain is Grain.WEEK:
        return number - day.weekday()
    return day_number(day.replace(day=1)) if grain is Grain.MONTH else number


def next_start(number: int, grain: Grain) -> int:
    """Return the first day after the day's own week or month, or the next day."""
    if grain is Grain.WEEK:
        return grain_start(number, grain) + 7
    if grain is Grain.MONTH:
        return grain_start(grain_start(number, grain) + 31, grain)
    return number + 1


def periods(start: int, end: int, grain: Grain) -> tuple[Period, ...]:
    """Cut ``[start, end)`` at the grain; the first and the last may be partial."""
    if grain is Grain.WINDOW:
        return (Period(start=start, end=end, before=start - (end - start)),)
    found = []
    first = start
    while first < end:
        following = next_start(first, grain)
        found.append(
            Period(start=first, end=min(following, end), before=_one_grain_before(first, grain))
        )
        first = following
    return tuple(found)


def _one_grain_before(start: int, grain: Grain) -> int:
    if grain is not Grain.MONTH:
        return start - (7 if grain is Grain.WEEK else 1)
    day = date_of(start)
    last_of_before = date_of(grain_start(start, grain) - 1)
    return day_number(last_of_before.replace(day=min(day.day, last_of_before.day)))


def is_cut(start: int, end: int, grain: Grain) -> bool:
    """Say whether the window begins or ends inside a week or month, so that points are partial."""
    return grain_start(start, grain) != start or grain_start(end, grain) != end


@lru_cache(maxsize=256)
def offsets(timezone: str, first: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the steps of local time over the days: (from this moment, microseconds to add).

    The first step holds from the beginning of time.
    """
    begin, stop = (first - 2) * DAY_US, (end + 2) * DAY_US
    steps = [(begin, _offset(begin, timezone))]
    here = begin
    while here < stop:
        following = here + DAY_US
        if _offset(following, timezone) != steps[-1][1]:
            change = _change_between(here, following, timezone)
            steps.append((change, _offset(change, timezone)))
        here = following
    return tuple(steps)


def _offset(at: int, timezone: str) -> int:
    offset = datetime_of(at).astimezone(ZoneInfo(timezone)).utcoffset() or timedelta()
    return offset // timedelta(microseconds=1)


def _change_between(low: int, high: int, timezone: str) -> int:
    before = _offset(low, timezone)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, timezone) == before:
            low = middle
        else:
            high = middle
    return high
