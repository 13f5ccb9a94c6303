"""Goals as plain figures, for programs: values in their metrics' own units, nothing worded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from juluo.analytics.catalog import METRICS
from juluo.analytics.pace import Status, roll_up, worst
from juluo.domains.planning.models import Goal, Target, TargetReading, TargetRevision
from juluo.domains.planning.queries.goals import way_of
from juluo.domains.planning.queries.readings import running_goals, with_readings


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Where a target stood on a day; ``low`` to ``high`` is the band at the goal's end."""

    day: date
    value: float | None
    pace: float | None
    low: float | None
    middle: float | None
    high: float | None
    status: str
    data_version: str


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What a target was set to, when and why."""

    set_at: datetime
    set_by_id: int
    baseline: float
    target: float
    first: date
    last: date
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TargetFigures:
    """A target and its newest reading; ``progress`` is a part of the way, from 0 to 1."""

    id: int
    metric: str
    unit: str
    measure: str
    grain: str
    filters: dict[str, Any]
    higher_is_better: bool
    baseline: float
    target: float
    weight: int
    status: str
    progress: float | None
    reading: Reading | None


@dataclass(frozen=True, kw_only=True)
class GoalFigures:
    """A goal with its targets; ``last`` is its last day."""

    id: int
    plan_id: int
    objective_id: int | None
    title: str
    why: str
    owner_id: int
    first: date
    last: date
    weight: int
    is_dropped: bool
    status: str
    progress: float | None
    targets: tuple[TargetFigures, ...]


def goal_figures(
    *, today: date, plan_id: int | None = None, goal_id: int | None = None
) -> list[GoalFigures]:
    """Return the goals of a plan, or one goal, or all under way. Three queries, however many."""
    if goal_id is not None:
        return _figures(Goal.objects.filter(pk=goal_id))
    if plan_id is not None:
        return _figures(Goal.objects.filter(plan_id=plan_id))
    return _figures(running_goals(today=today))


def goal_of_target(target_id: int) -> int | None:
    """Return the goal that a target belongs to; None where there is no such target."""
    return Target.objects.filter(pk=target_id).values_list("goal_id", flat=True).first()


def readings_of(target_ids: Collection[int], *, limit: int = 400) -> dict[int, list[Reading]]:
    """Return the newest readings of targets, by target, oldest first. A query for each."""
    found = {}
    for each in target_ids:
        rows = TargetReading.objects.filter(target_id=each).order_by("-day")[:limit]
        found[each] = [_reading(row) for row in reversed(rows)]
    return found


def revisions_of(target_ids: Collection[int]) -> dict[int, list[Revision]]:
    """Return what targets were set to, by target, oldest first. One query."""
    found: dict[int, list[Revision]] = {each: [] for each in target_ids}
    for row in TargetRevision.objects.filter(target_id__in=target_ids).order_by("pk"):
        found[row.target_id].append(_revision(row))
    return found


def _figures(goals: QuerySet[Goal]) -> list[GoalFigures]:
    rows = {each.pk: each for each in goals.order_by("plan_id", "position", "pk")}
    targets: dict[int, list[TargetFigures]] = {each: [] for each in rows}
    for target, reading in with_readings(list(rows)):
        targets[target.goal_id].append(_target(target, reading, rows[target.goal_id]))
    return [_goal(each, tuple(targets[each.pk])) for each in rows.values()]


def _goal(goal: Goal, targets: tuple[TargetFigures, ...]) -> GoalFigures:
    return GoalFigures(
        id=goal.pk,
        plan_id=goal.plan_id,
        objective_id=goal.objective_id,
        title=goal.title,
        why=goal.why,
        owner_id=goal.owner_id,
        first=goal.start,
        last=goal.end - timedelta(days=1),
        weight=goal.weight,
        is_dropped=goal.dropped_at is not None,
        status=worst([Status(each.status) for each in targets]).value,
        progress=roll_up([(each.progress, each.weight) for each in targets]).progress,
        targets=targets,
    )


def _target(target: Target, reading: TargetReading | None, goal: Goal) -> TargetFigures:
    way = way_of(target, start=goal.start, end=goal.end)
    return TargetFigures(
        id=target.pk,
        metric=target.metric,
        unit=METRICS[target.metric].unit if target.metric in METRICS else "",
        measure=target.measure,
        grain=target.grain,
        filters=target.filters,
        higher_is_better=target.direction == Target.Direction.UP,
        baseline=target.baseline,
        target=target.value,
        weight=target.weight,
        status=target.status,
        progress=way.progress(reading.value, reading.day) if reading else None,
        reading=_reading(reading) if reading else None,
    )


def _reading(row: TargetReading) -> Reading:
    return Reading(
        day=row.day,
        value=row.value,
        pace=row.pace,
        low=row.low,
        middle=row.middle,
        high=row.high,
        status=row.status,
        data_version=row.data_version,
    )


def _revision(row: TargetRevision) -> Revision:
    return Revision(
        set_at=row.set_at,
        set_by_id=row.set_by_id,
        baseline=row.baseline,
        target=row.value,
        first=row.start,
        last=row.end - timedelta(days=1),
        reason=row.reason,
        evidence=tuple(row.evidence),
    )
