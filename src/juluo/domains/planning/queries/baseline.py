"""Figures of a window, as they are frozen into a plan, and how they are shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.engine import QuestionRefused
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Baseline
from juluo.lib import figures

# Size, activity, growth, talk, answering, newcomers, dependence on few: what a status names.
KEYS = (
    "members.total",
    "members.active",
    "members.contributing",
    "members.new",
    "participation.rate",
    "members.stickiness",
    "content.contributions",
    "content.per_active",
    "interaction.reactions",
    "interaction.per_contribution",
    "response.answered_1d",
    "response.first_reply_median",
    "newcomers.second_contribution_7d",
    "newcomers.retention_28d",
    "concentration.core_80",
)
# How much of the past each kind of plan looks back on, in months.
MONTHS = {"annual": 12, "quarterly": 3, "activity": 3, "campaign": 3}


@dataclass(frozen=True, kw_only=True)
class BaselineFigure:
    """One frozen figure in words, the same a year before, and the way to its records."""

    key: str
    title: str
    question: str
    value: str
    before: str
    change: str
    url: str


@dataclass(frozen=True, kw_only=True)
class BaselineShown:
    """A frozen baseline in the reader's language."""

    id: int
    first: date
    last: date
    taken_at: datetime
    taken_by_id: int
    data_version: str
    figures: tuple[BaselineFigure, ...]


def usual_window(kind: str, *, start: date, now: datetime) -> tuple[date, date]:
    """Return the whole months that a plan of a kind looks back on, as ``[start, end)``.

    They are the last before it starts that have passed by now. Where talk ended earlier (an
    archive that was brought in), the months up to its last day.
    """
    last = insights.period(Grain.MONTH, now=now)
    if start < last.end:
        before = start.replace(day=1) - timedelta(days=1)
        last = insights.period(Grain.MONTH, now=now, containing=before)
    return last.before(MONTHS[kind] - 1), last.end


def figures_of_window(*, start: date, end: date, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Return the status figures of the days ``[start, end)``, and the data version they rest on.

    Where nobody was active a year before, there was no community to compare with.
    """
    log = insights.current_log()
    earlier = (_year_before(start), _year_before(end))
    active = _answer("members.active", *earlier, log, now)
    existed = bool(active and active.points and active.points[0].value)
    found = []
    for key in KEYS:
        answer = _answer(key, start, end, log, now)
        if answer is not None:
            before = _answer(key, *earlier, log, now) if existed else None
            found.append(_frozen(answer, before))
    return found, log.data_version


def _frozen(answer: Answer, before: Answer | None) -> dict[str, Any]:
    point = answer.points[0] if answer.points else None
    return {
        "key": answer.question.key,
        "version": answer.version,
        "unit": answer.unit,
        "value": point.value if point else None,
        "part": point.part if point else None,
        "whole": point.whole if point else None,
        "before": before.points[0].value if before and before.points else None,
    }


def _answer(key: str, start: date, end: date, log: EventLog, now: datetime) -> Answer | None:
    asked = insights.question(key, start=start, end=end, grain=Grain.WINDOW, timezone=log.timezone)
    try:
        return insights.ask(asked, log=log, now=now)
    except QuestionRefused:
        return None


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def baselines_of(plan_id: int, *, language: str) -> list[BaselineShown]:
    """Return a plan's baselines, newest first."""
    rows = Baseline.objects.filter(plan_id=plan_id).order_by("-taken_at", "-id")
    return [_shown(row, language) for row in rows]


def _shown(row: Baseline, language: str) -> BaselineShown:
    return BaselineShown(
        id=row.pk,
        first=row.start,
        last=row.end - timedelta(days=1),
        taken_at=row.taken_at,
        taken_by_id=row.taken_by_id,
        data_version=row.data_version,
        figures=tuple(_figure(each, row, language) for each in row.figures),
    )


def _figure(frozen: Mapping[str, Any], row: Baseline, language: str) -> BaselineFigure:
    key, unit = frozen["key"], frozen["unit"]
    known = METRICS.get(key)
    change = None
    if frozen["value"] is not None and frozen["before"] is not None:
        change = frozen["value"] - frozen["before"]
    return BaselineFigure(
        key=key,
        title=known.title.in_language(language) if known else key,
        question=known.question.in_language(language) if known else "",
        value=figures.figure(frozen["value"], unit, language=language),
        before=figures.figure(frozen["before"], unit, language=language),
        change=figures.change(change, unit, language=language),
        url=explorer_address(key, row.start, row.end) if known else "",
    )


def explorer_address(key: str, start: date, end: date) -> str:
    """Return the address that asks for a figure again, with its definition and records."""
    grain = Grain.WINDOW if Grain.WINDOW in metric(key).grains else metric(key).grains[0]
    asked = {
        "key": key,
        "first": start.isoformat(),
        "last": (end - timedelta(days=1)).isoformat(),
        "grain": grain.value,
    }
    return f"{reverse('web:explorer')}?{urlencode(asked)}"
