"""How the tasks of plans and strategies stand, for one line of the console."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from juluo.domains.planning.models import Task
from juluo.domains.planning.queries.links import OPEN
from juluo.domains.planning.rules.schedule import is_late
from juluo.events.base import reference


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """How the tasks of a strategy or plan stand, for one line of the console."""

    total: int
    done: int
    doing: int
    late: int
    next_due: date | None


def task_lines(
    *,
    plan_ids: Collection[int] = (),
    strategy_ids: Collection[int] = (),
    today: date,
) -> dict[str, TaskLine]:
    """Return how tasks stand by reference (``plan:3``, ``strategy:5``). One query for each kind.

    Dropped tasks are left out; those without any task are absent.
    """
    found: dict[str, TaskLine] = {}
    for column, ids in (("plan", plan_ids), ("strategy", strategy_ids)):
        if ids:
            found |= _lines(column, ids, today)
    return found


def _lines(column: str, ids: Collection[int], today: date) -> dict[str, TaskLine]:
    kept = Task.objects.filter(**{f"{column}_id__in": ids}).exclude(status=Task.Status.DROPPED)
    lines: dict[str, TaskLine] = {}
    for pk, status, due in kept.order_by("pk").values_list(f"{column}_id", "status", "due"):
        key = reference(column, pk)
        before = lines.get(key, TaskLine(total=0, done=0, doing=0, late=0, next_due=None))
        lines[key] = _with_one_more(before, status, due, today)
    return lines


def _with_one_more(line: TaskLine, status: str, due: date | None, today: date) -> TaskLine:
    is_open = status in OPEN
    dues = [each for each in (line.next_due, due if is_open else None) if each is not None]
    return TaskLine(
        total=line.total + 1,
        done=line.done + (status == Task.Status.DONE),
        doing=line.doing + (status == Task.Status.DOING),
        late=line.late + is_late(due=due, is_open=is_open, today=today),
        next_due=min(dues, default=None),
    )
