"""Metrics over HTTP: the catalog, and any figure with its evidence."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone, translation
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.analytics.catalog import METRICS, UnknownMetric, metric
from juluo.analytics.engine import QuestionRefused
from juluo.analytics.question import Answer, Filters, Grain
from juluo.api.authentication import allow
from juluo.api.errors import Refused
from juluo.domains.insights import queries, services
from juluo.domains.members import permissions

router = Router(tags=["metrics"])


class MetricOut(Schema):
    """A definition of the catalog, in both languages."""

    key: str
    version: int
    title: dict[str, str]
    question: dict[str, str]
    formula: dict[str, str]
    unit: str
    kind: str
    better: str
    grains: list[str]
    dimensions: list[str]


class Asked(Schema):
    """A window ``[from, to)`` of local days, how to cut and split it, and who counts."""

    start: date = Field(alias="from", description="First local day counted.")
    end: date = Field(alias="to", description="First local day not counted.")
    grain: Grain | None = Field(None, description="day, week, month or window.")
    by: str | None = Field(None, description="A dimension of the metric.")
    space: list[int] = Field([], description="Only these spaces.")
    source: list[str] = Field([], description="Only these sources.")
    exclude_staff: bool = False
    include_bots: bool = False
    lang: str = Field("en", pattern="^(en|zh)$", description="Language of titles and names.")


@router.get("/", response=list[MetricOut], summary="List the metric catalog")
def catalog(request: HttpRequest) -> Any:
    """Return every definition: key, question, formula, unit, grains and dimensions."""
    allow(request, permissions.can_see_metrics)
    return [
        {
            "key": each.key,
            "version": each.version,
            "title": {"en": each.title.en, "zh": each.title.zh},
            "question": {"en": each.question.en, "zh": each.question.zh},
            "formula": {"en": each.formula.en, "zh": each.formula.zh},
            "unit": each.unit,
            "kind": str(each.kind),
            "better": str(each.better),
            "grains": [str(grain) for grain in each.grains],
            "dimensions": list(each.dimensions),
        }
        for each in METRICS.values()
    ]


@router.get("/{key}/", response=dict[str, Any], summary="Ask a metric")
def ask(request: HttpRequest, key: str, asked: Query[Asked]) -> Any:
    """Return the points with part, whole and interval, the SQL that was run, the data version."""
    allow(request, permissions.can_see_metrics)
    return queries.as_json(_answer(key, asked), language=asked.lang)


@router.post("/{key}/keep/", response={201: dict[str, str]}, summary="Keep a figure")
def keep(request: HttpRequest, key: str, asked: Query[Asked]) -> Any:
    """Keep the answer as it is now; its ``key`` opens it under ``/evidence/``."""
    bearer = allow(request, permissions.can_see_metrics)
    at = timezone.now()
    kept = services.keep(_answer(key, asked), actor_id=bearer.member.pk, at=at)
    return Status(201, {"key": kept.key})


class Window(Schema):
    """The days ``[from, to)`` to explain, and what they are compared with."""

    start: date = Field(alias="from", description="First local day.")
    end: date = Field(alias="to", description="First local day not covered; a year at the most.")
    against: Literal["before", "year"] = "before"
    source: list[str] = Field([], description="Only these sources.")
    lang: str = Field("en", pattern="^(en|zh)$", description="Language of the words.")


@router.get("/{key}/why/", response=dict[str, Any], summary="Ask why a metric moved")
def why(request: HttpRequest, key: str, window: Query[Window]) -> Any:
    """Return what was to be expected, what moved by itself, and the change in parts."""
    allow(request, permissions.can_see_metrics)
    if key not in queries.explainable():
        raise Http404
    if not 0 < (window.end - window.start).days <= 366:
        raise Refused("A window to explain has one day at least and a year at the most.")
    year = timedelta(weeks=52)
    against = (
        (window.start - year, window.end - year)
        if window.against == "year"
        else queries.window_before(window.start, window.end)
    )
    asked = queries.question(
        key,
        start=window.start,
        end=window.end,
        grain=Grain.WINDOW,
        filters=Filters(sources=tuple(window.source)),
    )
    language = "zh-hans" if window.lang == "zh" else "en"
    with translation.override(language):
        found = queries.why(asked, against=against, log=queries.current_log(), now=timezone.now())
        return asdict(queries.why_shown(found, language=language))


def _answer(key: str, asked: Asked) -> Answer:
    try:
        definition = metric(key)
    except UnknownMetric:
        raise Http404 from None
    usual = Grain.DAY if Grain.DAY in definition.grains else definition.grains[0]
    question = queries.question(
        key,
        start=asked.start,
        end=asked.end,
        grain=asked.grain or usual,
        by=asked.by,
        filters=Filters(
            include_bots=asked.include_bots,
            exclude_staff=asked.exclude_staff,
            spaces=tuple(asked.space),
            sources=tuple(asked.source),
        ),
    )
    try:
        return queries.ask(question, log=queries.current_log(), now=timezone.now())
    except QuestionRefused as error:
        raise Refused(str(error)) from error
