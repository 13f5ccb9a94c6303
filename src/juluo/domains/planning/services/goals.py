"""Set goals and their targets, change them with a reason, and drop them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import Goal, Objective, Target, TargetRevision
from juluo.domains.planning.queries.goals import aim_of
from juluo.domains.planning.queries.measuring import Measuring
from juluo.domains.planning.rules import goals as rules
from juluo.domains.planning.rules.goals import Wanted
from juluo.domains.planning.services.changes import open_plan
from juluo.events.goals import (
    GoalDropped,
    GoalMoved,
    GoalOwnerChanged,
    GoalSet,
    ObjectiveAdded,
    ObjectiveChanged,
    TargetAdded,
    TargetChanged,
)


class GoalIsDropped(Exception):
    """A dropped goal stays as it was."""


def set_goal(
    *,
    plan_id: int,
    title: str,
    owner_id: int,
    start: date,
    end: date,
    targets: Sequence[Wanted],
    objective_id: int | None = None,
    why: str = "",
    weight: int = 1,
    actor_id: int,
    at: datetime,
) -> Goal:
    """Set a goal with its targets; what history says of each is kept with it.

    :raises PlanIsClosed: if the plan is.
    """
    judged = [_judged(each, start=start, end=end, now=at) for each in targets]
    with transaction.atomic():
        plan = open_plan(plan_id)
        if objective_id is not None:
            Objective.objects.get(pk=objective_id, plan_id=plan_id)
        goal = Goal.objects.create(
            plan=plan,
            objective_id=objective_id,
            title=title,
            why=why,
            owner_id=owner_id,
            start=start,
            end=end,
            weight=weight,
            position=_next_position(plan.goals.all()),
            set_at=at,
        )
        for wanted, found in zip(targets, judged, strict=True):
            _make_target(goal, wanted, found, actor_id=actor_id, at=at)
        event = GoalSet(plan_id=plan_id, goal_id=goal.pk, targets=len(targets))
        record_audited(event, subject=f"goal:{goal.pk}", actor_id=actor_id, at=at)
    return goal


def add_target(*, goal_id: int, wanted: Wanted, actor_id: int, at: datetime) -> Target:
    """Give a goal one more target.

    :raises PlanIsClosed: if its plan is.
    :raises GoalIsDropped: if it was given up.
    """
    days = Goal.objects.values_list("start", "end").get(pk=goal_id)
    found = _judged(wanted, start=days[0], end=days[1], now=at)
    with transaction.atomic():
        goal = _open_goal(goal_id)
        target = _make_target(goal, wanted, found, actor_id=actor_id, at=at)
        event = TargetAdded(goal_id=goal_id, target_id=target.pk)
        record_audited(event, subject=f"target:{target.pk}", actor_id=actor_id, at=at)
    return target


def change_target(
    *,
    target_id: int,
    value: float,
    baseline: float | None = None,
    reason: str,
    evidence: Sequence[str] = (),
    actor_id: int,
    at: datetime,
) -> TargetRevision | None:
    """Set a target anew and keep the old one; asking for what is already so changes nothing.

    ``evidence`` are references to what caused the change, such as ``report:3``.

    :raises PlanIsClosed: if its plan is.
    :raises GoalIsDropped: if its goal was given up.
    """
    known = Target.objects.select_related("goal").get(pk=target_id)
    begin = known.baseline if baseline is None else baseline
    wanted = Wanted(aim=aim_of(known), baseline=begin, value=value, weight=known.weight)
    found = _judged(wanted, start=known.goal.start, end=known.goal.end, now=at)
    with transaction.atomic():
        goal = _open_goal(known.goal_id)
        target = Target.objects.select_for_update().get(pk=target_id)
        if (target.value, target.baseline) == (value, begin):
            return None
        target.value, target.baseline, target.feasibility = value, begin, found
        target.direction = _direction(wanted)
        target.save(update_fields=["value", "baseline", "direction", "feasibility"])
        revision = _keep(target, goal, reason, evidence, actor_id=actor_id, at=at)
        event = TargetChanged(goal_id=goal.pk, target_id=target_id, revision_id=revision.pk)
        record_audited(event, subject=f"target:{target_id}", actor_id=actor_id, at=at)
    return revision


def move_goal(
    *, goal_id: int, start: date, end: date, reason: str = "", actor_id: int, at: datetime
) -> bool:
    """Give a goal other days; each of its targets keeps the old ones. Return whether it changed.

    :raises PlanIsClosed: if its plan is.
    :raises GoalIsDropped: if it was given up.
    """
    targets = list(Target.objects.filter(goal_id=goal_id).order_by("pk"))
    judged = {each.pk: _judged(_as_wanted(each), start=start, end=end, now=at) for each in targets}
    with transaction.atomic():
        goal = _open_goal(goal_id)
        if (goal.start, goal.end) == (start, end):
            return False
        goal.start, goal.end = start, end
        goal.save(update_fields=["start", "end"])
        for target in goal.targets.select_for_update().order_by("pk"):
            target.feasibility = judged.get(target.pk, target.feasibility)
            target.save(update_fields=["feasibility"])
            _keep(target, goal, reason, (), actor_id=actor_id, at=at)
        event = GoalMoved(plan_id=goal.plan_id, goal_id=goal_id)
        record_audited(event, subject=f"goal:{goal_id}", actor_id=actor_id, at=at)
    return True


@transaction.atomic
def change_owner(*, goal_id: int, owner_id: int, actor_id: int, at: datetime) -> bool:
    """Give a goal to another member; return whether that changed anything.

    :raises PlanIsClosed: if its plan is.
    :raises GoalIsDropped: if it was given up.
    """
    goal = _open_goal(goal_id)
    before = goal.owner_id
    if before == owner_id:
        return False
    goal.owner_id = owner_id
    goal.save(update_fields=["owner"])
    event = GoalOwnerChanged(plan_id=goal.plan_id, goal_id=goal_id, before=before, after=owner_id)
    record_audited(event, subject=f"goal:{goal_id}", actor_id=actor_id, at=at)
    return True


@transaction.atomic
def drop_goal(*, goal_id: int, reason: str, actor_id: int, at: datetime) -> bool:
    """Give a goal up; the reason stays in its targets' revisions. Return whether it was news.

    :raises PlanIsClosed: if its plan is.
    """
    goal = Goal.objects.select_for_update().get(pk=goal_id)
    open_plan(goal.plan_id)
    if goal.dropped_at is not None:
        return False
    goal.dropped_at = at
    goal.save(update_fields=["dropped_at"])
    for target in goal.targets.order_by("pk"):
        _keep(target, goal, reason, (), actor_id=actor_id, at=at)
    event = GoalDropped(plan_id=goal.plan_id, goal_id=goal_id)
    record_audited(event, subject=f"goal:{goal_id}", actor_id=actor_id, at=at)
    return True


@transaction.atomic
def add_objective(
    *, plan_id: int, title: str, owner_id: int, actor_id: int, at: datetime
) -> Objective:
    """Give a plan an objective, after the others.

    :raises PlanIsClosed: if the plan is.
    """
    plan = open_plan(plan_id)
    position = _next_position(plan.objectives.all())
    objective = Objective.objects.create(
        plan=plan, title=title, owner_id=owner_id, position=position
    )
    event = ObjectiveAdded(plan_id=plan_id, objective_id=objective.pk)
    subject = f"objective:{objective.pk}"
    record_audited(event, subject=subject, actor_id=actor_id, at=at)
    return objective


@transaction.atomic
def rename_objective(*, objective_id: int, title: str, actor_id: int, at: datetime) -> bool:
    """Give an objective another title; return whether that changed anything.

    :raises PlanIsClosed: if its plan is.
    """
    objective = Objective.objects.select_for_update().get(pk=objective_id)
    open_plan(objective.plan_id)
    if objective.title == title:
        return False
    objective.title = title
    objective.save(update_fields=["title"])
    _objective_changed(objective, actor_id=actor_id, at=at)
    return True


@transaction.atomic
def move_objective(*, objective_id: int, up: bool, actor_id: int, at: datetime) -> bool:
    """Let an objective change places with its neighbour; return whether there was one.

    :raises PlanIsClosed: if its plan is.
    """
    plan_id = Objective.objects.values_list("plan_id", flat=True).get(pk=objective_id)
    open_plan(plan_id)
    ordered = list(Objective.objects.filter(plan_id=plan_id))
    place = next(n for n, each in enumerate(ordered) if each.pk == objective_id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return False
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, each in enumerate(ordered):
        each.position = position
    Objective.objects.bulk_update(ordered, ["position"])
    _objective_changed(ordered[other], actor_id=actor_id, at=at)
    return True


def _as_wanted(target: Target) -> Wanted:
    return Wanted(
        aim=aim_of(target), baseline=target.baseline, value=target.value, weight=target.weight
    )


def _measuring(aim: rules.Aim, start: date, end: date, now: datetime) -> Measuring:
    return Measuring(aim, start=start, end=end, log=insights.current_log(), now=now)


def _judged(wanted: Wanted, *, start: date, end: date, now: datetime) -> dict[str, Any]:
    """Return what history says, as it is kept; asked before the transaction: it takes a while."""
    measuring = _measuring(wanted.aim, start, end, now)
    found = measuring.judged(baseline=wanted.baseline, value=wanted.value)
    return asdict(found) | {"data_version": measuring.log.data_version}


def _make_target(
    goal: Goal, wanted: Wanted, found: dict[str, Any], *, actor_id: int, at: datetime
) -> Target:
    target = Target.objects.create(
        goal=goal,
        metric=wanted.aim.metric,
        filters=rules.kept_filters(wanted.aim.filters),
        grain=wanted.aim.grain.value,
        measure=Target.Measure.TOTAL if wanted.aim.is_total else Target.Measure.LEVEL,
        direction=_direction(wanted),
        baseline=wanted.baseline,
        value=wanted.value,
        weight=wanted.weight,
        feasibility=found,
        status_since=at,
    )
    _keep(target, goal, "", (), actor_id=actor_id, at=at)
    return target


def _direction(wanted: Wanted) -> str:
    better = rules.higher_is_better(wanted.aim.metric, baseline=wanted.baseline, value=wanted.value)
    return Target.Direction.UP if better else Target.Direction.DOWN


def _keep(
    target: Target,
    goal: Goal,
    reason: str,
    evidence: Sequence[str],
    *,
    actor_id: int,
    at: datetime,
) -> TargetRevision:
    return TargetRevision.objects.create(
        target=target,
        baseline=target.baseline,
        value=target.value,
        start=goal.start,
        end=goal.end,
        reason=reason,
        evidence=list(evidence),
        set_by_id=actor_id,
        set_at=at,
    )


def _open_goal(goal_id: int) -> Goal:
    goal = Goal.objects.select_for_update().get(pk=goal_id)
    open_plan(goal.plan_id)
    if goal.dropped_at is not None:
        raise GoalIsDropped
    return goal


def _next_position(placed: QuerySet[Any]) -> int:
    last: int | None = placed.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _objective_changed(objective: Objective, *, actor_id: int, at: datetime) -> None:
    event = ObjectiveChanged(plan_id=objective.plan_id, objective_id=objective.pk)
    record_audited(event, subject=f"objective:{objective.pk}", actor_id=actor_id, at=at)
