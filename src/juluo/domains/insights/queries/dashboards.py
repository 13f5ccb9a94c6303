"""Saved views and dashboards: which there are, and what a view says today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from juluo.analytics.catalog import UnknownMetric, metric
from juluo.analytics.engine import QuestionRefused
from juluo.analytics.funnel import Funnel, FunnelRefused
from juluo.analytics.log import EventLog
from juluo.analytics.movement import Movement
from juluo.analytics.question import Filters, Grain
from juluo.domains.insights.models import Dashboard, DashboardCard, SavedView
from juluo.domains.insights.queries.asking import ask, current_log, local_today, question
from juluo.domains.insights.queries.cohorts import cohorts, cohorts_question
from juluo.domains.insights.queries.comparison import compared
from juluo.domains.insights.queries.funnels import ask_funnel, funnel_shown
from juluo.domains.insights.queries.movements import ask_movement, movement_shown
from juluo.domains.insights.queries.sentences import latest_sentence
from juluo.domains.insights.queries.showing import shown
from juluo.lib import figures
from juluo.lib.live_windows import live_window

PAGES = {
    "figure": "web:explorer",
    "cohorts": "web:cohorts",
    "funnel": "web:funnels",
    "movement": "web:movement",
    "comparison": "web:compare",
}
YEARS = range(1900, 2200)
STEP_FIELDS = tuple(f"step{n}" for n in range(1, 7))
MOST_LINES, MOST_WORDS = 8, 5
Asked = Mapping[str, str]
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ViewFigures:
    """What a view says today: a sentence, a chart or some lines, and its definition."""

    days: str
    lead: str
    lines: Lines
    option: dict[str, Any] | None
    definition: tuple[str, ...]
    data_version: str


def saved_views(*, viewer_id: int) -> QuerySet[SavedView]:
    """Return the views that a member of staff sees: their own and the shared ones, by title."""
    seen = SavedView.objects.filter(Q(owner_id=viewer_id) | Q(is_shared=True), removed_at=None)
    return seen.select_related("owner").order_by("title", "pk")


def dashboards(*, viewer_id: int) -> QuerySet[Dashboard]:
    """Return the dashboards that a member of staff sees, with ``views``, how many are on each."""
    seen = Dashboard.objects.filter(Q(owner_id=viewer_id) | Q(is_shared=True), removed_at=None)
    return seen.select_related("owner").annotate(views=Count("cards")).order_by("title", "pk")


def cards_of(dashboard_id: int) -> QuerySet[DashboardCard]:
    """Return a dashboard's cards with their views, in order."""
    cards = DashboardCard.objects.filter(dashboard_id=dashboard_id)
    return cards.select_related("view").order_by("position", "pk")


def view_address(view: SavedView, *, now: datetime) -> str:
    """Return the address of the explorer's page that asks the same today."""
    asked = dict(view.asked)
    if view.kind == SavedView.Kind.FIGURE and asked.pop("window", ""):
        # A figure's page knows chosen days only.
        start, end = _days(view.asked, now)
        asked |= {"first": start.isoformat(), "last": (end - timedelta(days=1)).isoformat()}
    return f"{reverse(PAGES[view.kind])}?{urlencode(asked)}"


def view_figures(view: SavedView, *, now: datetime, language: str) -> ViewFigures | None:
    """Return what a view says today; None where it can no longer be asked."""
    telling = {
        "figure": _figure,
        "cohorts": _cohorts,
        "funnel": _funnel,
        "movement": _movement,
        "comparison": _comparison,
    }[view.kind]
    try:
        start, end = _days(view.asked, now)
        return telling(view.asked, start, end, current_log(), now, language)
    except (KeyError, ValueError, OverflowError, QuestionRefused, FunnelRefused, UnknownMetric):
        return None


def dashboard_words(dashboard_id: int, *, now: datetime, language: str) -> str:
    """Return a dashboard's figures in a few sentences, as they are mailed."""
    told = []
    for card in cards_of(dashboard_id):
        found = view_figures(card.view, now=now, language=language)
        words = found.lead if found and found.lead else ""
        if found and not words and found.lines:
            words = " · ".join(f"{label} {value}" for label, value in found.lines[:3])
        told.append(f"{card.view.title}: {words or _('nothing to tell')}")
    rest = len(told) - MOST_WORDS
    more = [_("and %(count)d more") % {"count": rest}] if rest > 0 else []
    return " / ".join([*told[:MOST_WORDS], *more]) or _("nothing to tell")


def _days(asked: Asked, now: datetime) -> tuple[date, date]:
    if asked.get("window"):
        return live_window(asked["window"], today=local_today(now=now))
    first, last = date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
    if first.year not in YEARS or last.year not in YEARS:
        raise ValueError(asked["last"])
    return first, last + timedelta(days=1)


def _filters(asked: Asked) -> Filters:
    return Filters(
        include_bots=bool(asked.get("bots")),
        exclude_staff=bool(asked.get("no_staff")),
        spaces=(int(asked["space"]),) if asked.get("space") else (),
        sources=(asked["source"],) if asked.get("source") else (),
    )


def _figure(
    asked: Asked, start: date, end: date, log: EventLog, now: datetime, language: str
) -> ViewFigures:
    question_ = question(
        asked["key"],
        start=start,
        end=end,
        grain=Grain(asked.get("grain") or "week"),
        by=asked.get("by") or None,
        timezone=log.timezone,
        filters=_filters(asked),
    )
    answer = ask(question_, log=log, now=now)
    told = shown(answer, language=language)
    rows = told.rows[-MOST_LINES:] if told.option is None or told.has_groups else ()
    return ViewFigures(
        days=figures.days(start, end, language=language),
        lead=latest_sentence(answer, today=local_today(now=now), language=language),
        lines=tuple((row.group_label or row.label, row.value) for row in rows),
        option=told.option,
        definition=(metric(asked["key"]).formula.in_language(language),),
        data_version=answer.data_version,
    )


def _cohorts(
    asked: Asked, start: date, end: date, log: EventLog, now: datetime, language: str
) -> ViewFigures:
    wanted = cohorts_question(
        start=start,
        end=end,
        grain=Grain(asked.get("grain") or "month"),
        filters=_filters(asked),
        timezone=log.timezone,
    )
    found = cohorts(wanted, log=log, now=now, language=language)
    means = found.means[1:MOST_LINES]
    return ViewFigures(
        days=figures.days(start, end, language=language),
        lead="",
        lines=tuple((_("Age %(age)s, weighted mean") % {"age": c.age}, c.words) for c in means),
        option=found.option,
        definition=(metric(wanted.key).formula.in_language(language),),
        data_version=found.answer.data_version,
    )


def _funnel(
    asked: Asked, start: date, end: date, log: EventLog, now: datetime, language: str
) -> ViewFigures:
    wanted = Funnel(
        steps=tuple(asked[name] for name in STEP_FIELDS if asked.get(name)),
        within=int(asked["within"]),
        start=start,
        end=end,
        timezone=log.timezone,
        filters=_filters(asked),
    )
    found = funnel_shown(ask_funnel(wanted, log=log, now=now), language=language)
    return ViewFigures(
        days=figures.days(start, end, language=language),
        lead=found.lead,
        lines=tuple((step.title, f"{step.members} · {step.of_first}") for step in found.steps),
        option=found.option,
        definition=found.definition,
        data_version=found.answer.data_version,
    )


def _movement(
    asked: Asked, start: date, end: date, log: EventLog, now: datetime, language: str
) -> ViewFigures:
    wanted = Movement(before=start, after=end, timezone=log.timezone, filters=_filters(asked))
    found = movement_shown(ask_movement(wanted, log=log, now=now), language=language)
    return ViewFigures(
        days=figures.days(start, end, language=language),
        lead=" · ".join(each for each in (found.lead, *found.flows) if each),
        lines=(),
        option=found.option,
        definition=found.definition,
        data_version=found.answer.data_version,
    )


def _comparison(
    asked: Asked, start: date, end: date, log: EventLog, now: datetime, language: str
) -> ViewFigures:
    sort = asked.get("sort") or "content.contributions"
    found = compared(
        by=asked.get("by") or "space",
        start=start,
        end=end,
        sort=sort,
        filters=_filters(asked),
        log=log,
        now=now,
        language=language,
    )
    place = next(n for n, (key, _title, _formula) in enumerate(found.columns) if key == sort)
    _key, title, formula = found.columns[place]
    rows = found.rows[:MOST_LINES]
    return ViewFigures(
        days=figures.days(start, end, language=language),
        lead="",
        lines=tuple(
            (row.label, f"{row.cells[place].words} {row.cells[place].change}".strip())
            for row in rows
        ),
        option=None,
        definition=(f"{title}: {formula}",),
        data_version=log.data_version,
    )
