"""Turn the rows of a query into points: every point appears, shares know their whole."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.question import Point
from juluo.analytics.statistics import quantile, quantile_interval, wilson

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Tell
    from juluo.analytics.scope import Scope

Row = dict[str, Any]
Slot = tuple[int, str | None]


def slots(scope: "Scope", rows: Iterable[Row]) -> dict[Slot, Row]:
    """Return one row per point and group seen, in order; empty where the query had none."""
    found = {(row["point"], row.get("group")): row for row in rows}
    groups: list[str | None] = [None]
    if scope.by:
        groups = sorted({group for _, group in found}, key=str)
    return {(p.start, g): found.get((p.start, g), {}) for p in scope.points for g in groups}


def only(results: Mapping[str, "pa.Table"]) -> list[Row]:
    """Return the rows of the first query."""
    rows: list[Row] = next(iter(results.values())).to_pylist()
    return rows


def counts(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    """Tell ``value``; where nothing happened it is zero."""
    return [
        Point(start=date_of(start), group=group, value=float(row.get("value") or 0))
        for (start, group), row in slots(scope, only(results)).items()
    ]


def share(slot: Slot, part: float, whole: float, *, extra: Row | None = None) -> Point:
    """Return a share with its Wilson interval; a share of nothing has no value."""
    low, high = wilson(part, whole) or (None, None)
    return Point(
        start=date_of(slot[0]),
        group=slot[1],
        value=part / whole if whole else None,
        part=part,
        whole=whole,
        low=low,
        high=high,
        sample=int(whole),
        row=tuple((extra or {}).items()),
    )


def shares(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    """Tell ``part`` of ``whole``, with those still ``open`` where the query has them."""
    told = []
    for slot, row in slots(scope, only(results)).items():
        extra = {"open": float(row["open"] or 0)} if "open" in row else {}
        part, whole = float(row.get("part") or 0), float(row.get("whole") or 0)
        told.append(share(slot, part, whole, extra=extra))
    return told


def ratio(slot: Slot, part: float, whole: float) -> Point:
    """Return a ratio without an interval; a ratio to nothing has no value."""
    return Point(
        start=date_of(slot[0]),
        group=slot[1],
        value=part / whole if whole else None,
        part=part,
        whole=whole,
        sample=int(whole),
    )


def ratios(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    """Tell ``part`` divided by ``whole``."""
    return [
        ratio(slot, float(row.get("part") or 0), float(row.get("whole") or 0))
        for slot, row in slots(scope, only(results)).items()
    ]


def waits(p: float) -> "Tell":
    """Return a teller of the quantile of ``wait`` (microseconds) in seconds.

    A row without a wait is an opening nobody answered: it counts as an infinite wait.
    """

    def tell(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
        found: dict[Slot, list[float]] = {}
        still_open: dict[Slot, int] = {}
        for row in only(results):
            slot = (row["point"], row.get("group"))
            if row["closed"]:
                wait = row["wait"]
                found.setdefault(slot, []).append(float("inf") if wait is None else wait / 1e6)
            else:
                still_open[slot] = still_open.get(slot, 0) + 1
        rows = [{"point": s, "group": g} for s, g in {**found, **still_open}]
        return [
            _wait(slot, sorted(found.get(slot, [])), p, still_open.get(slot, 0))
            for slot in slots(scope, rows)
        ]

    return tell


def _wait(slot: Slot, values: list[float], p: float, still_open: int) -> Point:
    low, high = quantile_interval(values, p)
    unanswered = sum(1 for value in values if value == float("inf"))
    return Point(
        start=date_of(slot[0]),
        group=slot[1],
        value=quantile(values, p),
        low=low,
        high=high,
        sample=len(values),
        row=(("unanswered", float(unanswered)), ("open", float(still_open))),
    )


def sizes(measure: Callable[[list[tuple[float, int]]], float | None]) -> "Tell":
    """Return a teller over how many people (``people``) made how much (``amount``)."""

    def tell(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
        found: dict[Slot, list[tuple[float, int]]] = {}
        for row in only(results):
            pair = (float(row["amount"]), int(row["people"]))
            found.setdefault((row["point"], row.get("group")), []).append(pair)
        rows = [{"point": s, "group": g} for s, g in found]
        told = []
        for slot in slots(scope, rows):
            pairs = found.get(slot, [])
            value, people = measure(pairs), sum(count for _, count in pairs)
            told.append(Point(start=date_of(slot[0]), group=slot[1], value=value, sample=people))
        return told

    return tell
