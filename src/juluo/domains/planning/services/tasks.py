"""Write tasks: who does what by when, and what waits for what."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.urls import reverse

from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell
from juluo.domains.planning.models import Milestone, Phase, Strategy, Task, TaskDependency
from juluo.domains.planning.rules.schedule import cycle_with
from juluo.domains.planning.services.changes import in_open_plan
from juluo.events.base import Event, reference
from juluo.events.schedule import (
    DependencyAdded,
    DependencyRemoved,
    TaskAdded,
    TaskAssigned,
    TaskChanged,
    TaskDropped,
    TaskFinished,
    TaskReopened,
    TaskStarted,
)

OPEN = (Task.Status.TO_DO, Task.Status.DOING)
ENDED = (Task.Status.DONE, Task.Status.DROPPED)
ASSIGNED = "planning.task_assigned"
CLOSED = "planning.task_closed"


class DueBeforeStart(Exception):
    """The last day would come before the first."""


class OtherPlan(Exception):
    """The phase, milestone or strategy belongs to another plan."""


class CircularDependency(Exception):
    """The tasks would wait for each other in a circle; ``titles`` names it from end to end."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__(" → ".join(titles))
        self.titles = titles


@transaction.atomic
def add_task(
    *,
    plan_id: int | None = None,
    strategy_id: int | None = None,
    phase_id: int | None = None,
    milestone_id: int | None = None,
    title: str,
    details: str = "",
    owner_id: int | None = None,
    start: date | None = None,
    due: date | None = None,
    planned_minutes: int = 0,
    kind_of_work: str = "",
    origin: str | None = None,
    actor_id: int | None,
    at: datetime,
) -> int:
    """Write a task down and return its id; its owner is told.

    Asked again with the same ``origin``, it changes nothing and returns the first task. The plan
    is taken from the strategy, phase or milestone where it is not given.

    :raises DueBeforeStart: if the days are the wrong way round.
    :raises OtherPlan: if strategy, phase and milestone are not of one plan.
    :raises PlanIsClosed: if that plan is.
    """
    _check_days(start, due)
    values = {
        "plan_id": _open_plan_of(plan_id, strategy_id, phase_id, milestone_id),
        "strategy_id": strategy_id,
        "phase_id": phase_id,
        "milestone_id": milestone_id,
        "title": title[:200],
        "details": details,
        "owner_id": owner_id,
        "start": start,
        "due": due,
        "planned_minutes": planned_minutes,
        "kind_of_work": kind_of_work,
    }
    task, is_new = write_task(values, origin=origin, actor_id=actor_id, at=at)
    if is_new:
        _tell_owner(task, actor_id, at)
    return task.pk


def write_task(
    values: dict[str, Any], *, origin: str | None, actor_id: int | None, at: datetime
) -> tuple[Task, bool]:
    """Write a task without telling its owner; return it, and whether it is new."""
    values = {**values, "created_at": at, "created_by_id": actor_id}
    if origin is None:
        task, is_new = Task.objects.create(**values), True
    else:
        task, is_new = Task.objects.get_or_create(origin=origin, defaults=values)
    if is_new:
        event = TaskAdded(task_id=task.pk, plan_id=task.plan_id)
        _tell_log(event, "task.added", task.pk, actor_id, at)
        if task.owner_id is not None:
            _assigned(task, actor_id, at)
    return task, is_new


def _check_days(start: date | None, due: date | None) -> None:
    if start is not None and due is not None and due < start:
        raise DueBeforeStart


def _open_plan_of(
    plan_id: int | None, strategy_id: int | None, phase_id: int | None, milestone_id: int | None
) -> int | None:
    """Return the plan that all of them belong to, which is open."""
    named: set[int] = {plan_id} if plan_id is not None else set()
    parts: list[tuple[type[Strategy | Phase | Milestone], int | None]] = [
        (Strategy, strategy_id),
        (Phase, phase_id),
        (Milestone, milestone_id),
    ]
    for model, pk in parts:
        if pk is not None:
            named.add(model.objects.values_list("plan_id", flat=True).get(pk=pk))
    if len(named) > 1:
        raise OtherPlan
    plan = next(iter(named), None)
    in_open_plan(plan)
    return plan


def free_task(task_id: int) -> Task:
    """Return a task that may change, locked for this transaction.

    :raises Task.DoesNotExist: if there is no such task.
    :raises PlanIsClosed: if its plan is closed.
    """
    task = Task.objects.select_for_update().get(pk=task_id)
    in_open_plan(task.plan_id)
    return task


@transaction.atomic
def change_task(
    *,
    task_id: int,
    title: str,
    details: str,
    owner_id: int | None,
    start: date | None,
    due: date | None,
    planned_minutes: int,
    strategy_id: int | None,
    phase_id: int | None,
    milestone_id: int | None,
    kind_of_work: str | None = None,
    actor_id: int,
    at: datetime,
) -> None:
    """Set what a task says; what stays as it was is not told. A kind of work of None stays.

    :raises DueBeforeStart: if the days are the wrong way round.
    :raises OtherPlan: if strategy, phase or milestone belong to another plan.
    :raises PlanIsClosed: if its plan is closed.
    """
    _check_days(start, due)
    task = Task.objects.select_for_update().get(pk=task_id)
    plan_id = _open_plan_of(task.plan_id, strategy_id, phase_id, milestone_id)
    values = {
        "plan_id": plan_id,
        "title": title,
        "details": details,
        "owner_id": owner_id,
        "start": start,
        "due": due,
        "planned_minutes": planned_minutes,
        "strategy_id": strategy_id,
        "phase_id": phase_id,
        "milestone_id": milestone_id,
        "kind_of_work": task.kind_of_work if kind_of_work is None else kind_of_work,
    }
    _apply(task, values, actor_id, at)


@transaction.atomic
def place_task(
    *, task_id: int, owner_id: int | None, due: date | None, actor_id: int, at: datetime
) -> None:
    """Give a task another owner or another last day.

    A first day that would come after the last moves with it, so that the task keeps its length.

    :raises PlanIsClosed: if its plan is closed.
    """
    task = free_task(task_id)
    start = task.start
    if start is not None and due is not None and due < start:
        start = due - (task.due - start) if task.due is not None else due
    _apply(task, {"owner_id": owner_id, "start": start, "due": due}, actor_id, at)


class Arranged(TypedDict, total=False):
    """What can be given to :func:`arrange_task`."""

    owner_id: int | None
    start: date | None
    due: date | None


@transaction.atomic
def arrange_task(*, task_id: int, actor_id: int, at: datetime, **given: Unpack[Arranged]) -> None:
    """Change owner, first or last day of a task; what is not given stays as it is.

    :raises DueBeforeStart: if the days would be the wrong way round.
    :raises PlanIsClosed: if its plan is closed.
    """
    task = free_task(task_id)
    _check_days(given.get("start", task.start), given.get("due", task.due))
    _apply(task, dict(given), actor_id, at)


def _apply(task: Task, values: dict[str, Any], actor_id: int, at: datetime) -> None:
    changed = {name for name, value in values.items() if getattr(task, name) != value}
    if not changed:
        return
    for name in changed:
        setattr(task, name, values[name])
    task.save(update_fields=sorted(changed))
    if changed - {"owner_id"}:
        fields = ",".join(sorted(changed - {"owner_id"}))
        event = TaskChanged(task_id=task.pk, fields=fields)
        _tell_log(event, "task.changed", task.pk, actor_id, at, {"fields": fields})
    if "owner_id" in changed:
        _assigned(task, actor_id, at)
        _tell_owner(task, actor_id, at)


def _assigned(task: Task, actor_id: int | None, at: datetime) -> None:
    event = TaskAssigned(task_id=task.pk, member_id=task.owner_id)
    details = {"member": task.owner_id}
    _tell_log(event, "task.assigned", task.pk, actor_id, at, details)


def _tell_owner(task: Task, actor_id: int | None, at: datetime) -> None:
    if task.owner_id is not None and task.owner_id != actor_id:
        tell(
            member_id=task.owner_id,
            kind=ASSIGNED,
            key=f"task:{task.pk}:assigned:{at.isoformat()}",
            facts={"title": task.title},
            url=reverse("planning:task", args=[task.pk]),
            at=at,
        )


@transaction.atomic
def start_task(*, task_id: int, actor_id: int, at: datetime) -> bool:
    """Say that somebody works on it; return whether that was news.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    begun = Task.objects.filter(pk=task_id, status=Task.Status.TO_DO)
    if not begun.update(status=Task.Status.DOING):
        return False
    _tell_log(TaskStarted(task_id=task_id), "task.started", task_id, actor_id, at)
    return True


@transaction.atomic
def finish_task(
    *, task_id: int, actor_id: int | None, at: datetime, closed_by_ref: str = ""
) -> bool:
    """Say that it is done; return whether that was news.

    A task that waits for others may be finished all the same: whoever does it knows best.
    ``closed_by_ref`` names the real object that closed it, where no person did.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    open_now = Task.objects.filter(pk=task_id, status__in=OPEN)
    values = {"status": Task.Status.DONE, "done_at": at, "closed_by_ref": closed_by_ref}
    if not open_now.update(**values):
        return False
    event = TaskFinished(task_id=task_id, closed_by_ref=closed_by_ref)
    details = {"closed_by": closed_by_ref} if closed_by_ref else None
    _tell_log(event, "task.finished", task_id, actor_id, at, details)
    return True


@transaction.atomic
def drop_task(*, task_id: int, actor_id: int, at: datetime) -> bool:
    """Say that it will not be done; return whether that was news.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    if not Task.objects.filter(pk=task_id, status__in=OPEN).update(status=Task.Status.DROPPED):
        return False
    _tell_log(TaskDropped(task_id=task_id), "task.dropped", task_id, actor_id, at)
    return True


@transaction.atomic
def reopen_task(*, task_id: int, actor_id: int, at: datetime) -> bool:
    """Put a finished or dropped task back on the list; return whether that was news.

    What closed it stays closed: the same publication does not close it again.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    ended = Task.objects.filter(pk=task_id, status__in=ENDED)
    if not ended.update(status=Task.Status.TO_DO, done_at=None, closed_by_ref=""):
        return False
    _tell_log(TaskReopened(task_id=task_id), "task.reopened", task_id, actor_id, at)
    return True


@transaction.atomic
def add_dependency(*, task_id: int, needs_id: int, actor_id: int, at: datetime) -> bool:
    """Let a task wait for another; return whether that was news.

    :raises CircularDependency: if they would wait for each other, at whatever distance.
    :raises PlanIsClosed: if the waiting task's plan is closed.
    """
    # One at a time, whichever tasks it is about: two edges that are harmless alone may close a
    # circle together. Tasks are never deleted, so that the oldest one can be the door.
    Task.objects.select_for_update().order_by("pk").first()
    free_task(task_id)
    edges = list(TaskDependency.objects.values_list("task_id", "needs_id"))
    circle = cycle_with(edges, task=task_id, needs=needs_id)
    if circle:
        titles = dict(Task.objects.filter(pk__in=circle).values_list("pk", "title"))
        raise CircularDependency(tuple(titles[each] for each in circle))
    _row, is_new = TaskDependency.objects.get_or_create(task_id=task_id, needs_id=needs_id)
    if is_new:
        event = DependencyAdded(task_id=task_id, needs_id=needs_id)
        details = {"needs": needs_id}
        _tell_log(event, "task.dependency_added", task_id, actor_id, at, details)
    return is_new


@transaction.atomic
def remove_dependency(*, task_id: int, needs_id: int, actor_id: int, at: datetime) -> bool:
    """Let a task no longer wait for another; return whether it did.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    found = TaskDependency.objects.filter(task_id=task_id, needs_id=needs_id)
    if not found.delete()[0]:
        return False
    event = DependencyRemoved(task_id=task_id, needs_id=needs_id)
    details = {"needs": needs_id}
    _tell_log(event, "task.dependency_removed", task_id, actor_id, at, details)
    return True


def _tell_log(
    event: Event,
    action: str,
    task_id: int,
    actor_id: int | None,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    subject = reference("task", task_id)
    said = details or {}
    record_audited(event, subject=subject, actor_id=actor_id, action=action, details=said, at=at)
