"""What was worked on in a window: tasks by kind, milestones, publications against the plan."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from juluo.domains.planning.models import ContentSlot, Milestone, Task
from juluo.eventlog.models import EventRecord
from juluo.events.schedule import TaskChanged

NOT_TOLD = ""
KINDS = (*Task.KindOfWork.values, NOT_TOLD)


@dataclass(frozen=True, kw_only=True)
class KindDone:
    """Tasks of one kind of work; ``kind`` is "" where nobody told it.

    ``done`` in the window, ``done_late`` of these after their day; ``overdue`` were due by its end
    and open then; ``moved`` got another last day in it. ``by_itself`` were closed by the object
    they were tied to. ``planned_minutes`` are those planned for what was done, where told.
    """

    kind: str
    done: int
    done_late: int
    overdue: int
    moved: int
    by_itself: int
    planned_minutes: int
    without_minutes: int


@dataclass(frozen=True, kw_only=True)
class MilestoneDone:
    """A milestone of the window; ``reached_on`` is None where it was not reached by its end."""

    id: int
    title: str
    due: date
    reached_on: date | None


@dataclass(frozen=True, kw_only=True)
class WorkDone:
    """The work of a window; slots of content plans count as publications, not as tasks.

    Of ``planned`` publications whose day lay in it, ``published`` were out by its end.
    """

    kinds: tuple[KindDone, ...]
    milestones: tuple[MilestoneDone, ...]
    planned: int
    published: int


def work_done(
    *, start: date, end: date, timezone: str, plan_ids: Collection[int] | None = None
) -> WorkDone:
    """Return the work of the days ``[start, end)``, as it stood at their end. Four queries.

    Of these plans, or of all work. Days to come are no reason to call anything late: whoever asks
    gives an ``end`` that is over.
    """
    zone = ZoneInfo(timezone)
    tasks = Task.objects.filter(slot=None).exclude(status=Task.Status.DROPPED)
    milestones = Milestone.objects.filter(due__lt=end).order_by("due", "pk")
    slots = ContentSlot.objects.filter(day__gte=start, day__lt=end, line__dropped_at=None)
    slots = slots.exclude(task__status=Task.Status.DROPPED)
    if plan_ids is not None:
        tasks = tasks.filter(plan__in=plan_ids)
        milestones = milestones.filter(plan__in=plan_ids)
        slots = slots.filter(line__plan__in=plan_ids)
    found = [_Worked(each, start, end, zone) for each in tasks]
    moved = _moved(datetime.combine(start, time(), zone), datetime.combine(end, time(), zone))
    published = [each.published_on for each in slots]
    return WorkDone(
        kinds=tuple(_kind(kind, found, moved) for kind in KINDS),
        milestones=tuple(_milestones(milestones, start, end, zone)),
        planned=len(published),
        published=sum(each is not None and each < end for each in published),
    )


class _Worked:
    """One task, as it stood at the end of a window."""

    def __init__(self, task: Task, start: date, end: date, zone: ZoneInfo) -> None:
        self.task = task
        done_on = task.done_at.astimezone(zone).date() if task.done_at else None
        self.is_done = done_on is not None and start <= done_on < end
        self.is_late = bool(self.is_done and task.due and done_on and done_on > task.due)
        was_open = done_on is None or done_on >= end
        self.is_overdue = bool(was_open and task.due and task.due < end)


def _kind(kind: str, found: Iterable[_Worked], moved: Collection[int]) -> KindDone:
    mine = [each for each in found if each.task.kind_of_work == kind]
    done = [each for each in mine if each.is_done]
    return KindDone(
        kind=kind,
        done=len(done),
        done_late=sum(each.is_late for each in done),
        overdue=sum(each.is_overdue for each in mine),
        moved=sum(each.task.pk in moved for each in mine),
        by_itself=sum(bool(each.task.closed_by_ref) for each in done),
        planned_minutes=sum(each.task.planned_minutes for each in done),
        without_minutes=sum(not each.task.planned_minutes for each in done),
    )


def _moved(start: datetime, end: datetime) -> set[int]:
    """Return the tasks that got another last day."""
    rows = EventRecord.objects.filter(
        name=TaskChanged.name, occurred_at__gte=start, occurred_at__lt=end
    )
    return {
        each["task_id"]
        for each in rows.values_list("payload", flat=True)
        if "due" in each["fields"].split(",")
    }


def _milestones(
    rows: Iterable[Milestone], start: date, end: date, zone: ZoneInfo
) -> Iterable[MilestoneDone]:
    for row in rows:
        on = row.reached_at.astimezone(zone).date() if row.reached_at else None
        reached = on if on is not None and on < end else None
        # What was reached before, or is neither due nor reached in these days, is not of them.
        if (reached is None) or reached >= start or row.due >= start:
            yield MilestoneDone(id=row.pk, title=row.title, due=row.due, reached_on=reached)


def kind_of_work_name(kind: str) -> str:
    """Return what a kind of work is called; "" where it is not told."""
    return str(Task.KindOfWork(kind).label) if kind else ""
