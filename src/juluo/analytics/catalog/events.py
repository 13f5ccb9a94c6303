"""Metrics that count events of given names as they are in the log."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.telling import counts

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
DIMENSIONS = ("space", "source", "cohort", "band")


def counted_events(
    key: str,
    *names: str,
    title: Text,
    question: Text,
    formula: Text,
    unit: str,
    better: Direction = Direction.NEITHER,
    dimensions: tuple[str, ...] = DIMENSIONS,
) -> Metric:
    """Return the metric that counts the events of these names in the point's days."""

    def ask(scope: "Scope") -> Queries:
        events = behind.in_point(scope, names=list(names))
        return {"events": events.group_by(scope.keys).agg(value=events.count())}

    return Metric(
        key=key,
        title=title,
        question=question,
        formula=formula,
        unit=unit,
        kind=Kind.COUNT,
        better=better,
        dimensions=dimensions,
        additive=True,
        ask=ask,
        tell=counts,
        evidence=behind.counted(list(names)),
    )


def people_with_events(
    key: str,
    *names: str,
    title: Text,
    question: Text,
    formula: Text,
    better: Direction = Direction.NEITHER,
    dimensions: tuple[str, ...] = DIMENSIONS,
) -> Metric:
    """Return the metric that counts the people who are the actors of such events."""

    def ask(scope: "Scope") -> Queries:
        events = behind.in_point(scope, names=list(names))
        return {"events": events.group_by(scope.keys).agg(value=events.member_id.nunique())}

    def evidence(scope: "Scope") -> "Table":
        events = behind.in_point(scope, names=list(names))
        return behind.as_role(events.filter(events.member_id.notnull()), "counted")

    return Metric(
        key=key,
        title=title,
        question=question,
        formula=formula,
        unit="members",
        kind=Kind.DISTINCT,
        better=better,
        dimensions=dimensions,
        ask=ask,
        tell=counts,
        evidence=evidence,
    )
