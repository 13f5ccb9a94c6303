"""When the community is awake."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import HOUR_US, date_of
from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Grain, Point
from juluo.analytics.telling import only

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope


def _timed(scope: "Scope") -> "Table":
    events = behind.in_point(scope, names=written_names())
    # 1970-01-01 was a Thursday: day 4 was the first Monday.
    return events.mutate(weekday=(events.day + 3) % 7, hour=(events.local_us // HOUR_US) % 24)


def _hours(scope: "Scope") -> Mapping[str, Any]:
    events = _timed(scope)
    return {"hours": events.group_by("weekday", "hour").agg(value=events.count())}


def _grid(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    found = {(int(r["weekday"]), int(r["hour"])): float(r["value"]) for r in only(results)}
    return [
        Point(
            start=date_of(scope.start),
            value=found.get((weekday, hour), 0.0),
            group=f"{weekday}-{hour:02}",
            row=(("weekday", float(weekday)), ("hour", float(hour))),
        )
        for weekday in range(7)
        for hour in range(24)
    ]


def _evidence(scope: "Scope") -> "Table":
    events = _timed(scope)
    hour = events.hour.cast("int64").cast("string").lpad(2, "0")
    group = events.weekday.cast("int64").cast("string") + "-" + hour
    return behind.as_role(events.mutate(group=group), "counted")


HOURS = Metric(
    key="rhythm.hours",
    title=Text("Hours of the week", "活跃时段"),
    question=Text("At which hours do people contribute?", "大家在什么时段贡献内容？"),
    formula=Text(
        "Contributions by weekday (0 is Monday) and hour, on the community's clock.",
        "按星期（0 为星期一）与小时统计的内容贡献数，以社群时区为准。",
    ),
    unit="contributions",
    kind=Kind.TABLE,
    better=Direction.NEITHER,
    grains=(Grain.WINDOW,),
    ask=_hours,
    tell=_grid,
    evidence=_evidence,
)

METRICS = (HOURS,)
