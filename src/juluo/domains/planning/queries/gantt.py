"""A plan's schedule laid out on a line of time."""

from dataclasses import dataclass
from datetime import date

from juluo.domains.planning.queries.schedule import (
    MilestoneRow,
    PhaseRow,
    Schedule,
    TaskRow,
    dependencies,
    plan_schedule,
)
from juluo.domains.planning.rules import gantt as rules
from juluo.domains.planning.rules.schedule import Placed, Work, critical_path

# What a diamond needs around a milestone's day.
_HALF = 8


@dataclass(frozen=True, kw_only=True)
class GanttRow:
    """One line of the chart: ``kind`` is phase, milestone or task; ``bar`` is None out of sight."""

    kind: str
    id: int
    title: str
    owner_name: str
    start: date | None
    due: date | None
    state: str
    state_label: str
    is_critical: bool
    spare_days: int | None
    waits_words: str
    y: float
    bar: rules.Bar | None


@dataclass(frozen=True, kw_only=True)
class Gantt:
    """The chart: its lines, what connects them, and where today is."""

    window: rules.Window
    rows: tuple[GanttRow, ...]
    undated: tuple[TaskRow, ...]
    ticks: tuple[rules.Tick, ...]
    connectors: tuple[str, ...]
    today_x: float | None
    height: float


def gantt_chart(*, plan_id: int, shown: rules.Window, today: date) -> Gantt:
    """Return a plan's time chart. Five queries, however long it is."""
    found = plan_schedule(plan_id=plan_id, today=today)
    edges = dependencies(plan_id)
    placed = _critical(found, edges, today)
    lines: list[PhaseRow | MilestoneRow | TaskRow] = []
    for phase in found.phases:
        lines += [phase, *phase.milestones, *_dated(phase.tasks)]
    lines += [*found.milestones, *_dated(found.tasks)]
    rows = tuple(_row(line, n, shown, placed) for n, line in enumerate(lines))
    return Gantt(
        window=shown,
        rows=rows,
        undated=tuple(t for t in found.all_tasks if t.due is None and t.start is None),
        ticks=tuple(rules.ticks(shown)),
        connectors=tuple(_connectors(rows, edges)),
        today_x=shown.x(today) + shown.day_width / 2 if shown.start <= today < shown.end else None,
        height=rules.HEAD + len(rows) * rules.ROW,
    )


def _dated(tasks: tuple[TaskRow, ...]) -> list[TaskRow]:
    kept = [task for task in tasks if task.status != "dropped" and (task.due or task.start)]
    return sorted(kept, key=lambda task: (task.start or task.due or date.max, task.id))


def _critical(found: Schedule, edges: list[tuple[int, int]], today: date) -> dict[int, Placed]:
    """Return how much each open task can slip, where anything waits for anything.

    What is left of a task is done from today on, however late it is.
    """
    if not edges:
        return {}
    work = [
        Work(id=task.id, start=max(task.start or task.due, today), due=max(task.due, today))
        for task in found.all_tasks
        if task.is_open and task.due is not None
    ]
    return critical_path(work, edges)


def _row(
    line: PhaseRow | MilestoneRow | TaskRow,
    n: int,
    shown: rules.Window,
    placed: dict[int, Placed],
) -> GanttRow:
    y = rules.HEAD + n * rules.ROW
    if isinstance(line, PhaseRow):
        return _phase(line, n, y, shown)
    if isinstance(line, MilestoneRow):
        return _milestone(line, n, y, shown)
    first, last = line.start or line.due, line.due or line.start
    assert first is not None  # noqa: S101 - only dated tasks come here
    assert last is not None  # noqa: S101
    place = placed.get(line.id)
    return GanttRow(
        kind="task",
        id=line.id,
        title=line.title,
        owner_name=line.owner_name,
        start=line.start,
        due=line.due,
        state="late" if line.is_late else line.status,
        state_label=line.status_label,
        is_critical=place.is_critical if place else False,
        spare_days=place.spare_days if place else None,
        waits_words=line.waits_words,
        y=y,
        bar=rules.bar(first, last, row=n, shown=shown),
    )


def _phase(line: PhaseRow, n: int, y: float, shown: rules.Window) -> GanttRow:
    return GanttRow(
        kind="phase",
        id=line.id,
        title=line.kind_label,
        owner_name="",
        start=line.first,
        due=line.last,
        state=line.status,
        state_label=line.status_label,
        is_critical=False,
        spare_days=None,
        waits_words="",
        y=y,
        bar=rules.bar(line.first, line.last, row=n, shown=shown),
    )


def _milestone(line: MilestoneRow, n: int, y: float, shown: rules.Window) -> GanttRow:
    state = "done" if line.is_reached else "late" if line.is_late else "todo"
    return GanttRow(
        kind="milestone",
        id=line.id,
        title=line.title,
        owner_name=line.owner_name,
        start=None,
        due=line.due,
        state=state,
        state_label="",
        is_critical=False,
        spare_days=None,
        waits_words="",
        y=y,
        bar=rules.bar(line.due, line.due, row=n, shown=shown),
    )


def _connectors(rows: tuple[GanttRow, ...], edges: list[tuple[int, int]]) -> list[str]:
    bars = {row.id: row.bar for row in rows if row.kind == "task" and row.bar is not None}
    return [
        rules.connector(bars[needed], bars[task])
        for task, needed in edges
        if task in bars and needed in bars
    ]
