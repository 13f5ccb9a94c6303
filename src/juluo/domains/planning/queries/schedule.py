"""The schedule of a plan, one task, and what is late, as frozen rows."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext

from juluo.domains.members import queries as members
from juluo.domains.planning.models import (
    Milestone,
    Phase,
    Strategy,
    Task,
    TaskDependency,
    TaskLink,
)
from juluo.domains.planning.queries.hours import hours
from juluo.domains.planning.queries.links import OPEN, LinkRow, links_of, tasks_to_do
from juluo.domains.planning.rules.schedule import is_late
from juluo.events.base import reference


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    """One task in a list; ``waits_for`` are the titles of unfinished tasks it needs.

    A task ``is_fixed`` when its plan is closed: it stays as it is.
    """

    id: int
    title: str
    status: str
    status_label: str
    owner_id: int | None
    owner_name: str
    start: date | None
    due: date | None
    planned_minutes: int
    kind_of_work: str
    kind_of_work_label: str
    is_open: bool
    is_late: bool
    is_linked: bool
    is_slot: bool
    closed_by_ref: str
    waits_for: tuple[str, ...]
    plan_id: int | None
    plan_title: str
    phase_id: int | None
    milestone_id: int | None
    strategy_id: int | None
    strategy_title: str
    is_fixed: bool

    @property
    def waits_words(self) -> str:
        """The unfinished tasks that it needs, in one line."""
        return pgettext("list", ", ").join(self.waits_for)

    @property
    def planned_hours(self) -> str:
        """The planned time in words; "" where none is given."""
        return hours(self.planned_minutes) if self.planned_minutes else ""


@dataclass(frozen=True, kw_only=True)
class MilestoneRow:
    """One milestone with how far its tasks are."""

    id: int
    title: str
    due: date
    owner_id: int
    owner_name: str
    is_reached: bool
    reached_at: datetime | None
    is_late: bool
    phase_id: int | None
    plan_id: int
    tasks_done: int
    tasks: int


@dataclass(frozen=True, kw_only=True)
class PhaseRow:
    """One phase with its work; ``is_current`` marks the first that is not accepted."""

    id: int
    kind: str
    kind_label: str
    status: str
    status_label: str
    first: date
    last: date
    is_late: bool
    is_current: bool
    tasks: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(each.status == Task.Status.DONE for each in self.tasks)

    @property
    def kept(self) -> int:
        """How many of its tasks are not dropped."""
        return sum(each.status != Task.Status.DROPPED for each in self.tasks)

    @property
    def late(self) -> int:
        """How many of its tasks are late."""
        return sum(each.is_late for each in self.tasks)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A plan's phases, and what belongs to none."""

    phases: tuple[PhaseRow, ...]
    tasks: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]

    @property
    def all_tasks(self) -> list[TaskRow]:
        """Every task, by phase, those of no phase last."""
        return [task for phase in self.phases for task in phase.tasks] + list(self.tasks)

    @property
    def all_milestones(self) -> list[MilestoneRow]:
        """Every milestone, by phase, those of no phase last."""
        found = [each for phase in self.phases for each in phase.milestones]
        return found + list(self.milestones)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned."""
        return not (self.phases or self.tasks or self.milestones)


@dataclass(frozen=True, kw_only=True)
class TaskDetail:
    """A task's page."""

    row: TaskRow
    details: str
    created_at: datetime
    done_at: datetime | None
    needs: tuple[tuple[int, str, str], ...]
    needed_by: tuple[tuple[int, str, str], ...]
    links: tuple[LinkRow, ...]
    history: tuple[members.AuditRow, ...]
    phase_kind: str
    milestone_title: str


def task_rows(tasks: QuerySet[Task], *, today: date) -> list[TaskRow]:
    """Return tasks as rows, in the order they come. Two queries, however many there are."""
    linked = TaskLink.objects.filter(task=OuterRef("pk"), closed_at=None)
    found = list(
        tasks.select_related("owner", "plan", "strategy", "slot").annotate(is_linked=Exists(linked))
    )
    waits = _waits_for([task.pk for task in found if task.status in OPEN])
    return [_task_row(task, today, tuple(waits.get(task.pk, ()))) for task in found]


def task_list(
    *,
    today: date,
    plan_id: int | None = None,
    owner_id: int | None = None,
    status: str | None = None,
    kind_of_work: str | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[TaskRow]:
    """Return tasks in the order they were written, narrowed by what is given. Two queries.

    ``after`` is the last id that was read before: what follows it is returned.
    """
    narrowing = {
        "plan_id": plan_id,
        "owner_id": owner_id,
        "status": status,
        "kind_of_work": kind_of_work,
    }
    given = {name: value for name, value in narrowing.items() if value is not None}
    tasks = Task.objects.filter(pk__gt=after, **given).order_by("pk")
    return task_rows(tasks[:limit], today=today)


def _waits_for(task_ids: Collection[int]) -> dict[int, list[str]]:
    rows = TaskDependency.objects.filter(task_id__in=task_ids, needs__in=tasks_to_do())
    found: dict[int, list[str]] = {}
    for task_id, title in rows.order_by("needs_id").values_list("task_id", "needs__title"):
        found.setdefault(task_id, []).append(title)
    return found


def _task_row(task: Task, today: date, waits_for: tuple[str, ...]) -> TaskRow:
    is_open = task.status in OPEN
    return TaskRow(
        id=task.pk,
        title=task.title,
        status=task.status,
        status_label=task.get_status_display(),
        owner_id=task.owner_id,
        owner_name=task.owner.display_name if task.owner else "",
        start=task.start,
        due=task.due,
        planned_minutes=task.planned_minutes,
        kind_of_work=task.kind_of_work,
        kind_of_work_label=task.get_kind_of_work_display() if task.kind_of_work else "",
        is_open=is_open,
        is_late=is_late(due=task.due, is_open=is_open, today=today),
        is_linked=bool(getattr(task, "is_linked", False)),
        is_slot=getattr(task, "slot", None) is not None,
        closed_by_ref=task.closed_by_ref,
        waits_for=waits_for,
        plan_id=task.plan_id,
        plan_title=task.plan.title if task.plan else "",
        phase_id=task.phase_id,
        milestone_id=task.milestone_id,
        strategy_id=task.strategy_id,
        strategy_title=task.strategy.title if task.strategy else "",
        is_fixed=task.plan is not None and not task.plan.is_open,
    )


def milestone_rows(milestones: QuerySet[Milestone], *, today: date) -> list[MilestoneRow]:
    """Return milestones as rows, soonest first. One query."""
    kept = ~Q(tasks__status=Task.Status.DROPPED)
    counted = milestones.select_related("owner").annotate(
        kept=Count("tasks", filter=kept),
        done=Count("tasks", filter=Q(tasks__status=Task.Status.DONE)),
    )
    return [
        MilestoneRow(
            id=row.pk,
            title=row.title,
            due=row.due,
            owner_id=row.owner_id,
            owner_name=row.owner.display_name,
            is_reached=row.reached_at is not None,
            reached_at=row.reached_at,
            is_late=is_late(due=row.due, is_open=row.reached_at is None, today=today),
            phase_id=row.phase_id,
            plan_id=row.plan_id,
            tasks_done=row.done,
            tasks=row.kept,
        )
        for row in counted.order_by("due", "pk")
    ]


def plan_schedule(*, plan_id: int, today: date, with_slots: bool = False) -> Schedule:
    """Return a plan's schedule. Four queries, however long it is.

    The slots of the content plan have a page of their own and are left out unless asked for.
    """
    tasks = Task.objects.filter(plan_id=plan_id).order_by("due", "pk")
    if not with_slots:
        tasks = tasks.filter(slot=None)
    rows = task_rows(tasks, today=today)
    milestones = milestone_rows(Milestone.objects.filter(plan_id=plan_id), today=today)
    phases = list(Phase.objects.filter(plan_id=plan_id).order_by("position", "pk"))
    current = next((each.pk for each in phases if each.status != Phase.Status.ACCEPTED), None)
    return Schedule(
        phases=tuple(
            replace(
                _phase_row(phase, today, is_current=phase.pk == current),
                tasks=tuple(each for each in rows if each.phase_id == phase.pk),
                milestones=tuple(each for each in milestones if each.phase_id == phase.pk),
            )
            for phase in phases
        ),
        tasks=tuple(each for each in rows if each.phase_id is None),
        milestones=tuple(each for each in milestones if each.phase_id is None),
    )


def _phase_row(phase: Phase, today: date, *, is_current: bool) -> PhaseRow:
    last = phase.end - timedelta(days=1)
    return PhaseRow(
        id=phase.pk,
        kind=phase.kind,
        kind_label=phase.get_kind_display(),
        status=phase.status,
        status_label=phase.get_status_display(),
        first=phase.start,
        last=last,
        is_late=is_late(due=last, is_open=phase.status != Phase.Status.ACCEPTED, today=today),
        is_current=is_current,
        tasks=(),
        milestones=(),
    )


def phase_row(phase_id: int, *, today: date) -> tuple[PhaseRow, int] | None:
    """Return one phase with its work, and its plan's id; None where there is no such phase."""
    phase = Phase.objects.filter(pk=phase_id).first()
    if phase is None:
        return None
    tasks = Task.objects.filter(phase_id=phase_id, slot=None).order_by("due", "pk")
    row = replace(
        _phase_row(phase, today, is_current=False),
        tasks=tuple(task_rows(tasks, today=today)),
        milestones=tuple(milestone_rows(Milestone.objects.filter(phase_id=phase_id), today=today)),
    )
    return row, phase.plan_id


def task_row(task_id: int, *, today: date) -> TaskRow | None:
    """Return one task as a row, or None where there is no such task."""
    return next(iter(task_rows(Task.objects.filter(pk=task_id), today=today)), None)


def milestone_row(milestone_id: int, *, today: date) -> MilestoneRow | None:
    """Return one milestone as a row, or None where there is no such milestone."""
    found = milestone_rows(Milestone.objects.filter(pk=milestone_id), today=today)
    return next(iter(found), None)


def task_detail(task_id: int, *, today: date) -> TaskDetail | None:
    """Return what a task's page shows, or None where there is no such task."""
    task = Task.objects.filter(pk=task_id).select_related("phase", "milestone").first()
    row = task_row(task_id, today=today)
    if task is None or row is None:
        return None
    return TaskDetail(
        row=row,
        details=task.details,
        created_at=task.created_at,
        done_at=task.done_at,
        needs=_tied(Task.objects.filter(needed_by__task_id=task_id)),
        needed_by=_tied(Task.objects.filter(needs__needs_id=task_id)),
        links=tuple(links_of(task_id)),
        history=tuple(members.audit_of(reference("task", task_id))),
        phase_kind=task.phase.get_kind_display() if task.phase else "",
        milestone_title=task.milestone.title if task.milestone else "",
    )


def _tied(tasks: QuerySet[Task]) -> tuple[tuple[int, str, str], ...]:
    rows = tasks.order_by("pk").values_list("pk", "title", "status")
    return tuple((pk, title, status) for pk, title, status in rows)


def possible_needs(task_id: int, *, limit: int = 200) -> list[tuple[int, str]]:
    """Return the open tasks that a task could wait for: its plan's, or those of no plan."""
    task = Task.objects.get(pk=task_id)
    others = Task.objects.filter(plan=task.plan, status__in=OPEN).exclude(pk=task_id)
    others = others.exclude(needed_by__task_id=task_id).filter(slot=None)
    return list(others.order_by("due", "pk").values_list("pk", "title")[:limit])


def dependencies(plan_id: int) -> list[tuple[int, int]]:
    """Return which tasks of a plan wait for which: ``(waits, for)``. One query."""
    rows = TaskDependency.objects.filter(task__plan_id=plan_id)
    return list(rows.order_by("pk").values_list("task_id", "needs_id"))


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What of a plan a task can belong to, as choices."""

    phases: tuple[tuple[int, str], ...]
    milestones: tuple[tuple[int, str], ...]
    strategies: tuple[tuple[int, str], ...]


def parts_of(plan_id: int) -> Parts:
    """Return a plan's phases, milestones and strategies. Three queries."""
    phases = Phase.objects.filter(plan_id=plan_id).order_by("position", "pk")
    milestones = Milestone.objects.filter(plan_id=plan_id).order_by("due", "pk")
    strategies = Strategy.objects.filter(plan_id=plan_id).order_by("position", "pk")
    return Parts(
        phases=tuple((row.pk, str(row.get_kind_display())) for row in phases),
        milestones=tuple(milestones.values_list("pk", "title")),
        strategies=tuple(strategies.values_list("pk", "title")),
    )
