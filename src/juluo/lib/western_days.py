"""Days that communities far beyond China keep: a small set, fixed dates and movable ones."""

from datetime import date, timedelta
from functools import lru_cache

from juluo.lib.day_names import Named

_FIXED = {
    (1, 1): Named("元旦", "New Year's Day"),
    (2, 14): Named("情人节", "Valentine's Day"),
    (3, 8): Named("国际妇女节", "International Women's Day"),
    (4, 22): Named("世界地球日", "Earth Day"),
    (5, 1): Named("劳动节", "Labour Day"),
    (10, 31): Named("万圣夜", "Halloween"),
    (12, 5): Named("国际志愿者日", "International Volunteer Day"),
    (12, 24): Named("平安夜", "Christmas Eve"),
    (12, 25): Named("圣诞节", "Christmas Day"),
    (12, 31): Named("新年前夜", "New Year's Eve"),
}
_THURSDAY, _SUNDAY = 3, 6


def western_days(day: date) -> tuple[Named, ...]:
    """Return what a day is kept as."""
    found = [_FIXED.get((day.month, day.day)), _movable(day.year).get(day)]
    return tuple(each for each in found if each is not None)


@lru_cache(maxsize=64)
def _movable(year: int) -> dict[date, Named]:
    sunday = easter(year)
    thanksgiving = nth_weekday(year, 11, weekday=_THURSDAY, nth=4)
    return {
        sunday - timedelta(days=2): Named("耶稣受难日", "Good Friday"),
        sunday: Named("复活节", "Easter Sunday"),
        nth_weekday(year, 5, weekday=_SUNDAY, nth=2): Named("母亲节", "Mother's Day"),
        nth_weekday(year, 6, weekday=_SUNDAY, nth=3): Named("父亲节", "Father's Day"),
        thanksgiving: Named("感恩节（美国）", "Thanksgiving (US)"),
        thanksgiving + timedelta(days=1): Named("黑色星期五", "Black Friday"),
    }


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - skipped + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, before = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, before + 1)


def nth_weekday(year: int, month: int, *, weekday: int, nth: int) -> date:
    """Return the nth such weekday of a month; the last one where ``nth`` is 5 or more."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    while day.month != month:
        day -= timedelta(days=7)
    return day
