"""How the spaces are doing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.catalog.response import first_replies, openings
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Grain, Point
from juluo.analytics.telling import counts

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]


def _active(scope: "Scope") -> Queries:
    days = scope.member_days(scope.points[0].start, scope.last)
    days = scope.split(scope.placed(days.filter(days.contributions > 0)))
    return {"spaces": days.group_by(scope.keys).agg(value=days.space_id.nunique())}


def _active_evidence(scope: "Scope") -> "Table":
    from juluo.analytics.relations import contribution_names

    events = behind.in_point(scope, names=contribution_names())
    return behind.as_role(events.filter(events.space_id.notnull()), "counted")


ACTIVE = Metric(
    key="spaces.active",
    title=Text("Active spaces", "活跃版块"),
    question=Text("How many spaces had a contribution?", "有多少版块有人贡献？"),
    formula=Text(
        "Spaces with at least one contribution in the point's days.",
        "该时段内至少有一条贡献的版块数。",
    ),
    unit="spaces",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=("source",),
    ask=_active,
    tell=counts,
    evidence=_active_evidence,
)


def _health(scope: "Scope") -> Queries:
    (window,) = scope.points
    days = scope.member_days(window.before, window.end)
    days = days.filter(days.space_id.notnull())
    now = days.day >= window.start
    taking_part = now & (days.participations > 0)
    volume = days.group_by("space_id").agg(
        contributions=days.written.sum(where=now),
        before=days.written.sum(where=~now),
        active=days.member_id.nunique(where=taking_part),
    )
    history = scope.people_days(None, window.end)
    firsts = history.group_by("space_id", "member_id").agg(first=history.day.min())
    newly = firsts.filter(firsts["first"] >= window.start)
    told = first_replies(scope, openings(scope), 1)
    told = told.filter(told.closed)
    return {
        "volume": volume,
        "newcomers": newly.group_by("space_id").agg(newcomers=newly.count()),
        "answered": told.group_by("space_id").agg(
            answered=told.wait.notnull().cast("int64").sum(), openings=told.count()
        ),
    }


def _table(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    newcomers = {r["space_id"]: r["newcomers"] for r in results["newcomers"].to_pylist()}
    answered = {r["space_id"]: r for r in results["answered"].to_pylist()}
    rows = [_row(scope, r, newcomers, answered) for r in results["volume"].to_pylist()]
    return sorted(rows, key=lambda point: (-(point.value or 0), int(point.group or 0)))


def _row(
    scope: "Scope",
    row: dict[str, Any],
    newcomers: dict[int, int],
    answered: dict[int, dict[str, Any]],
) -> Point:
    space = row["space_id"]
    now, before = float(row["contributions"] or 0), float(row["before"] or 0)
    waited = answered.get(space, {"answered": 0, "openings": 0})
    part, whole = float(waited["answered"]), float(waited["openings"])
    return Point(
        start=date_of(scope.start),
        value=now,
        group=str(space),
        row=(
            ("contributions", now),
            ("active", float(row["active"])),
            ("answered_1d", part / whole if whole else None),
            ("answered", part),
            ("openings", whole),
            ("newcomers", float(newcomers.get(space, 0))),
            ("before", before),
            ("change", (now - before) / before if before else None),
        ),
    )


def _health_evidence(scope: "Scope") -> "Table":
    """Return what was done in the window; first replies as part; what is compared as whole.

    Compared are the window before, and the first day in the space of who was there already.
    """
    import ibis

    from juluo.analytics.relations import EVENTS, participation_names

    (window,) = scope.points
    done = scope.events(scope.first, window.end)
    done = done.filter(done.name.isin(participation_names()), done.space_id.notnull())
    now = done.filter(done.day >= window.start)
    before = done.filter(done.day >= window.before, done.day < window.start)
    roles = {"counted": now, "whole": before.union(_first_days(scope, done, now))}
    parts = [
        behind.as_role(events.mutate(group=events.space_id.cast("string")), role)
        for role, events in roles.items()
    ]
    parts.append(behind.as_role(_replies_of_a_day(scope), "part"))
    columns = [*EVENTS, "group"]
    rows = ibis.union(*[part.select(*columns, "role") for part in parts])
    # Of an event in several roles the first by the alphabet stays: counted, part, whole.
    return rows.group_by(columns).agg(role=rows.role.min())


def _first_days(scope: "Scope", done: "Table", now: "Table") -> "Table":
    """Return what those active now did on their first day in each space, if that is earlier."""
    place = ["space_id", "member_id"]
    history = scope.people_days(None, scope.last)
    firsts = history.group_by(place).agg(day=history.day.min())
    firsts = firsts.filter(firsts.day < scope.points[0].start).semi_join(now, place)
    return done.semi_join(firsts, [*place, "day"])


def _replies_of_a_day(scope: "Scope") -> "Table":
    """Return the first replies within a day, each in the group of the opening's space."""
    told = first_replies(scope, openings(scope), 1)
    told = told.filter(told.closed, told.space_id.notnull())
    first = told.select(
        "thread_id",
        opener=told.member_id,
        first_us=told.at_us + told.wait,
        group=told.space_id.cast("string"),
    )
    later = scope.events(scope.points[0].start, scope.last + 2, everywhere=True)
    later = later.filter(later.name.isin(written_names()))
    met = later.join(first, "thread_id")
    return met.filter(met.at_us == met.first_us, met.member_id != met.opener)


HEALTH = Metric(
    key="spaces.health",
    title=Text("Health of the spaces", "版块健康度"),
    question=Text("How is each space doing?", "各版块状况如何？"),
    formula=Text(
        "Per space over the window: content published, active people, share of openings answered "
        "within a day (whose day has passed), people whose first participation in the space lies "
        "in the window, and the change in content against the window of equal length before.",
        "每个版块在窗口内：发布内容数、活跃人数、1 日内获回复的主题比例（等待期已满者）、"
        "首次在该版块参与的人数，以及内容数相对前一等长窗口的变化。",
    ),
    unit="contributions",
    kind=Kind.TABLE,
    better=Direction.UP,
    grains=(Grain.WINDOW,),
    note_keys=("open_windows_left_out",),
    ask=_health,
    tell=_table,
    evidence=_health_evidence,
)

METRICS = (ACTIVE, HEALTH)
