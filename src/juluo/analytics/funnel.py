"""Funnels: of the members who took a first step, who took the next ones in time.

A member enters with the first time ever that they take the first step (in the chosen spaces and
sources), once. Each further step is the earliest moment, after the step before it, at which they
take it; all of them within so many days of the first. Of what happens at the same moment, joining
comes first, then the order of the events' keys.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import DAY_US
from juluo.analytics.funnel_steps import STEPS, Step
from juluo.analytics.log import EventLog
from juluo.analytics.people import People, page
from juluo.analytics.question import Filters, Grain, Question
from juluo.analytics.statistics import quantile, quantile_interval, wilson

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

FEWEST_STEPS, MOST_STEPS = 2, 6
MOST_DAYS = 365
EVERYBODY = Filters()
SPLITS = ("channel", "month", "space", "source")


class FunnelRefused(ValueError):
    """The funnel cannot be asked this way; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Ordered steps within ``within`` days of the first, which lies in the days ``[start, end)``.

    ``by`` splits those who enter: by channel of arrival, or by the first step's month, space or
    source.
    """

    steps: tuple[str, ...]
    within: int
    start: date
    end: date
    timezone: str
    by: str | None = None
    filters: Filters = EVERYBODY


@dataclass(frozen=True, kw_only=True)
class Share:
    """Some of a whole with the Wilson 95 % interval; a share of nothing has no value."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its bounds."""
        return wilson(self.part, self.whole)


@dataclass(frozen=True, kw_only=True)
class Median:
    """The median time, in seconds, of ``sample`` members, and the order statistics around it."""

    value: float | None
    low: float | None
    high: float | None
    sample: int


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How many took a step: of those who entered, and of those who took the step before."""

    step: str
    of_first: Share
    of_before: Share
    since_first: Median
    since_before: Median

    @property
    def members(self) -> int:
        """How many took it."""
        return self.of_first.part

    @property
    def lost(self) -> int:
        """How many took the step before, and not this one."""
        return self.of_before.whole - self.of_before.part


@dataclass(frozen=True, kw_only=True)
class Group:
    """Those who entered and whose days are over; ``waiting`` are the others, by steps so far."""

    name: str | None
    reached: tuple[Reached, ...]
    waiting: tuple[int, ...]

    @property
    def entered(self) -> int:
        """How many entered and have had their days."""
        return self.reached[0].members


@dataclass(frozen=True, kw_only=True)
class FunnelAnswer:
    """Everyone together, and the groups of a split, largest first; with the evidence."""

    funnel: Funnel
    whole: Group
    groups: tuple[Group, ...]
    query: str
    data_version: str


def answer_funnel(funnel: Funnel, *, log: EventLog, as_of: datetime) -> FunnelAnswer:
    """Count who took each step in time, as seen at ``as_of``.

    :raises FunnelRefused: if it has too few or too many steps, an unknown one, or no days.
    """
    from juluo.analytics.engine import run_all

    scope = _scope(funnel, log, as_of)
    people = _people(scope, funnel)
    asked = {"whole": _counted(people, funnel, [])}
    if funnel.by:
        asked["groups"] = _counted(people, funnel, ["group"])
    results, query = run_all(scope, asked)
    groups = _groups(results["groups"].to_pylist(), funnel) if funnel.by else []
    (whole,) = _groups(results["whole"].to_pylist(), funnel) or [_group(None, [], funnel)]
    return FunnelAnswer(
        funnel=funnel,
        whole=whole,
        groups=tuple(sorted(groups, key=lambda each: (-each.entered, each.name or ""))),
        query=query,
        data_version=log.data_version,
    )


def members_of_step(
    funnel: Funnel,
    *,
    log: EventLog,
    as_of: datetime,
    step: int,
    state: str,
    group: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> People:
    """List the members of a step, counted from 1.

    ``state`` is ``reached`` (they took it), ``lost`` (they took the step before, and not this one)
    or ``waiting`` (their days are not over, whatever the step). Rows carry ``day`` of the first
    step, ``steps`` taken, and the time ``took`` for them.
    """
    scope = _scope(funnel, log, as_of)
    people = _people(scope, funnel)
    keep = {
        "reached": people.closed & (people.steps >= step),
        "lost": people.closed & (people.steps == step - 1),
        "waiting": ~people.closed,
    }[state]
    people = people.filter(keep)
    if group is not None and funnel.by:
        people = people.filter(people.group == group)
    told = people.select("member_id", "day", "steps", "us_1", took=people.newest_us - people.us_1)
    return page(scope, told, by="us_1", offset=offset, limit=limit)


def _scope(funnel: Funnel, log: EventLog, as_of: datetime) -> "Scope":
    from juluo.analytics.scope import Scope

    if not FEWEST_STEPS <= len(funnel.steps) <= MOST_STEPS:
        raise FunnelRefused(f"A funnel has {FEWEST_STEPS} to {MOST_STEPS} steps.")
    unknown = [each for each in funnel.steps if each not in STEPS]
    if unknown:
        raise FunnelRefused(f"There is no step {unknown[0]!r}.")
    if STEPS[funnel.steps[0]].later_day:
        raise FunnelRefused("The first step has no step before it.")
    if not 1 <= funnel.within <= MOST_DAYS or funnel.end <= funnel.start:
        raise FunnelRefused("The window has no day, or more than a year for the steps.")
    if funnel.by is not None and funnel.by not in SPLITS:
        raise FunnelRefused(f"A funnel is split by {', '.join(SPLITS)}.")
    carried = Question(
        key="funnel",
        start=funnel.start,
        end=funnel.end,
        grain=Grain.WINDOW,
        timezone=funnel.timezone,
        by=None if funnel.by == "month" else funnel.by,
        filters=funnel.filters,
    )
    return Scope(carried, log, as_of)


def _moments(scope: "Scope", funnel: Funnel) -> "Table":
    """Return what counts as a step, one row for each event and member whose step it is."""
    import ibis

    steps = [STEPS[each] for each in funnel.steps]
    end = scope.end + funnel.within + 2
    events = _where(scope, scope.events(scope.first, end, everywhere=True))
    parts = [_whose(scope, events, steps, received) for received in (False, True)]
    moments = [part for part in parts if part is not None]
    both = ibis.union(*moments) if len(moments) > 1 else moments[0]
    return both.mutate(**{f"is_{n}": _is(both, each) for n, each in enumerate(steps, start=1)})


def _where(scope: "Scope", events: "Table") -> "Table":
    """Apply the filters; joining and visits belong to no space and count everywhere."""
    filters = scope.question.filters
    if filters.spaces:
        nowhere = sorted({name for each in STEPS.values() if each.nowhere for name in each.names})
        here = events.space_id.isin(list(filters.spaces))
        events = events.filter(here | events.name.isin(nowhere))
    if filters.sources:
        events = events.filter(events.source.isin(list(filters.sources)))
    return events


def _whose(
    scope: "Scope",
    events: "Table",
    steps: Sequence[Step],
    received: bool,  # noqa: FBT001
) -> "Table | None":
    import ibis

    names = sorted({name for each in steps if each.received is received for name in each.names})
    if not names:
        return None
    found = events.filter(events.name.isin(names), events.member_id.notnull())
    if received:
        found = found.filter(found.recipient_id.notnull(), found.recipient_id != found.member_id)
        found = scope.without_left_out(found, "recipient_id")
        found = found.mutate(member_id=found.recipient_id)
    else:
        dated = found.payload.cast("json")["dated"].bool.fill_null(True)  # noqa: FBT003
        found = found.filter((found.name != STEPS["joined"].names[0]) | dated)
    return found.select(
        "member_id", "at_us", "day", "key", "name", "space_id", "source",
        received=ibis.literal(received),
    )  # fmt: skip


def _is(moments: "Table", step: Step) -> "Table":
    return moments.name.isin(list(step.names)) & (moments.received == step.received)


def _people(scope: "Scope", funnel: Funnel) -> "Table":
    """Return who entered: the moments of their steps, how many they took, whether it is over."""
    import ibis

    moments = _moments(scope, funnel)
    starts = moments.filter(moments.is_1)
    entered = starts.group_by("member_id").agg(
        first_us=starts.at_us.min(), first_day=starts.day.min()
    )
    entered = entered.filter(entered.first_day >= scope.start, entered.first_day < scope.end)
    met = moments.join(entered, "member_id")
    met = met.filter(met.at_us >= met.first_us, met.at_us <= met.first_us + funnel.within * DAY_US)
    joining = STEPS["joined"].names[0]
    # The same event may be one member's deed and another's reply, never both of one.
    order = ibis.window(
        group_by="member_id",
        order_by=[met.at_us, ibis.ifelse(met.name == joining, 0, 1), met.key],
    )
    met = met.mutate(place=ibis.row_number().over(order))
    met = _placed(met, [STEPS[each] for each in funnel.steps])
    told = met.group_by("member_id").agg(**_told(met, len(funnel.steps)))
    taken = [told[f"us_{n}"].notnull().cast("int64") for n in range(1, len(funnel.steps) + 1)]
    newest = ibis.greatest(*[told[f"us_{n}"] for n in range(1, len(funnel.steps) + 1)])
    told = told.mutate(
        steps=sum(taken[1:], taken[0]),
        newest_us=newest,
        closed=told.us_1 + funnel.within * DAY_US <= scope.as_of,
    )
    return _split(scope, told, funnel.by)


def _placed(met: "Table", steps: Sequence[Step]) -> "Table":
    """Add ``at_n``, the place of the n-th step: the earliest one after the step before it."""
    met = met.mutate(at_1=_least(met.is_1, met.place))
    for n, step in enumerate(steps[1:], start=2):
        before = met[f"at_{n - 1}"]
        follows = met[f"is_{n}"] & (met.place > before)
        if step.later_day:
            met = met.mutate(day_before=_least(met.place == before, met.day.cast("int64")))
            follows = met[f"is_{n}"] & (met.place > met[f"at_{n - 1}"])
            follows = follows & (met.day > met.day_before)
        met = met.mutate(**{f"at_{n}": _least(follows, met.place)})
    return met


def _least(condition: Any, value: Any) -> Any:
    """Return each member's least value where the condition holds."""
    import ibis

    own = ibis.window(group_by="member_id")
    return ibis.ifelse(condition, value, ibis.null("int64")).min().over(own)


def _told(met: "Table", steps: int) -> dict[str, Any]:
    at_first = met.place == met.at_1
    moments = {
        f"us_{n}": met.at_us.max(where=met.place == met[f"at_{n}"]) for n in range(1, steps + 1)
    }
    return {
        **moments,
        "day": met.day.max(where=at_first),
        "space_id": met.space_id.max(where=at_first),
        "source": met.source.max(where=at_first),
    }


def _split(scope: "Scope", people: "Table", by: str | None) -> "Table":
    if by == "month":
        names = scope.day_names().select("day", group="month_name")
        return people.join(names, "day")
    return scope.split(people)


def _counted(people: "Table", funnel: Funnel, keys: list[str]) -> "Table":
    """Count the steps taken, and collect the times they took, of those whose days are over."""
    sums: dict[str, Any] = {"members": people.count()}
    for n in range(1, len(funnel.steps) + 1):
        here = people[f"us_{n}"]
        before = people[f"us_{max(n - 1, 1)}"]
        sums[f"taken_{n}"] = here.count()
        sums[f"first_{n}"] = (here - people.us_1).collect()
        sums[f"before_{n}"] = (here - before).collect()
    return people.group_by([*keys, "closed"]).agg(**sums)


def _groups(rows: Sequence[dict[str, Any]], funnel: Funnel) -> list[Group]:
    found: dict[str | None, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.get("group"), []).append(row)
    return [_group(name, own, funnel) for name, own in found.items()]


def _group(name: str | None, rows: Sequence[dict[str, Any]], funnel: Funnel) -> Group:
    count = len(funnel.steps)
    closed = next((row for row in rows if row["closed"]), {})
    waiting = next((row for row in rows if not row["closed"]), {})
    taken = [closed.get(f"taken_{n}", 0) for n in range(1, count + 1)]
    reached = tuple(
        Reached(
            step=funnel.steps[n],
            of_first=Share(part=taken[n], whole=taken[0]),
            of_before=Share(part=taken[n], whole=taken[max(n - 1, 0)]),
            since_first=_median(closed.get(f"first_{n + 1}")),
            since_before=_median(closed.get(f"before_{n + 1}")),
        )
        for n in range(count)
    )
    still = tuple(waiting.get(f"taken_{n}", 0) for n in range(1, count + 1))
    return Group(name=name, reached=reached, waiting=still)


def _median(waits: Sequence[int | None] | None) -> Median:
    known = sorted(each / 1e6 for each in waits or () if each is not None)
    low, high = quantile_interval(known, 0.5) if known else (None, None)
    return Median(value=quantile(known, 0.5), low=low, high=high, sample=len(known))
