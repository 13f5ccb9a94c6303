"""What is planned for days to come: plans that begin, gates, milestones, tasks, publications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from juluo.domains.planning.models import ContentSlot, Milestone, Phase, Plan, Task

_MOST_GATES = 12


@dataclass(frozen=True, kw_only=True)
class Planned:
    """Something that has a day; of a gate ``title`` is the kind of the phase it opens."""

    day: date
    title: str
    plan: str


@dataclass(frozen=True, kw_only=True)
class WorkToCome:
    """What is planned for some days, as plans have it today."""

    plans: tuple[Planned, ...]
    gates: tuple[Planned, ...]
    milestones: tuple[Planned, ...]
    tasks: int
    publications: int


def work_to_come(*, start: date, end: date, plan_ids: Collection[int] | None = None) -> WorkToCome:
    """Return what is planned for the days ``[start, end)``. Five queries.

    Of these plans, or of all that are not closed.
    """
    plans = Plan.objects.filter(start__gte=start, start__lt=end)
    gates = Phase.objects.filter(start__gte=start, start__lt=end)
    milestones = Milestone.objects.filter(due__gte=start, due__lt=end, reached_at=None)
    done = (Task.Status.DONE, Task.Status.DROPPED)
    tasks = Task.objects.filter(due__gte=start, due__lt=end, slot=None).exclude(status__in=done)
    slots = ContentSlot.objects.filter(day__gte=start, day__lt=end, line__dropped_at=None)
    slots = slots.filter(published_on=None).exclude(task__status=Task.Status.DROPPED)
    if plan_ids is None:
        plans = plans.exclude(status=Plan.Status.CLOSED)
        gates = gates.exclude(plan__status=Plan.Status.CLOSED)
        milestones = milestones.exclude(plan__status=Plan.Status.CLOSED)
    else:
        plans, tasks = plans.filter(pk__in=plan_ids), tasks.filter(plan__in=plan_ids)
        gates, milestones = gates.filter(plan__in=plan_ids), milestones.filter(plan__in=plan_ids)
        slots = slots.filter(line__plan__in=plan_ids)
    waiting = gates.filter(status=Phase.Status.WAITING).select_related("plan")
    ahead = milestones.select_related("plan").order_by("due", "pk")
    return WorkToCome(
        plans=tuple(
            Planned(day=each.start, title=each.title, plan="")
            for each in plans.order_by("start", "pk")
        ),
        gates=tuple(
            Planned(day=each.start, title=each.kind, plan=each.plan.title)
            for each in waiting.order_by("start", "pk")[:_MOST_GATES]
        ),
        milestones=tuple(
            Planned(day=each.due, title=each.title, plan=each.plan.title) for each in ahead
        ),
        tasks=tasks.count(),
        publications=slots.count(),
    )


def phase_name(kind: str) -> str:
    """Return what a phase of a kind is called."""
    return str(Phase.Kind(kind).label)
