"""Days as China counts them: public holidays, make-up workdays, lunar dates and festivals.

Holidays and make-up days are those the State Council announced; a year that is not announced
yet has none here, and :func:`is_announced` says so. Nothing is guessed. Lunar dates and solar
terms are computed from the moon and the sun, so that they hold for every year.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from juluo.lib.day_names import Named

# Where lunar dates are computed; years beyond have no lunar words.
LUNAR_YEARS = range(1900, 2101)


@dataclass(frozen=True, kw_only=True)
class LunarDay:
    """A day of the lunar calendar, as it is written: 八月十五."""

    month: int
    day: int
    is_leap_month: bool
    words: str
    month_words: str


# (month, day) of the lunar year; New Year's Eve and the solar Qingming are found apart.
_FESTIVALS = {
    (1, 1): Named("春节", "Spring Festival"),
    (1, 15): Named("元宵节", "Lantern Festival"),
    (2, 2): Named("龙抬头", "Dragon Head Festival"),
    (5, 5): Named("端午节", "Dragon Boat Festival"),
    (7, 7): Named("七夕", "Qixi Festival"),
    (7, 15): Named("中元节", "Ghost Festival"),
    (8, 15): Named("中秋节", "Mid-Autumn Festival"),
    (9, 9): Named("重阳节", "Double Ninth Festival"),
    (12, 8): Named("腊八节", "Laba Festival"),
    (12, 23): Named("小年", "Little New Year"),
}
_EVE = Named("除夕", "Lunar New Year's Eve")
_QINGMING = Named("清明节", "Qingming Festival")
_WINTER_SOLSTICE = Named("冬至", "Winter Solstice")
_TERMS = {"清明": _QINGMING, "冬至": _WINTER_SOLSTICE}
# What China marks by the common calendar.
_DATES = {
    (1, 1): Named("元旦", "New Year's Day"),
    (3, 8): Named("妇女节", "Women's Day"),
    (5, 1): Named("劳动节", "Labour Day"),
    (5, 4): Named("青年节", "Youth Day"),
    (6, 1): Named("儿童节", "Children's Day"),
    (9, 10): Named("教师节", "Teachers' Day"),
    (10, 1): Named("国庆节", "National Day"),
}
_HOLIDAYS = {
    "New Year's Day": Named("元旦假期", "New Year holiday"),
    "Spring Festival": Named("春节假期", "Spring Festival holiday"),
    "Tomb-sweeping Day": Named("清明假期", "Qingming holiday"),
    "Labour Day": Named("劳动节假期", "Labour Day holiday"),
    "Dragon Boat Festival": Named("端午假期", "Dragon Boat holiday"),
    "National Day": Named("国庆假期", "National Day holiday"),
    "Mid-autumn Festival": Named("中秋假期", "Mid-Autumn holiday"),
}


@lru_cache(maxsize=1)
def announced_years() -> range:
    """Return the years whose holidays the State Council has announced and we hold."""
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def is_announced(day: date) -> bool:
    """Whether the holidays of the day's year are known."""
    return day.year in announced_years()


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Whether China works that day; a year not announced has its Mondays to Fridays."""
    if not is_announced(day):
        return day.weekday() < 5
    from chinese_calendar import is_workday as announced

    return bool(announced(day))


@lru_cache(maxsize=4096)
def holiday(day: date) -> Named | None:
    """Return the public holiday that the day belongs to, weekend days within it included."""
    if is_workday(day) or not is_announced(day):
        return None
    from chinese_calendar import get_holiday_detail

    _off, name = get_holiday_detail(day)
    return _HOLIDAYS.get(name, Named("假期", name)) if name else None


def is_make_up_day(day: date) -> bool:
    """Whether a weekend day is worked to make up for a holiday (调休)."""
    return day.weekday() >= 5 and is_workday(day)


@lru_cache(maxsize=4096)
def lunar_day(day: date) -> LunarDay | None:
    """Return the lunar date, or None outside the years we compute."""
    if day.year not in LUNAR_YEARS:
        return None
    from lunar_python import Solar

    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month_words = f"{found.getMonthInChinese()}月"
    return LunarDay(
        month=abs(found.getMonth()),
        day=found.getDay(),
        is_leap_month=found.getMonth() < 0,
        words=month_words + found.getDayInChinese(),
        month_words=month_words if found.getDay() == 1 else found.getDayInChinese(),
    )


@lru_cache(maxsize=4096)
def festivals(day: date) -> tuple[Named, ...]:
    """Return the festivals of a day: lunar ones, solar terms that are kept, common dates."""
    found = [_DATES.get((day.month, day.day)), _lunar_festival(day), _kept_term(day)]
    return tuple(each for each in found if each is not None)


def _lunar_festival(day: date) -> Named | None:
    lunar = lunar_day(day)
    if lunar is None or lunar.is_leap_month:
        return None
    tomorrow = lunar_day(day + timedelta(days=1)) if day < date.max else None
    if tomorrow is not None and (tomorrow.month, tomorrow.day) == (1, 1):
        return _EVE
    return _FESTIVALS.get((lunar.month, lunar.day))


def _kept_term(day: date) -> Named | None:
    if day.year not in LUNAR_YEARS or day.month not in (4, 12):
        return None
    from lunar_python import Solar

    term = Solar.fromYmd(day.year, day.month, day.day).getLunar().getJieQi()
    return _TERMS.get(str(term))
