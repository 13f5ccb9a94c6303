"""A metric cut by several dimensions at once, with the same definitions: the cells add up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import Period, date_of
from juluo.analytics.catalog import metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Question

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.scope import Scope


class CannotBeCut(ValueError):
    """The metric has no cells, or not by this dimension; ``supported`` are those it has."""

    def __init__(self, key: str, supported: tuple[str, ...]) -> None:
        ways = ", ".join(supported) or "no dimensions"
        super().__init__(f"{key} can be cut by {ways}.")
        self.supported = supported


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell's value in one point: ``part`` alone for a count, of ``whole`` for a share.

    ``values`` stand in the order of the cells' dimensions.
    """

    start: date
    values: tuple[str, ...]
    part: float
    whole: float | None = None


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The cells in which anything was, of the points asked for."""

    key: str
    dimensions: tuple[str, ...]
    starts: tuple[date, ...]
    is_share: bool
    rows: tuple[Cell, ...]
    query: str


@dataclass(frozen=True, kw_only=True)
class Moves:
    """People of one cell active in a window or in the one before, by what they are."""

    values: tuple[str, ...]
    new: int
    retained: int
    resurrected: int
    lost: int


def dimensions_of(key: str) -> tuple[str, ...]:
    """Return the dimensions a metric can be cut by at once; none if it has no cells."""
    from juluo.analytics.catalog.cutting import CUTTINGS

    found = CUTTINGS.get(metric(key).key)
    return found.dimensions if found else ()


def cells(
    question: Question,
    *,
    by: tuple[str, ...],
    log: EventLog,
    as_of: datetime,
    points: tuple[Period, ...] | None = None,
) -> Cells:
    """Cut a metric by several dimensions at once.

    :param points: the windows to ask for, oldest first; they may overlap. The question's own
        points if absent.
    :raises CannotBeCut: if the metric cannot be cut by one of the dimensions.
    """
    from juluo.analytics.catalog.cutting import CUTTINGS

    known = dimensions_of(question.key)
    if not by or not set(by) <= set(known):
        raise CannotBeCut(question.key, known)
    ask = CUTTINGS[question.key].ask or metric(question.key).ask
    table, query = _asked(_scope(question, log, as_of, points, by), ask)
    is_share = "whole" in table.column_names
    found = _read(table, is_share=is_share)
    cut = points or _scope(question, log, as_of, None, by).points
    return Cells(
        key=question.key,
        dimensions=by,
        starts=tuple(date_of(point.start) for point in cut),
        is_share=is_share,
        rows=tuple(sorted(found, key=lambda cell: (cell.start, cell.values))),
        query=query,
    )


def members_and_amounts(
    question: Question,
    *,
    where: tuple[tuple[str, str], ...],
    log: EventLog,
    as_of: datetime,
    points: tuple[Period, ...],
) -> tuple[tuple[int, int], ...] | None:
    """Return how many members did something in a slice, and how much, for each point.

    Members are counted once in a slice. None for metrics that are not what members do.

    :param where: (dimension, value) pairs; empty: everywhere.
    """
    from juluo.analytics.catalog.cutting import DOINGS

    if question.key not in DOINGS:
        return None
    scope = _scope(question, log, as_of, points, tuple(dimension for dimension, _ in where))
    table, _ = _asked(scope, DOINGS[question.key])
    values = tuple(value for _, value in where)
    found = {
        row["point"]: (int(row["whole"]), int(row["part"]))
        for row in table.to_pylist()
        if not where or _values(row["group"]) == values
    }
    return tuple(found.get(point.start, (0, 0)) for point in points)


def moves(
    question: Question, *, by: tuple[str, ...], log: EventLog, as_of: datetime
) -> tuple[Moves, ...]:
    """Return who was new, retained, resurrected and lost, against the window before, in cells.

    New + resurrected - lost is the change of ``members.active``.
    """
    from juluo.analytics.catalog.cutting import STATES, states

    known = dimensions_of("members.retained")
    if not by or not set(by) <= set(known):
        raise CannotBeCut(question.key, known)
    table, _ = _asked(_scope(question, log, as_of, None, by), states)
    found = [
        Moves(values=_values(row["group"]), **{state: int(row[state]) for state in STATES})
        for row in table.to_pylist()
    ]
    return tuple(sorted(found, key=lambda each: each.values))


def _scope(
    question: Question,
    log: EventLog,
    as_of: datetime,
    points: tuple[Period, ...] | None,
    by: tuple[str, ...],
) -> "Scope":
    from juluo.analytics.scope import Scope

    return Scope(question, log, as_of, points=points, cut=by)


def _asked(scope: "Scope", ask: Any) -> tuple["pa.Table", str]:
    from juluo.analytics.engine import run

    expression = next(iter(ask(scope).values()))
    return run(scope, expression)


def _read(table: "pa.Table", *, is_share: bool) -> list[Cell]:
    columns = table.to_pydict()
    days = {each: date_of(each) for each in set(columns["point"])}
    values = {each: _values(each) for each in set(columns["group"])}
    parts = columns["part" if is_share else "value"]
    wholes = columns["whole"] if is_share else [None] * len(parts)
    return [
        Cell(
            start=days[point],
            values=values[group],
            part=float(part or 0),
            whole=float(whole or 0) if is_share else None,
        )
        for point, group, part, whole in zip(
            columns["point"], columns["group"], parts, wholes, strict=True
        )
    ]


def _values(group: str) -> tuple[str, ...]:
    from juluo.analytics.scope import BETWEEN

    return tuple(group.split(BETWEEN))
