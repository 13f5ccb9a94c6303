"""What a plan is made of, by name: for those above who link to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from juluo.domains.planning.models import Plan, Strategy, Task


@dataclass(frozen=True, kw_only=True)
class PlanOutline:
    """A plan's title and days; the end is the first day not covered."""

    id: int
    title: str
    start: date
    end: date
    owner_id: int
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class WorkLeft:
    """Planned minutes of work: those still open, and all of them."""

    open: int
    all: int


def plan_outline(plan_id: int) -> PlanOutline | None:
    """Return one plan; None if there is none."""
    row = Plan.objects.filter(pk=plan_id).first()
    return _outline(row) if row else None


def plan_outlines() -> list[PlanOutline]:
    """Return every plan, newest first. One query."""
    return [_outline(row) for row in Plan.objects.order_by("-start", "-id")]


def strategy_titles(plan_id: int) -> list[tuple[int, str]]:
    """Return a plan's strategies by id."""
    return list(Strategy.objects.filter(plan_id=plan_id).values_list("pk", "title"))


def task_titles(plan_id: int) -> list[tuple[int, str]]:
    """Return a plan's tasks by id."""
    rows = Task.objects.filter(plan_id=plan_id).order_by("due", "id")
    return list(rows.values_list("pk", "title"))


def work_left(*, task_ids: Iterable[int], strategy_ids: Iterable[int]) -> dict[str, WorkLeft]:
    """Return the planned work of tasks and of strategies' tasks, by ``task:3``, ``strategy:2``.

    Dropped tasks count for neither; what has no planned minutes is left out. Two queries.
    """
    left: dict[str, WorkLeft] = {}
    for field, prefix, ids in (("pk", "task", task_ids), ("strategy", "strategy", strategy_ids)):
        wanted = set(ids)
        if not wanted:
            continue
        rows = Task.objects.filter(**{f"{field}__in": wanted}).exclude(status="dropped")
        sums = rows.values_list(field).annotate(
            whole=Sum("planned_minutes"), still=Sum("planned_minutes", filter=~Q(status="done"))
        )
        for pk, whole, still in sums.order_by(field):
            if whole:
                left[f"{prefix}:{pk}"] = WorkLeft(open=still or 0, all=whole)
    return left


def _outline(row: Plan) -> PlanOutline:
    return PlanOutline(
        id=row.pk,
        title=row.title,
        start=row.start,
        end=row.end,
        owner_id=row.owner_id,
        is_open=row.is_open,
    )
