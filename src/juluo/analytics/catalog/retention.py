"""Whether members stay: of those who began together, who is still active."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.catalog.growth import newcomers
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Grain, Point
from juluo.analytics.telling import share

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]


def begun(scope: "Scope") -> "Table":
    """Return who began in the window: ``member_id``, day ``first``, ``cohort`` (its number)."""
    firsts = scope.firsts()
    firsts = firsts.filter(firsts["first"] >= scope.start, firsts["first"] < scope.end)
    names = scope.day_names()
    met = firsts.join(names, firsts["first"] == names.day)
    return met.select("member_id", "first", cohort=met[scope.question.grain.value])


def active_days(scope: "Scope") -> "Table":
    """Return the days on which people were active since the window began, each once."""
    days = scope.people_days(scope.start, scope.today + 1)
    return days.select("member_id", "day").distinct()


def _retention(scope: "Scope") -> Queries:
    people, names, unit = begun(scope), scope.day_names(), scope.question.grain.value
    days = active_days(scope).join(names, "day")
    seen = days.select("member_id", period=days[unit]).distinct().join(people, "member_id")
    seen = seen.mutate(age=seen.period - seen.cohort)
    sizes = people.group_by("cohort").agg(size=people.count(), begin=people["first"].min())
    return {
        "cohorts": sizes,
        "active": seen.group_by("cohort", "age").agg(active=seen.count()),
    }


def _retention_points(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    from juluo.analytics.calendar import grain_start, next_start

    grain = scope.question.grain
    sizes = {row["cohort"]: row for row in results["cohorts"].to_pylist()}
    active = {(r["cohort"], r["age"]): r["active"] for r in results["active"].to_pylist()}
    told = []
    for cohort, row in sorted(sizes.items()):
        begin = grain_start(row["begin"], grain)
        age, following = 0, next_start(begin, grain)
        while scope.begins(following) <= scope.as_of:
            part, size = float(active.get((cohort, age), 0)), float(row["size"])
            extra = {"age": float(age), "active": part, "size": size}
            told.append(share((max(begin, scope.start), None), part, size, extra=extra))
            age, following = age + 1, next_start(following, grain)
    return told


def _retention_evidence(scope: "Scope") -> "Table":
    firsts = newcomers(scope, "participations")
    chosen = behind.as_role(firsts, "counted")
    return behind.of_people(scope, chosen, scope.points[0].start, scope.today + 1)


RETENTION = Metric(
    key="members.retention",
    title=Text("Retention by cohort", "同期群留存"),
    question=Text(
        "Of the people who began together, what share is active k windows later?",
        "同期开始的成员，k 个时段之后还有多大比例活跃？",
    ),
    formula=Text(
        "Cohort: people whose first participation lies in the week (month). Age k: the share of "
        "them active in the k-th week (month) after it; only windows that have wholly passed.",
        "同期群：首次参与落在同一周（月）的人。第 k 期：其中在之后第 k 周（月）活跃的比例；"
        "只计已经结束的时段。",
    ),
    unit="share",
    kind=Kind.SHARE_TABLE,
    better=Direction.UP,
    grains=(Grain.WEEK, Grain.MONTH),
    note_keys=("open_windows_left_out",),
    ask=_retention,
    tell=_retention_points,
    evidence=_retention_evidence,
)

METRICS = (RETENTION,)
