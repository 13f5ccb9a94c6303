"""Hours there are against hours that the plans need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.domains.insights.queries import local_today
from juluo.domains.members import queries as members
from juluo.domains.planning.models import Absence, Strategy, Task, WeeklyHours
from juluo.domains.planning.queries.day_kinds import is_workday_here
from juluo.domains.planning.queries.hours import hours
from juluo.domains.planning.queries.links import tasks_to_do
from juluo.domains.planning.rules import capacity as rules

WEEKS = 8


@dataclass(frozen=True, kw_only=True)
class ShareRow:
    """One person's week, or the work that nobody owns."""

    member_id: int | None
    name: str
    available: int
    planned: int
    short: int
    is_stated: bool

    @property
    def words(self) -> tuple[str, str, str]:
        """What is planned, what there is and what is missing, as hours."""
        return hours(self.planned), hours(self.available), hours(self.short)


@dataclass(frozen=True, kw_only=True)
class WeekRow:
    """The team's week; ``words`` states the shortfall where there is one."""

    monday: date
    available: int
    planned: int
    short: int
    shares: tuple[ShareRow, ...]
    words: str

    @property
    def hours(self) -> tuple[str, str, str]:
        """What is planned, what there is and what is missing, as hours."""
        return hours(self.planned), hours(self.available), hours(self.short)

    @property
    def share_of_available(self) -> int:
        """Planned work in percent of the hours there are, at the most 100; 0 without hours."""
        return min(round(100 * self.planned / self.available), 100) if self.available else 0


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """What somebody said of their hours; ``minutes`` is None where they said nothing."""

    member_id: int
    name: str
    minutes: int | None
    since: date | None

    @property
    def hours(self) -> str:
        """Their week in words; "" where they said nothing."""
        return "" if self.minutes is None else hours(self.minutes)


@dataclass(frozen=True, kw_only=True)
class AbsenceRow:
    """Somebody is away; ``last`` is the last day."""

    id: int
    member_id: int
    name: str
    kind_label: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How much of the open work has hours and days: whether the figures can be trusted."""

    tasks: int
    with_hours: int
    with_days: int

    @property
    def is_good(self) -> bool:
        """Whether at least four of five open tasks have hours."""
        return self.with_hours * 5 >= self.tasks * 4


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """The coming weeks of the team."""

    weeks: tuple[WeekRow, ...]
    people: tuple[PersonRow, ...]
    absences: tuple[AbsenceRow, ...]
    coverage: Coverage

    @property
    def shortfalls(self) -> list[str]:
        """The weeks that fall short, in words."""
        return [week.words for week in self.weeks if week.words]


def team_capacity(*, now: datetime, plan_id: int | None = None, weeks: int = WEEKS) -> Capacity:
    """Return hours against work from this week on; ten queries, however long the lists are.

    People have one week for all plans: ``plan_id`` narrows the coverage only.
    """
    today = local_today(now=now)
    staff = dict(members.staff())
    names = dict(staff)
    team = team_of(names)
    counted = rules.weeks(loads(), team=team, first=today, count=weeks, today=today)
    owners = {share.member_id for week in counted for share in week.shares} - {None}
    names |= members.names([each for each in owners if each is not None and each not in names])
    return Capacity(
        weeks=tuple(_week_row(week, names) for week in counted),
        people=tuple(_people(staff, today)),
        absences=tuple(_absences(names, today)),
        coverage=coverage(plan_id=plan_id),
    )


def team_of(member_ids: Collection[int]) -> rules.Team:
    """Return what these members said of their hours, and when they are away. Two queries."""
    stated = WeeklyHours.objects.filter(member_id__in=member_ids)
    away = Absence.objects.filter(member_id__in=member_ids)
    return rules.Team(
        [
            rules.Hours(member_id=row.member_id, minutes=row.minutes, first=row.first_day)
            for row in stated
        ],
        [rules.Away(member_id=row.member_id, start=row.start, end=row.end) for row in away],
        is_workday=is_workday_here(),
    )


def loads() -> list[rules.Load]:
    """Return all open work with hours, and what strategies need beyond their tasks. Two queries."""
    tasks = tasks_to_do().filter(planned_minutes__gt=0).order_by("pk")
    found = [
        rules.Load(owner_id=owner, minutes=minutes, start=start, due=due)
        for owner, minutes, start, due in tasks.values_list(
            "owner_id", "planned_minutes", "start", "due"
        )
    ]
    return found + _of_strategies()


def _of_strategies() -> list[rules.Load]:
    """Return what open strategies need beyond the hours that their tasks already carry."""
    carried = Sum("tasks__planned_minutes", filter=~Q(tasks__status=Task.Status.DROPPED))
    rows = Strategy.objects.filter(
        planned_minutes__gt=0, status__in=(Strategy.Status.PLANNED, Strategy.Status.RUNNING)
    ).annotate(carried=carried)
    return [
        rules.Load(
            owner_id=row.owner_id,
            minutes=row.planned_minutes - (row.carried or 0),
            start=row.start,
            due=row.end - timedelta(days=1),
        )
        for row in rows.order_by("pk")
        if row.planned_minutes > (row.carried or 0)
    ]


def coverage(*, plan_id: int | None = None) -> Coverage:
    """Return how many open tasks have hours and days. One query."""
    tasks = tasks_to_do()
    if plan_id is not None:
        tasks = tasks.filter(plan_id=plan_id)
    rows = list(tasks.values_list("planned_minutes", "start", "due"))
    return Coverage(
        tasks=len(rows),
        with_hours=sum(minutes > 0 for minutes, _start, _due in rows),
        with_days=sum(bool(start or due) for _minutes, start, due in rows),
    )


def _week_row(week: rules.Week, names: dict[int, str]) -> WeekRow:
    shares = tuple(
        ShareRow(
            member_id=share.member_id,
            name=_name(share.member_id, names),
            available=share.available,
            planned=share.planned,
            short=share.short,
            is_stated=share.is_stated,
        )
        for share in week.shares
    )
    return WeekRow(
        monday=week.monday,
        available=week.available,
        planned=week.planned,
        short=week.short,
        shares=shares,
        words=_shortfall(week, shares),
    )


def _name(member_id: int | None, names: dict[int, str]) -> str:
    if member_id is None:
        return _("nobody yet")
    return names.get(member_id, _("a former member"))


def _shortfall(week: rules.Week, shares: tuple[ShareRow, ...]) -> str:
    """Say what is missing: "In the week of 3 March the team has 60 h and needs 82 h …".

    Somebody who did not say how many hours they have is not short: their work is uncovered.
    """
    short = [each for each in shares if each.short and each.is_stated]
    if not short and not week.short:
        return ""
    values = {
        "day": date_format(week.monday, "DATE_FORMAT"),
        "has": hours(week.available),
        "needs": hours(week.planned),
        "short": hours(week.short),
    }
    words = (
        _("In the week of %(day)s the team has %(has)s and needs %(needs)s: %(short)s short")
        if week.short
        else _("In the week of %(day)s the team’s %(has)s cover its %(needs)s, but not everybody’s")
    ) % values
    clauses = [words, *(_clause(each) for each in shares if each.short)]
    return pgettext("between clauses", "; ").join(clauses)


def _clause(share: ShareRow) -> str:
    values = {"name": share.name, "short": hours(share.short)}
    if share.member_id is None:
        return _("%(short)s has no owner") % values
    if not share.is_stated:
        return _("%(name)s has %(short)s of work and has not stated any hours") % values
    return _("%(name)s %(short)s short") % values


def _people(staff: dict[int, str], today: date) -> list[PersonRow]:
    stated: dict[int, WeeklyHours] = {}
    rows = WeeklyHours.objects.filter(member_id__in=staff, first_day__lte=today)
    for row in rows.order_by("first_day", "pk"):
        stated[row.member_id] = row
    return [
        PersonRow(
            member_id=member_id,
            name=name,
            minutes=stated[member_id].minutes if member_id in stated else None,
            since=stated[member_id].first_day if member_id in stated else None,
        )
        for member_id, name in staff.items()
    ]


def _absences(names: dict[int, str], today: date) -> list[AbsenceRow]:
    rows = Absence.objects.filter(end__gt=today).order_by("start", "pk")
    return [
        AbsenceRow(
            id=row.pk,
            member_id=row.member_id,
            name=_name(row.member_id, names),
            kind_label=row.get_kind_display(),
            first=row.start,
            last=row.end - timedelta(days=1),
        )
        for row in rows
    ]
