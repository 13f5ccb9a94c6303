"""Hours there are against hours that the plans need, by week and by person.

A week's hours are meant for five working days: a public holiday takes a fifth of them, a worked
weekend day (调休) adds one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WORKING_DAYS = 5
WEEK = timedelta(days=7)
# Work with a last day only is done in the five working days up to it.
USUAL_DAYS = 5
IsWorkday = Callable[[date], bool]


@dataclass(frozen=True, kw_only=True)
class Hours:
    """What somebody can give a week, from a day on."""

    member_id: int
    minutes: int
    first: date


@dataclass(frozen=True, kw_only=True)
class Away:
    """Days ``[start, end)`` on which somebody does not work."""

    member_id: int
    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Load:
    """Minutes of work; its days are included; without an owner it is the team's."""

    owner_id: int | None
    minutes: int
    start: date | None
    due: date | None


@dataclass(frozen=True, kw_only=True)
class Share:
    """Somebody's week: minutes there are, and minutes that the plans need.

    ``is_stated`` is False where nobody said how many there are, nobody's work included.
    """

    member_id: int | None
    available: int
    planned: int
    is_stated: bool = True

    @property
    def short(self) -> int:
        """Minutes that are missing."""
        return max(self.planned - self.available, 0)


@dataclass(frozen=True, kw_only=True)
class Week:
    """The team's week from a Monday; ``shares`` has one line a person, nobody's work last."""

    monday: date
    shares: tuple[Share, ...]

    @property
    def available(self) -> int:
        """The team's minutes."""
        return sum(each.available for each in self.shares)

    @property
    def planned(self) -> int:
        """The minutes that the plans need."""
        return sum(each.planned for each in self.shares)

    @property
    def short(self) -> int:
        """Minutes that the team as a whole lacks."""
        return max(self.planned - self.available, 0)


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


class Team:
    """Who has how many hours, and when they are away."""

    def __init__(
        self, hours: Iterable[Hours], away: Iterable[Away], *, is_workday: IsWorkday
    ) -> None:
        self._is_workday = is_workday
        self._hours: dict[int, list[Hours]] = {}
        self._away: dict[int, list[Away]] = {}
        for each in sorted(hours, key=lambda each: each.first):
            self._hours.setdefault(each.member_id, []).append(each)
        for gone in away:
            self._away.setdefault(gone.member_id, []).append(gone)

    @property
    def member_ids(self) -> list[int]:
        """Those who said how many hours they have."""
        return sorted(self._hours)

    def works_on(self, member_id: int | None, day: date) -> bool:
        """Whether the day is a working day, and they are not away."""
        gone = self._away.get(member_id, []) if member_id is not None else []
        return self._is_workday(day) and not any(each.start <= day < each.end for each in gone)

    def available_on(self, member_id: int, day: date) -> float:
        """Return the minutes somebody has on a day: a fifth of their week, or none."""
        if not self.works_on(member_id, day):
            return 0.0
        stated = [each for each in self._hours.get(member_id, []) if each.first <= day]
        return stated[-1].minutes / WORKING_DAYS if stated else 0.0

    def available_in_week(self, member_id: int, monday: date) -> int:
        """Return the minutes somebody has in the week from a Monday."""
        days = (monday + timedelta(days=n) for n in range(7))
        return round(sum(self.available_on(member_id, day) for day in days))


def spread(load: Load, *, team: Team, today: date) -> dict[date, int]:
    """Share a piece of work over its owner's working days; the minutes add up exactly.

    Work whose last day has passed waits on the next working day. Work without days is nowhere.
    """
    days = _days_of(load, team, today)
    if not days or not load.minutes:
        return {}
    each, rest = divmod(load.minutes, len(days))
    return {day: each + (n < rest) for n, day in enumerate(days)}


def _days_of(load: Load, team: Team, today: date) -> list[date]:
    if load.due is None and load.start is None:
        return []
    if load.due is not None and load.due < today:
        return [_next_working_day(load.owner_id, today, team)]
    if load.start is None and load.due is not None:
        return _up_to(load.due, load.owner_id, team)
    start = load.start or today
    due = load.due or _last_of_usual(start, load.owner_id, team)
    days = [start + timedelta(days=n) for n in range((due - start).days + 1)]
    working = [day for day in days if team.works_on(load.owner_id, day)]
    return working or [due]


def _next_working_day(owner_id: int | None, day: date, team: Team) -> date:
    # A year without a working day is nobody's: then today it is.
    coming = (day + timedelta(days=n) for n in range(366))
    return next((each for each in coming if team.works_on(owner_id, each)), day)


def _up_to(due: date, owner_id: int | None, team: Team) -> list[date]:
    days = (due - timedelta(days=n) for n in range(4 * USUAL_DAYS))
    working = [day for day in days if team.works_on(owner_id, day)][:USUAL_DAYS]
    return working[::-1] or [due]


def _last_of_usual(start: date, owner_id: int | None, team: Team) -> date:
    days = (start + timedelta(days=n) for n in range(4 * USUAL_DAYS))
    working = [day for day in days if team.works_on(owner_id, day)][:USUAL_DAYS]
    return working[-1] if working else start


def weeks(
    loads: Collection[Load], *, team: Team, first: date, count: int, today: date
) -> list[Week]:
    """Return so many weeks from the one of ``first`` on, each person's hours against their work."""
    planned: dict[tuple[int | None, date], int] = {}
    for load in loads:
        for day, minutes in spread(load, team=team, today=today).items():
            key = (load.owner_id, monday_of(day))
            planned[key] = planned.get(key, 0) + minutes
    people = sorted({*team.member_ids, *(owner for owner, _ in planned if owner is not None)})
    return [
        Week(monday=monday, shares=_shares(monday, people, planned, team))
        for monday in (monday_of(first) + n * WEEK for n in range(count))
    ]


def _shares(
    monday: date,
    people: Sequence[int],
    planned: Mapping[tuple[int | None, date], int],
    team: Team,
) -> tuple[Share, ...]:
    shares = [
        Share(
            member_id=member_id,
            available=team.available_in_week(member_id, monday),
            planned=planned.get((member_id, monday), 0),
            is_stated=member_id in team.member_ids,
        )
        for member_id in people
    ]
    nobodys = planned.get((None, monday), 0)
    if nobodys:
        shares.append(Share(member_id=None, available=0, planned=nobodys, is_stated=False))
    return tuple(shares)
