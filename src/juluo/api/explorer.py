"""The explorer's studies over HTTP: the same figures as its pages."""

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from ninja import Query, Router, Schema
from pydantic import Field

from juluo.analytics.engine import QuestionRefused
from juluo.analytics.funnel import MOST_DAYS, Funnel, FunnelRefused, Group
from juluo.analytics.funnel_steps import STEPS
from juluo.analytics.movement import BANDS, Movement
from juluo.analytics.question import Filters, Grain
from juluo.api.authentication import allow
from juluo.api.errors import Refused
from juluo.domains.insights import permissions as views_permissions
from juluo.domains.insights import queries
from juluo.domains.members import permissions

router = Router(tags=["explorer"])
LONGEST_DAYS = 366 * 5


class Days(Schema):
    """Local days ``[from, to)``, and who is counted where."""

    start: date = Field(alias="from", description="First local day counted.")
    end: date = Field(alias="to", description="First local day not counted.")
    space: list[int] = Field([], description="Only these spaces.")
    source: list[str] = Field([], description="Only these sources.")
    exclude_staff: bool = False
    lang: str = Field("en", pattern="^(en|zh)$", description="Language of words and names.")

    @property
    def filters(self) -> Filters:
        """Who and what is counted."""
        return Filters(
            exclude_staff=self.exclude_staff,
            spaces=tuple(self.space),
            sources=tuple(self.source),
        )


class CohortsAsked(Days):
    """The window that cohorts begin in."""

    grain: Literal["week", "month"] = "month"


class FunnelAsked(Days):
    """Ordered steps, the days they may take, and a split."""

    step: list[str] = Field(description="Two to six steps, in their order.")
    within: int = Field(28, ge=1, le=MOST_DAYS, description="Days from the first step.")
    by: Literal["channel", "month", "space", "source"] | None = None


def check(days: Days) -> None:
    """Refuse a window without a day, or a longer one than the pages take.

    :raises Refused: if it is one.
    """
    if not 0 < (days.end - days.start).days <= LONGEST_DAYS:
        raise Refused("A window has one day at least and five years at the most.")


@router.get("/cohorts/", response=dict[str, Any], summary="Lay out retention by cohort and age")
def cohorts(request: HttpRequest, asked: Query[CohortsAsked]) -> Any:
    """Return the cohorts' triangle: ages that have wholly passed, and their weighted mean."""
    allow(request, permissions.can_see_metrics)
    check(asked)
    grain = Grain(asked.grain)
    if queries.too_many_cohorts(asked.start, asked.end, grain):
        raise Refused("These are more than 60 cohorts.")
    log = queries.current_log()
    question = queries.cohorts_question(
        start=asked.start,
        end=asked.end,
        grain=grain,
        filters=asked.filters,
        timezone=log.timezone,
    )
    try:
        found = queries.cohorts(question, log=log, now=timezone.now(), language=asked.lang)
    except QuestionRefused as error:
        raise Refused(str(error)) from error
    return {
        "timezone": log.timezone,
        "cohorts": [
            {
                "start": each.start,
                "size": each.size,
                "cells": [{**asdict(cell), "share": cell.share} for cell in each.cells],
            }
            for each in found.triangle.cohorts
        ],
        "means": [{**asdict(cell), "share": cell.share} for cell in found.triangle.means],
        "query": found.answer.query,
        "data_version": found.answer.data_version,
    }


@router.get("/funnels/", response=dict[str, Any], summary="Ask a funnel")
def funnel(request: HttpRequest, asked: Query[FunnelAsked]) -> Any:
    """Return who took each step in time, with intervals and times; who still waits stands apart."""
    allow(request, permissions.can_see_metrics)
    check(asked)
    log = queries.current_log()
    wanted = Funnel(
        steps=tuple(asked.step),
        within=asked.within,
        start=asked.start,
        end=asked.end,
        timezone=log.timezone,
        by=asked.by,
        filters=asked.filters,
    )
    try:
        found = queries.ask_funnel(wanted, log=log, now=timezone.now())
    except FunnelRefused as error:
        raise Refused(str(error)) from error
    return {
        "timezone": log.timezone,
        "whole": _group(found.whole),
        "groups": [_group(each) for each in found.groups],
        "query": found.query,
        "data_version": found.data_version,
    }


@router.get("/funnels/steps/", response=list[dict[str, Any]], summary="List a funnel's steps")
def steps(request: HttpRequest) -> Any:
    """Return the kinds of steps there are, in both languages."""
    allow(request, permissions.can_see_metrics)
    return [
        {
            "key": key,
            "title": {"en": each.title.en, "zh": each.title.zh},
            "can_begin": not each.later_day,
        }
        for key, each in STEPS.items()
    ]


@router.get("/movement/", response=dict[str, Any], summary="Ask how members moved between bands")
def movement(request: HttpRequest, asked: Query[Days]) -> Any:
    """Return members by their activity band as the window begins and as it ends, and the flows."""
    allow(request, permissions.can_see_metrics)
    check(asked)
    log = queries.current_log()
    wanted = Movement(
        before=asked.start, after=asked.end, timezone=log.timezone, filters=asked.filters
    )
    found = queries.ask_movement(wanted, log=log, now=timezone.now())
    return {
        "timezone": log.timezone,
        "cells": [
            {"from": since, "to": to, "members": members}
            for (since, to), members in sorted(found.cells.items())
        ],
        "flows": found.flows,
        "standings": [
            {"day": each.day, "members": dict(zip(BANDS, each.members, strict=True))}
            for each in found.standings
        ],
        "query": found.query,
        "data_version": found.data_version,
    }


class CompareAsked(Days):
    """What is set side by side, and the figure it is ranked by."""

    by: Literal["space", "source"] = "space"
    sort: str = "content.contributions"


@router.get("/compare/", response=dict[str, Any], summary="Set spaces or sources side by side")
def compare(request: HttpRequest, asked: Query[CompareAsked]) -> Any:
    """Return a few figures of each group, against the window before, and its weekly trend."""
    allow(request, permissions.can_see_metrics)
    check(asked)
    if asked.sort not in queries.COMPARED_KEYS:
        raise Refused(f"A comparison is sorted by {', '.join(queries.COMPARED_KEYS)}.")
    log = queries.current_log()
    found = queries.compared(
        by=asked.by,
        start=asked.start,
        end=asked.end,
        sort=asked.sort,
        filters=asked.filters,
        log=log,
        now=timezone.now(),
        language=asked.lang,
    )
    return {
        "timezone": log.timezone,
        "before": found.before,
        "rows": [
            {
                "group_id": row.group,
                "group": row.label,
                "figures": {c.key: {"value": c.value, "before": c.before} for c in row.cells},
                "trend": row.trend,
            }
            for row in found.rows
        ],
        "data_version": log.data_version,
    }


class Language(Schema):
    """The language of sentences."""

    lang: str = Field("en", pattern="^(en|zh)$")


class ViewOut(Schema):
    """A saved view: ``asked`` are the fields of the explorer's address."""

    id: int
    title: str
    kind: str
    asked: dict[str, str]
    is_shared: bool
    owner_id: int


class DashboardOut(Schema):
    """A dashboard in a list."""

    id: int
    title: str
    is_shared: bool
    owner_id: int
    views: int
    rhythm: str
    next_on: date | None


@router.get("/views/", response=list[ViewOut], summary="List saved views")
def views(request: HttpRequest) -> Any:
    """Return one's own views and those that are shared."""
    bearer = allow(request, views_permissions.can_keep_views)
    return list(queries.saved_views(viewer_id=bearer.member.pk))


@router.get("/dashboards/", response=list[DashboardOut], summary="List dashboards")
def dashboards(request: HttpRequest) -> Any:
    """Return one's own dashboards and those that are shared."""
    bearer = allow(request, views_permissions.can_keep_views)
    return list(queries.dashboards(viewer_id=bearer.member.pk))


@router.get(
    "/dashboards/{int:dashboard_id}/", response=dict[str, Any], summary="Ask a dashboard's figures"
)
def dashboard(request: HttpRequest, dashboard_id: int, asked: Query[Language]) -> Any:
    """Return what each of its views says today; ``figures`` is null where one cannot be asked."""
    bearer = allow(request, views_permissions.can_keep_views)
    seen = queries.dashboards(viewer_id=bearer.member.pk)
    board = seen.filter(pk=dashboard_id).first()
    if board is None:
        raise Http404
    language = "zh-hans" if asked.lang == "zh" else "en"
    now = timezone.now()
    with translation.override(language):
        cards = [
            {"view_id": card.view_id, "title": card.view.title, "kind": card.view.kind,
             "figures": _figures(queries.view_figures(card.view, now=now, language=language))}
            for card in queries.cards_of(board.pk)
        ]  # fmt: skip
    return {"id": board.pk, "title": board.title, "cards": cards}


def _figures(found: queries.ViewFigures | None) -> dict[str, Any] | None:
    if found is None:
        return None
    told = asdict(found)
    del told["option"]
    return told


def _group(group: Group) -> dict[str, Any]:
    return {
        "group": group.name,
        "entered": group.entered,
        "waiting": group.waiting[0],
        "steps": [
            {
                "step": each.step,
                "members": each.members,
                "lost": each.lost,
                "of_first": each.of_first.value,
                "of_first_interval": each.of_first.interval,
                "of_before": each.of_before.value,
                "of_before_interval": each.of_before.interval,
                "seconds_since_first": asdict(each.since_first),
                "seconds_since_before": asdict(each.since_before),
                "waiting": still,
            }
            for each, still in zip(group.reached, group.waiting, strict=True)
        ],
    }
