"""One risk with everything that is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import METRICS
from juluo.domains.members import queries as members
from juluo.domains.risks.models import Mitigation, Review, Risk, RiskOutcome, RiskScore
from juluo.domains.risks.queries.levels import (
    cost_words,
    probability_name,
    severity_look,
)
from juluo.domains.risks.queries.register import RiskRow, register
from juluo.domains.risks.rules import scores
from juluo.lib.charts import options
from juluo.ui.looks import Look

_TASK_LOOKS = {
    "todo": Look(tone="secondary", icon="circle-dashed"),
    "doing": Look(tone="blue", icon="progress"),
    "done": Look(tone="green", icon="circle-check"),
    "dropped": Look(tone="secondary", icon="circle-x"),
}


@dataclass(frozen=True, kw_only=True)
class ScoreShown:
    """One score of the history."""

    probability: int
    impact: int
    score: int
    cause: str
    by: str
    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReviewShown:
    """One second look."""

    verdict: str
    probability: int
    impact: int
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OutcomeShown:
    """What became of one call."""

    occurred: bool | None
    called: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MitigationShown:
    """One response, with its task where it was started."""

    id: int
    strategy_label: str
    title: str
    details: str
    owner: str
    days: int
    planned_hours: float
    cost: str
    residual_probability: int
    residual_impact: int
    residual: int
    residual_look: Look
    task_id: int | None
    task_label: str
    task_look: Look | None
    task_due: date | None
    is_late: bool
    started_at: datetime | None
    dropped_at: datetime | None
    may_start: bool


@dataclass(frozen=True, kw_only=True)
class RiskPage:
    """A risk, its scores over time, and what is linked to it."""

    row: RiskRow
    metrics: tuple[tuple[str, str], ...]
    goals: tuple[tuple[int, str], ...]
    notes: tuple[tuple[int, str, str], ...]
    history: tuple[ScoreShown, ...]
    chart: dict[str, Any] | None
    reviews: tuple[ReviewShown, ...]
    outcomes: tuple[OutcomeShown, ...]
    mitigations: tuple[MitigationShown, ...]


def risk_page(risk_id: int, *, today: date, language: str, with_cost: bool) -> RiskPage | None:
    """Return a risk's page, or None if there is no such risk."""
    found = register(today=today, status="", risk_ids=[risk_id])
    if not found:
        return None
    given = list(RiskScore.objects.filter(risk_id=risk_id).order_by("scored_at", "id"))
    looks = list(Review.objects.filter(risk_id=risk_id).order_by("-reviewed_at", "-id"))
    calls = list(RiskOutcome.objects.filter(risk_id=risk_id).order_by("-stated_at", "-id"))
    responses = list(
        Mitigation.objects.filter(risk_id=risk_id).select_related("task").order_by("pk")
    )
    ids = {row.scored_by_id for row in given if row.scored_by_id}
    ids |= {row.reviewed_by_id for row in looks} | {row.stated_by_id for row in calls}
    names = members.names(ids | {row.owner_id for row in responses})
    history = tuple(_score(row, names) for row in given)
    return RiskPage(
        row=found[0],
        metrics=_metrics(risk_id, language),
        goals=_goals(risk_id),
        notes=_notes(risk_id),
        history=tuple(reversed(history)),
        chart=_chart(history),
        reviews=tuple(_review(row, names) for row in looks),
        outcomes=tuple(_outcome(row, names) for row in calls),
        mitigations=tuple(
            _mitigation(row, names, today=today, with_cost=with_cost) for row in responses
        ),
    )


def _metrics(risk_id: int, language: str) -> tuple[tuple[str, str], ...]:
    keys = Risk.objects.values_list("metrics", flat=True).get(pk=risk_id)
    return tuple((key, METRICS[key].title.in_language(language)) for key in keys if key in METRICS)


def _goals(risk_id: int) -> tuple[tuple[int, str], ...]:
    return tuple((goal.pk, goal.title) for goal in Risk(pk=risk_id).goals.order_by("pk"))


def _notes(risk_id: int) -> tuple[tuple[int, str, str], ...]:
    rows = Risk(pk=risk_id).notes.order_by("-observed_on", "-pk")
    return tuple(
        (note.pk, f"{note.get_kind_display()} · {note.about}", note.statement) for note in rows
    )


def _score(row: RiskScore, names: Mapping[int, str]) -> ScoreShown:
    return ScoreShown(
        probability=row.probability,
        impact=row.impact,
        score=scores.score(row.probability, row.impact),
        cause=row.get_cause_display(),
        by=names.get(row.scored_by_id or 0, ""),
        words=row.words,
        at=row.scored_at,
    )


def _chart(history: tuple[ScoreShown, ...]) -> dict[str, Any] | None:
    """Draw the scores over time; a single one needs no chart."""
    if len(history) < 2:
        return None
    labels = [f"{each.at:%Y-%m-%d}" for each in history]
    line = options.Series(name=_("Score"), values=[each.score for each in history])
    return options.lines(labels, [line])


def _review(row: Review, names: Mapping[int, str]) -> ReviewShown:
    return ReviewShown(
        verdict=row.get_verdict_display(),
        probability=row.probability,
        impact=row.impact,
        words=row.words,
        by=names.get(row.reviewed_by_id, ""),
        at=row.reviewed_at,
    )


def _outcome(row: RiskOutcome, names: Mapping[int, str]) -> OutcomeShown:
    return OutcomeShown(
        occurred=row.occurred,
        called=probability_name(row.called_probability),
        words=row.words,
        by=names.get(row.stated_by_id, ""),
        at=row.stated_at,
    )


def _mitigation(
    row: Mitigation, names: Mapping[int, str], *, today: date, with_cost: bool
) -> MitigationShown:
    task = row.task
    residual = scores.score(row.residual_probability, row.residual_impact)
    is_open = task is not None and task.status in {"todo", "doing"}
    return MitigationShown(
        id=row.pk,
        strategy_label=row.get_strategy_display(),
        title=row.title,
        details=row.details,
        owner=names.get(row.owner_id, ""),
        days=row.days,
        planned_hours=row.planned_minutes / 60,
        cost=cost_words(row.cost, row.currency) if with_cost else "",
        residual_probability=row.residual_probability,
        residual_impact=row.residual_impact,
        residual=residual,
        residual_look=severity_look(scores.severity(residual)),
        task_id=task.pk if task else None,
        task_label=task.get_status_display() if task else _without_task(row),
        task_look=_TASK_LOOKS[task.status] if task else None,
        task_due=task.due if task else None,
        is_late=bool(task and is_open and task.due and task.due < today),
        started_at=row.started_at,
        dropped_at=row.dropped_at,
        may_start=row.dropped_at is None and not is_open and not (row.started_at and task is None),
    )


def _without_task(row: Mitigation) -> str:
    return pgettext("response", "Accepted") if row.started_at else pgettext("response", "Prepared")
