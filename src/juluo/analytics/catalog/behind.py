"""The events behind a point: the queries that the catalog's evidence is made of.

Each is asked of a scope that has one point only, and returns event rows with ``role``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from juluo.analytics.definition import Evidence, Table
    from juluo.analytics.scope import Scope


def in_point(scope: "Scope", *, names: list[str] | None = None) -> "Table":
    """Return the split events of the scope's point, of the given names."""
    events = scope.events(scope.points[0].start, scope.last)
    if names is not None:
        events = events.filter(events.name.isin(names))
    return scope.split(scope.placed(events))


def as_role(events: "Table", role: str) -> "Table":
    """Mark the events with one role."""
    import ibis

    return events.mutate(role=ibis.literal(role))


def counted(names: list[str]) -> "Evidence":
    """Return the evidence of a plain count: the events of these names."""
    return lambda scope: as_role(in_point(scope, names=names), "counted")


def participation(scope: "Scope") -> "Table":
    """Return the participation of known people in the point."""
    from juluo.analytics import relations

    events = in_point(scope, names=relations.participation_names())
    return as_role(events.filter(events.member_id.notnull()), "counted")


def contribution(scope: "Scope") -> "Table":
    """Return the contributions of known people in the point."""
    from juluo.analytics import relations

    events = in_point(scope, names=relations.contribution_names())
    return as_role(events.filter(events.member_id.notnull()), "counted")


def contribution_of_active(scope: "Scope") -> "Table":
    """Return all participation as whole, and the contributions among it as part."""
    return part_if(participation(scope), _is_contribution)


def part_if(events: "Table", condition: Any) -> "Table":
    """Mark the events for which ``condition(events)`` holds as part, the others as whole."""
    import ibis

    return events.mutate(role=ibis.cases((condition(events), "part"), else_="whole"))


def _is_contribution(events: "Table") -> "Table":
    from juluo.analytics import relations

    return events.name.isin(relations.contribution_names())


def of_people(scope: "Scope", people: "Table", first: int, end: int) -> "Table":
    """Return the participation, in the days ``[first, end)``, of the people given.

    :param people: ``member_id``, ``role`` and, when the question splits, ``group``.
    """
    import ibis

    from juluo.analytics import relations

    events = scope.events(first, end)
    events = events.filter(events.name.isin(relations.participation_names()))
    events = events.mutate(point=ibis.literal(scope.points[0].start, "int32"))
    events = scope.split(events)
    on = ["member_id", *scope.group_keys]
    chosen = people.select(*on, "role").distinct()
    return events.inner_join(chosen, on)


def together(scope: "Scope", *parts: "Table") -> "Table":
    """Put event rows of several roles into one relation; of a repeated event, part wins."""
    import ibis

    from juluo.analytics.relations import EVENTS

    columns = [*EVENTS, *scope.group_keys]
    rows = ibis.union(*[part.select(*columns, "role") for part in parts])
    # "part" sorts before "whole".
    return rows.group_by(columns).agg(role=rows.role.min())
