"""What a report is called: its kind, and the cycle or the plan it is on."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.domains.community import queries as community
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.types import CYCLES, Kind, ReportRequest, cycle_of, kind_of
from juluo.lib import figures


def report_title(asked: ReportRequest) -> str:
    """Return a report's title in the language that is active; its days are no part of it."""
    name = community.settings().name
    kind, words = asked.kind, ""
    if kind is Kind.ACTIVITY:
        return _("%(plan)s: activity report") % {"plan": _plan(asked) or name}
    if kind is Kind.WORK:
        cycle = cycle_words(kind_of(asked.start, asked.end), asked.start, asked.language)
        words = _("Work output, %(cycle)s") % {"cycle": cycle} if cycle else _("Work output")
    elif kind in CYCLES and cycle_of(kind, asked.start) == (asked.start, asked.end):
        cycle = cycle_words(kind, asked.start, asked.language)
        words = _("Report for %(cycle)s") % {"cycle": cycle}
    if not words:
        return _("%s operations report") % name
    return f"{name} · {words}"


def _plan(asked: ReportRequest) -> str:
    if asked.plan_id is None:
        return ""
    return planning.plan_titles([asked.plan_id]).get(asked.plan_id, "")


def cycle_words(kind: Kind, start: date, language: str) -> str:
    """Return the name of the cycle that begins on a day; "" where a kind has none."""
    facts = {"year": start.year}
    if kind is Kind.WEEKLY:
        year, week, _weekday = start.isocalendar()
        return _("week %(week)d of %(year)d") % {"week": week, "year": year}
    if kind is Kind.MONTHLY:
        return figures.month(start, language=language)
    if kind is Kind.QUARTERLY:
        return _quarters()[(start.month - 1) // 3] % facts
    if kind is Kind.HALF_YEAR:
        halves = (_("the first half of %(year)d"), _("the second half of %(year)d"))
        return halves[(start.month - 1) // 6] % facts
    return pgettext("cycle", "the year %(year)d") % facts if kind is Kind.ANNUAL else ""


def _quarters() -> tuple[str, ...]:
    return (
        _("the first quarter of %(year)d"),
        _("the second quarter of %(year)d"),
        _("the third quarter of %(year)d"),
        _("the fourth quarter of %(year)d"),
    )
