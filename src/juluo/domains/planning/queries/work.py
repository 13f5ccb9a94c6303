"""One member's own tasks, and what of them needs attention."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from juluo.domains.insights.queries import Need, local_today
from juluo.domains.members.types import Member
from juluo.domains.planning.models import CalendarFeed, GateCriterion, Milestone, Phase, Plan, Task
from juluo.domains.planning.permissions import can_see_plans
from juluo.domains.planning.queries.links import tasks_to_do
from juluo.domains.planning.queries.schedule import (
    MilestoneRow,
    TaskRow,
    milestone_rows,
    task_rows,
)
from juluo.lib.icalendar_file import Entry


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A gate criterion that waits for what this member says."""

    phase_id: int
    plan_title: str
    phase_label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class MyWork:
    """A member's open tasks by when they are due; those that wait for others stand apart."""

    late: tuple[TaskRow, ...]
    today: tuple[TaskRow, ...]
    this_week: tuple[TaskRow, ...]
    later: tuple[TaskRow, ...]
    waiting: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]
    asked: tuple[Asked, ...]
    lately_done: tuple[TaskRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for this member."""
        open_now = self.late + self.today + self.this_week + self.later + self.waiting
        return not (open_now or self.milestones or self.asked)


def my_work(*, member_id: int, now: datetime) -> MyWork:
    """Return what a member has to do. Six queries, however much there is."""
    today = local_today(now=now)
    mine = tasks_to_do().filter(owner_id=member_id)
    rows = task_rows(mine.order_by("due", "pk"), today=today)
    rows.sort(key=lambda row: (row.due or date.max, row.id))
    ready = [row for row in rows if not row.waits_for]
    sunday = today + timedelta(days=6 - today.weekday())
    done = Task.objects.filter(
        owner_id=member_id, status=Task.Status.DONE, done_at__gte=now - timedelta(days=7)
    )
    milestones = Milestone.objects.filter(owner_id=member_id, reached_at=None)
    milestones = milestones.exclude(plan__status=Plan.Status.CLOSED)
    return MyWork(
        late=tuple(row for row in ready if row.is_late),
        today=tuple(row for row in ready if row.due == today),
        this_week=tuple(row for row in ready if row.due and today < row.due <= sunday),
        later=tuple(row for row in ready if row.due is None or row.due > sunday),
        waiting=tuple(row for row in rows if row.waits_for),
        milestones=tuple(milestone_rows(milestones, today=today)),
        asked=tuple(_asked_of(member_id)),
        lately_done=tuple(task_rows(done.order_by("-done_at", "-pk")[:10], today=today)),
    )


def _asked_of(member_id: int) -> list[Asked]:
    rows = GateCriterion.objects.filter(
        person_id=member_id, kind=GateCriterion.Kind.STATED, stated_at=None
    ).exclude(phase__status=Phase.Status.ACCEPTED)
    rows = rows.exclude(phase__plan__status=Plan.Status.CLOSED)
    return [
        Asked(
            phase_id=row.phase_id,
            plan_title=row.phase.plan.title,
            phase_label=row.phase.get_kind_display(),
            words=row.words,
        )
        for row in rows.select_related("phase__plan").order_by("pk")
    ]


def late_count(*, member_id: int, today: date) -> int:
    """Return how many of a member's tasks are late. One query."""
    return tasks_to_do().filter(owner_id=member_id, due__lt=today).count()


def say_what_is_late(member: Member, now: datetime) -> list[Need]:
    """Tell members of staff how many of their own tasks are late."""
    if not can_see_plans(member):
        return []
    late = late_count(member_id=member.pk, today=local_today(now=now))
    if not late:
        return []
    words = ngettext("%(count)d of your tasks is late.", "%(count)d of your tasks are late.", late)
    address = reverse("planning:work")
    return [Need(words=words % {"count": late}, url=address, icon="clock", urgent=True)]


def member_of_calendar(token: str) -> int | None:
    """Return whose calendar a secret opens, while they work here; None for any other."""
    feed = CalendarFeed.objects.select_related("member").filter(token=token).first()
    if feed is None or not can_see_plans(feed.member):
        return None
    return feed.member_id


def calendar_entries(*, member_id: int, now: datetime) -> list[Entry]:
    """Return a member's open tasks and milestones as entries of a calendar file."""
    found = my_work(member_id=member_id, now=now)
    tasks = found.late + found.today + found.this_week + found.later + found.waiting
    entries = [
        Entry(
            uid=f"task-{row.id}@juluo",
            title=row.title,
            day=row.due,
            description=row.plan_title,
        )
        for row in tasks
        if row.due is not None
    ]
    return entries + [
        Entry(uid=f"milestone-{row.id}@juluo", title=row.title, day=row.due)
        for row in found.milestones
    ]
