"""What lies on which day: tasks, milestones, phases, slots; too much of it, or nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.domains.members import queries as members
from juluo.domains.planning.models import Milestone, Phase, Plan, Task
from juluo.domains.planning.queries.capacity import loads, team_of
from juluo.domains.planning.queries.day_kinds import DayKind, day_kinds
from juluo.domains.planning.queries.hours import hours
from juluo.domains.planning.queries.links import OPEN
from juluo.domains.planning.rules.capacity import Team, spread
from juluo.domains.planning.rules.schedule import is_late


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing on a day; ``kind`` is task, slot, milestone or phase."""

    kind: str
    kind_label: str
    id: int
    title: str
    day: date
    owner_id: int | None
    owner_name: str
    plan_id: int | None
    plan_title: str
    status_label: str
    is_done: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day with what lies on it, the minutes it needs and the minutes there are."""

    kind: DayKind
    items: tuple[Item, ...]
    planned: int
    available: int
    is_empty: bool

    @property
    def hours(self) -> tuple[str, str]:
        """What is planned and what there is, as hours."""
        return hours(self.planned), hours(self.available)

    @property
    def is_overloaded(self) -> bool:
        """Whether more is planned for the day than the team has hours."""
        return self.planned > self.available > 0


def days(
    *,
    first: date,
    last: date,
    today: date,
    plan_id: int | None = None,
    owner_id: int | None = None,
) -> list[Day]:
    """Return each day with what lies on it. Some ten queries, however long the lists are.

    A working day to come on which nothing lies is called empty while a plan runs.
    """
    wanted = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    kinds = day_kinds(wanted)
    by_day: dict[date, list[Item]] = {}
    for item in _items(first, last, today, plan_id, owner_id):
        by_day.setdefault(item.day, []).append(item)
    needed, has = _hours(wanted, today, owner_id)
    running = _running(first, last, plan_id)
    return [
        Day(
            kind=kinds[day],
            items=tuple(by_day.get(day, ())),
            planned=needed.get(day, 0),
            available=has.get(day, 0),
            is_empty=day not in by_day
            and day >= today
            and kinds[day].is_workday
            and any(start <= day < end for start, end in running),
        )
        for day in wanted
    ]


def _items(
    first: date, last: date, today: date, plan_id: int | None, owner_id: int | None
) -> list[Item]:
    found = _task_items(first, last, today, plan_id, owner_id)
    found += _milestone_items(first, last, today, plan_id, owner_id)
    if owner_id is None:
        found += _phase_items(first, last, plan_id)
    order = {"phase": 0, "milestone": 1, "slot": 2, "task": 3}
    return sorted(found, key=lambda item: (item.day, order[item.kind], item.is_done, item.id))


def _task_items(
    first: date, last: date, today: date, plan_id: int | None, owner_id: int | None
) -> list[Item]:
    rows = Task.objects.filter(due__range=(first, last)).exclude(status=Task.Status.DROPPED)
    if plan_id is not None:
        rows = rows.filter(plan_id=plan_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    labels = {True: pgettext("calendar", "Content"), False: pgettext("calendar", "Task")}
    found = []
    for row in rows.select_related("owner", "plan", "slot").order_by("due", "pk"):
        is_slot = getattr(row, "slot", None) is not None
        found.append(
            Item(
                kind="slot" if is_slot else "task",
                kind_label=labels[is_slot],
                id=row.pk,
                title=row.title,
                day=row.due or first,
                owner_id=row.owner_id,
                owner_name=row.owner.display_name if row.owner else "",
                plan_id=row.plan_id,
                plan_title=row.plan.title if row.plan else "",
                status_label=row.get_status_display(),
                is_done=row.status == Task.Status.DONE,
                is_late=is_late(due=row.due, is_open=row.status in OPEN, today=today),
            )
        )
    return found


def _milestone_items(
    first: date, last: date, today: date, plan_id: int | None, owner_id: int | None
) -> list[Item]:
    rows = Milestone.objects.filter(due__range=(first, last))
    if plan_id is not None:
        rows = rows.filter(plan_id=plan_id)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return [
        Item(
            kind="milestone",
            kind_label=_("Milestone"),
            id=row.pk,
            title=row.title,
            day=row.due,
            owner_id=row.owner_id,
            owner_name=row.owner.display_name,
            plan_id=row.plan_id,
            plan_title=row.plan.title,
            status_label=_("Reached") if row.reached_at else _("Not reached yet"),
            is_done=row.reached_at is not None,
            is_late=is_late(due=row.due, is_open=row.reached_at is None, today=today),
        )
        for row in rows.select_related("owner", "plan").order_by("due", "pk")
    ]


def _phase_items(first: date, last: date, plan_id: int | None) -> list[Item]:
    rows = Phase.objects.filter(start__range=(first, last))
    if plan_id is not None:
        rows = rows.filter(plan_id=plan_id)
    return [
        Item(
            kind="phase",
            kind_label=_("Phase begins"),
            id=row.pk,
            title=row.get_kind_display(),
            day=row.start,
            owner_id=None,
            owner_name="",
            plan_id=row.plan_id,
            plan_title=row.plan.title,
            status_label=row.get_status_display(),
            is_done=row.status == Phase.Status.ACCEPTED,
            is_late=False,
        )
        for row in rows.select_related("plan").order_by("start", "pk")
    ]


def _hours(
    wanted: list[date], today: date, owner_id: int | None
) -> tuple[dict[date, int], dict[date, int]]:
    """Return the minutes that each day needs and has, of one person or of all."""
    people = [owner_id] if owner_id is not None else [pk for pk, _name in members.staff()]
    team = team_of(people)
    needed: dict[date, int] = {}
    for load in loads():
        if owner_id is None or load.owner_id == owner_id:
            for day, minutes in spread(load, team=team, today=today).items():
                needed[day] = needed.get(day, 0) + minutes
    return needed, {day: _available(team, people, day) for day in wanted}


def _available(team: Team, people: Collection[int], day: date) -> int:
    return round(sum(team.available_on(member_id, day) for member_id in people))


def _running(first: date, last: date, plan_id: int | None) -> list[tuple[date, date]]:
    """Return the days of the plans that are open and touch these days."""
    rows = Plan.objects.filter(start__lte=last, end__gt=first).exclude(status=Plan.Status.CLOSED)
    if plan_id is not None:
        rows = rows.filter(pk=plan_id)
    return list(rows.values_list("start", "end"))
