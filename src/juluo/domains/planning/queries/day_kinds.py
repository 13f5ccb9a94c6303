"""What a day is where the community lives: a working day, a holiday, a festival."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from juluo.domains.community import queries as community
from juluo.lib import chinese_days
from juluo.lib.western_days import western_days

# Zones whose clocks hang on walls in mainland China.
CHINESE_ZONES = frozenset(
    {
        "Asia/Shanghai",
        "Asia/Chongqing",
        "Asia/Chungking",
        "Asia/Harbin",
        "Asia/Kashgar",
        "Asia/Urumqi",
        "PRC",
    }
)


@dataclass(frozen=True, kw_only=True)
class DayKind:
    """A day in words; ``marks`` are its festivals, ``holiday`` the public holiday it lies in."""

    day: date
    is_workday: bool
    holiday: str
    is_make_up: bool
    marks: tuple[str, ...]
    lunar: str
    lunar_short: str


def keeps_chinese_days() -> bool:
    """Whether the community lives by China's calendar: by its clock or by its language."""
    settings = community.settings()
    return settings.timezone in CHINESE_ZONES or settings.language.startswith("zh")


def is_workday_here() -> Callable[[date], bool]:
    """Return what says whether a day is worked: Chinese holidays, or Mondays to Fridays."""
    return chinese_days.is_workday if keeps_chinese_days() else _is_weekday


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def day_kinds(days: list[date]) -> dict[date, DayKind]:
    """Return what each of these days is, in the reader's language. One query."""
    language = get_language() or "en"
    is_chinese = keeps_chinese_days()
    tell = _chinese if is_chinese else _western
    return {day: tell(day, language) for day in days}


def _chinese(day: date, language: str) -> DayKind:
    holiday, lunar = chinese_days.holiday(day), chinese_days.lunar_day(day)
    marks = tuple(each.in_language(language) for each in chinese_days.festivals(day))
    return DayKind(
        day=day,
        is_workday=chinese_days.is_workday(day),
        holiday=holiday.in_language(language) if holiday else "",
        is_make_up=chinese_days.is_make_up_day(day),
        marks=marks,
        lunar=lunar.words if lunar else "",
        lunar_short=lunar.month_words if lunar else "",
    )


def _western(day: date, language: str) -> DayKind:
    marks = [each.in_language(language) for each in western_days(day)]
    # The greatest of the lunar festivals are kept far beyond China.
    marks += [
        each.in_language(language)
        for each in chinese_days.festivals(day)
        if each.en in {"Spring Festival", "Mid-Autumn Festival"}
    ]
    return DayKind(
        day=day,
        is_workday=_is_weekday(day),
        holiday="",
        is_make_up=False,
        marks=tuple(marks),
        lunar="",
        lunar_short="",
    )


def holidays_note(first: date, last: date) -> str:
    """Say what is not known of the holidays of some days; "" where everything is."""
    if not keeps_chinese_days():
        return _("Mondays to Fridays count as working days; public holidays differ by country.")
    years = chinese_days.announced_years()
    unknown = [str(each) for each in range(first.year, last.year + 1) if each >= years.stop]
    if not unknown:
        return ""
    return _(
        "The public holidays of %(years)s are not announced yet; until then Mondays to Fridays "
        "count as working days."
    ) % {"years": pgettext("list", ", ").join(unknown)}
