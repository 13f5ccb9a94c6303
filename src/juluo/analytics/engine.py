"""The one engine: a question in, an answer with its evidence out.

Ibis and DuckDB are loaded on the first question, not on import: pages that never ask a
number do not pay for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import Period, date_of, day_number, is_cut, periods
from juluo.analytics.catalog import metric
from juluo.analytics.definition import Metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Grain, Only, Point, Question, Records

if TYPE_CHECKING:
    from juluo.analytics.scope import Scope


# Beyond these years there is no calendar to cut in; beyond this length no point to it.
YEARS = range(1000, 9000)
LONGEST_DAYS = 366 * 100


class QuestionRefused(ValueError):
    """The metric cannot be asked this way; the message says why."""


class UnsupportedDimension(QuestionRefused):
    """The metric cannot be split this way; ``supported`` are the ways it can."""

    def __init__(self, key: str, by: str, supported: tuple[str, ...]) -> None:
        ways = ", ".join(supported) or "no dimension"
        super().__init__(f"{key} cannot be split by {by!r}; it can by {ways}.")
        self.supported = supported


class UnsupportedGrain(QuestionRefused):
    """The metric cannot be cut this way; ``supported`` are the grains it can."""

    def __init__(self, key: str, grain: Grain, supported: tuple[Grain, ...]) -> None:
        ways = ", ".join(supported)
        super().__init__(f"{key} cannot be cut by {grain.value!r}; it can by {ways}.")
        self.supported = supported


class EmptyWindow(QuestionRefused):
    """The window has no day: its end is not after its start."""

    def __init__(self, start: date, end: date) -> None:
        super().__init__(f"The window from {start} to {end} has no day.")


class WindowTooWide(QuestionRefused):
    """The window is longer, or lies further away, than anything that can be computed."""

    def __init__(self, start: date, end: date) -> None:
        super().__init__(
            f"The window from {start} to {end} is too wide or lies too far from our time."
        )


class UnknownPoint(LookupError):
    """The question has no point that begins on this day."""

    def __init__(self, start: date) -> None:
        super().__init__(f"No point of the question begins on {start}.")


def answer(question: Question, *, log: EventLog, as_of: datetime) -> Answer:
    """Compute a metric over a window, as seen at ``as_of``.

    :raises UnknownMetric: if the catalog has no such key.
    :raises UnsupportedDimension: if the metric cannot be split by ``question.by``.
    :raises UnsupportedGrain: if the metric cannot be cut at ``question.grain``.
    :raises EmptyWindow: if the window has no day.
    :raises WindowTooWide: if it has more than a hundred years.
    """
    from juluo.analytics.scope import Scope

    definition = _checked(question)
    scope = Scope(question, log, as_of)
    queries = definition.ask(scope)
    written = {name: _sql(expression) for name, expression in queries.items()}
    points = tuple(definition.tell(scope, _run(scope, written)))
    return Answer(
        question=question,
        version=definition.version,
        unit=definition.unit,
        points=points,
        query=_evidence_query(scope, written),
        data_version=log.data_version,
        note_keys=_notes(definition, scope, points),
    )


def points_of(
    question: Question,
    windows: Sequence[tuple[date, date]],
    *,
    log: EventLog,
    as_of: datetime,
) -> tuple[Point, ...]:
    """Compute a metric over windows that follow on each other, oldest first, in one query.

    Each point is what :func:`answer` gives for its window alone. The question's own days and grain
    do not count.

    :raises QuestionRefused: as :func:`answer` does.
    """
    from juluo.analytics.scope import Scope

    whole = replace(question, start=windows[0][0], end=windows[-1][1], grain=Grain.WINDOW)
    definition = _checked(whole)
    cut = tuple(_window(day_number(start), day_number(end)) for start, end in windows)
    scope = Scope(whole, log, as_of, points=cut)
    written = {name: _sql(expression) for name, expression in definition.ask(scope).items()}
    return tuple(definition.tell(scope, _run(scope, written)))


def _window(start: int, end: int) -> Period:
    (window,) = periods(start, end, Grain.WINDOW)
    return window


def records(
    question: Question,
    *,
    log: EventLog,
    start: date,
    group: str | None = None,
    offset: int = 0,
    limit: int = 50,
    as_of: datetime | None = None,
    only: Only | None = None,
) -> Records:
    """List the events behind the point that begins on ``start``, newest first.

    :param group: the point's group, for a split question or a row of a table.
    :param as_of: as given to :func:`answer`; everything the log holds if absent.
    :param only: list, and count, no more than these.
    :raises UnknownPoint: if no point of the question begins on ``start``.
    """
    from juluo.analytics.schemas import EVENT_SCHEMA
    from juluo.analytics.scope import Scope

    definition = _checked(question)
    point = _point(question, start)
    scope = Scope(question, log, as_of or _last_moment(log, question), points=(point,))
    rows = definition.evidence(scope)
    if group is not None and "group" in rows.columns:
        rows = rows.filter(rows["group"] == group)
    rows = _only(rows.select(*EVENT_SCHEMA.names, "role"), only or Only())
    page = rows.order_by(rows.occurred_at.desc(), rows.key.desc(), rows.role)
    written = {"total": _sql(rows.count().name("total").as_table()),
               "rows": _sql(page.limit(limit, offset=offset))}  # fmt: skip
    results = _run(scope, written)
    return Records(
        question=question,
        total=int(results["total"]["total"][0].as_py()),
        rows=tuple(results["rows"].to_pylist()),
        query=written["rows"],
        data_version=log.data_version,
    )


def _only(rows: Any, only: Only) -> Any:
    """Keep the records that are of all the kinds set."""
    for name, value in asdict(only).items():
        if value is not None:
            rows = rows.filter(rows[name] == value)
    return rows


def _checked(question: Question) -> Metric:
    definition = metric(question.key)
    if question.end <= question.start:
        raise EmptyWindow(question.start, question.end)
    if not _is_computable(question.start, question.end):
        raise WindowTooWide(question.start, question.end)
    if question.grain not in definition.grains:
        raise UnsupportedGrain(question.key, question.grain, definition.grains)
    if question.by is not None and question.by not in definition.dimensions:
        raise UnsupportedDimension(question.key, question.by, definition.dimensions)
    return definition


def _is_computable(start: date, end: date) -> bool:
    return start.year in YEARS and end.year in YEARS and (end - start).days <= LONGEST_DAYS


def _point(question: Question, start: date) -> Period:
    cut = periods(day_number(question.start), day_number(question.end), question.grain)
    for point in cut:
        if date_of(point.start) == start:
            return point
    raise UnknownPoint(start)


def _last_moment(log: EventLog, question: Question) -> datetime:
    """Return a moment after everything in the log, near it: scopes enumerate days up to it."""
    import pyarrow.compute as pc

    ends = [datetime.combine(question.end, datetime.min.time(), tzinfo=UTC)]
    if log.months:
        year, month = map(int, log.months[-1].month.split("-"))
        ends.append(datetime(year + month // 12, month % 12 + 1, 2, tzinfo=UTC))
    if log.tail.num_rows:
        ends.append(pc.max(log.tail["occurred_at"]).as_py())
    return max(ends)


def warm_up() -> None:
    """Load Ibis and DuckDB ahead of the first question, which would wait a second for them."""
    import ibis

    from juluo.analytics.connection import opened

    with opened([]) as connection:
        connection.run(_sql(ibis.range(1).unnest().name("n").as_table()))


def run(scope: "Scope", expression: Any) -> tuple[Any, str]:
    """Run one query of a scope; return its rows (an Arrow table) and the SQL with its inputs."""
    results, query = run_all(scope, {"asked": expression})
    return results["asked"], query


def run_all(scope: "Scope", expressions: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Run queries of a scope; return the rows of each by name, and the SQL with its inputs."""
    written = {name: _sql(each) for name, each in expressions.items()}
    return _run(scope, written), _evidence_query(scope, written)


def _sql(expression: Any) -> str:
    from juluo.analytics.relations import sql

    return sql(expression)


def _evidence_query(scope: "Scope", written: Mapping[str, str]) -> str:
    """Return what was run, the queries it rests on first."""
    views = [f"CREATE VIEW {name} AS\n{query}" for name, query in scope.inputs.derived.items()]
    return ";\n\n".join([*views, *written.values()])


def _run(scope: "Scope", written: Mapping[str, str]) -> dict[str, Any]:
    from juluo.analytics.connection import opened

    with opened(_folders(scope.log)) as connection:
        connection.offer(scope.inputs)
        return {name: connection.run(sql) for name, sql in written.items()}


def _folders(log: EventLog) -> list[Path]:
    if log.lake_folder is not None:
        return [log.lake_folder.resolve()]
    files = [path for m in log.months for path in (*m.files, *([m.rollup] if m.rollup else []))]
    return sorted({path.resolve().parent for path in files})


def _notes(definition: Metric, scope: "Scope", points: tuple[Point, ...]) -> tuple[str, ...]:
    notes = list(definition.note_keys)
    if is_cut(scope.start, scope.end, scope.question.grain):
        notes.append("edge_points_partial")
    if not all(scope.closed(point) for point in scope.points):
        notes.append("last_points_unfinished")
    if scope.question.filters.by_joined and all(point.value is None for point in points):
        notes.append("not_recorded")
    return tuple(notes)
