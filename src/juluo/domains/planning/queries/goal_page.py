"""One goal in full: its chart, what was read, what history said, and every revision."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS
from juluo.analytics.feasibility import Feasibility
from juluo.analytics.pace import Way
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Goal, StrategyEffect, Target, TargetReading
from juluo.domains.planning.queries.goal_words import (
    STATUS_LOOKS,
    VERDICT_LOOKS,
    explorer_address,
    feasibility_words,
    figure,
    length_words,
)
from juluo.domains.planning.queries.goals import GoalRow, TargetRow, aim_of, goal_row, way_of
from juluo.domains.planning.queries.measuring import Measuring
from juluo.domains.planning.rules import goals as rules
from juluo.lib import figures
from juluo.lib.charts import options
from juluo.ui.looks import Look

_READINGS_SHOWN = 14
# How many periods before the goal a chart of a level shows; how many points one of a total.
_BEFORE = {Grain.DAY: 42, Grain.WEEK: 26, Grain.MONTH: 18}
_MOST_POINTS = 60


# A band: low, middle and high.
Edges = tuple[float | None, float | None, float | None] | None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart and the same figures as a table, with the notes on its time axis."""

    option: dict[str, Any]
    columns: tuple[dict[str, Any], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[insights.AnnotationShown, ...]


@dataclass(frozen=True, kw_only=True)
class RevisionRow:
    """What a target was set to, when, by whom and why."""

    set_at: datetime
    set_by: str
    baseline: str
    value: str
    start: date
    last: date
    reason: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """Where a target stood on a day."""

    day: date
    value: str
    pace: str
    band: str
    look: Look


@dataclass(frozen=True, kw_only=True)
class EffectRow:
    """What a strategy is to do to a target."""

    strategy_id: int
    strategy: str
    expected: str
    by: date


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What history says of a target."""

    look: Look
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TargetDetail:
    """A target with all there is to know of it."""

    row: TargetRow
    chart: Chart | None
    judgement: Judgement | None
    revisions: tuple[RevisionRow, ...]
    readings: tuple[ReadingRow, ...]
    effects: tuple[EffectRow, ...]
    evidence_url: str
    filters: str


@dataclass(frozen=True, kw_only=True)
class GoalPage:
    """A goal with all its targets."""

    row: GoalRow
    plan_title: str
    plan_is_open: bool
    objective: str
    targets: tuple[TargetDetail, ...]


def goal_page(goal_id: int, *, now: datetime) -> GoalPage | None:
    """Return a goal in full, or None where there is no such goal."""
    row = goal_row(goal_id)
    goal = Goal.objects.select_related("plan", "objective").filter(pk=goal_id).first()
    if row is None or goal is None:
        return None
    rows = {each.id: each for each in row.targets}
    log = insights.current_log()
    details = []
    for target in goal.targets.order_by("pk"):
        aim = aim_of(target)
        measuring = None
        if target.metric in METRICS:
            measuring = Measuring(aim, start=goal.start, end=goal.end, log=log, now=now)
        details.append(_detail(target, goal, rows[target.pk], measuring))
    return GoalPage(
        row=row,
        plan_title=goal.plan.title,
        plan_is_open=goal.plan.is_open,
        objective=goal.objective.title if goal.objective else "",
        targets=tuple(details),
    )


def judgement(
    kept: dict[str, Any], *, aim: rules.Aim, value: float, start: date, end: date
) -> Judgement | None:
    """Return what history said of a target, in words."""
    if not kept:
        return None
    sentences = feasibility_words(
        kept,
        aim=aim,
        value=value,
        length=length_words(aim, start=start, end=end),
        language=get_language() or "en",
    )
    return Judgement(look=VERDICT_LOOKS[kept["verdict"]], sentences=tuple(sentences))


def edges_of(found: Feasibility) -> Edges:
    """Return the band of what season and trend alone would give."""
    return None if found.low is None else (found.low, found.middle, found.high)


def _detail(
    target: Target, goal: Goal, row: TargetRow, measuring: Measuring | None
) -> TargetDetail:
    aim, language = aim_of(target), get_language() or "en"
    unit = METRICS[target.metric].unit if target.metric in METRICS else ""
    readings = list(target.readings.order_by("-day")[:_MOST_POINTS])
    chart = None
    if measuring is not None:
        way = way_of(target, start=goal.start, end=goal.end)
        chart = target_chart(measuring, way, readings=readings)
    return TargetDetail(
        row=row,
        chart=chart,
        judgement=judgement(
            target.feasibility, aim=aim, value=target.value, start=goal.start, end=goal.end
        )
        if measuring
        else None,
        revisions=_revisions(target, unit, language),
        readings=tuple(_reading(each, unit, language) for each in readings[:_READINGS_SHOWN]),
        effects=_effects(target, unit, language),
        evidence_url=explorer_address(aim, start=goal.start, end=goal.end),
        filters=insights.filter_words(aim.filters),
    )


def _revisions(target: Target, unit: str, language: str) -> tuple[RevisionRow, ...]:
    return tuple(
        RevisionRow(
            set_at=each.set_at,
            set_by=each.set_by.display_name,
            baseline=figure(each.baseline, unit, language=language),
            value=figure(each.value, unit, language=language),
            start=each.start,
            last=each.end - timedelta(days=1),
            reason=each.reason,
            evidence=tuple(each.evidence),
        )
        for each in target.revisions.select_related("set_by").order_by("-pk")
    )


def _reading(reading: TargetReading, unit: str, language: str) -> ReadingRow:
    band = ""
    if reading.low is not None and reading.high is not None:
        low, high = (figure(each, unit, language=language) for each in (reading.low, reading.high))
        band = f"{low} – {high}"
    return ReadingRow(
        day=reading.day,
        value=figure(reading.value, unit, language=language),
        pace=figure(reading.pace, unit, language=language),
        band=band,
        look=STATUS_LOOKS[reading.status],
    )


def _effects(target: Target, unit: str, language: str) -> tuple[EffectRow, ...]:
    effects = StrategyEffect.objects.filter(target=target).select_related("strategy")
    return tuple(
        EffectRow(
            strategy_id=each.strategy_id,
            strategy=each.strategy.title,
            expected=figures.change(each.expected_change, unit, language=language),
            by=each.by,
        )
        for each in effects.order_by("strategy__position", "strategy_id")
    )


def target_chart(
    measuring: Measuring,
    way: Way,
    *,
    readings: list[TargetReading] | None = None,
    edges: Edges = None,
) -> Chart | None:
    """Return the metric's past, the pace to the target and the band of what is to come.

    The band's ``edges`` are those given, or the newest reading's (newest first).
    """
    newest = readings[0] if readings else None
    if edges is None and newest is not None:
        edges = (newest.low, newest.middle, newest.high)
    if measuring.aim.is_total:
        return _chart_of_total(measuring, way, readings or [], edges)
    return _chart_of_level(measuring, way, edges)


def _chart_of_level(measuring: Measuring, way: Way, edges: Edges) -> Chart | None:
    grain = measuring.aim.grain
    final = rules.period_start(way.end, grain)
    past = measuring.past(min(measuring.today, way.end))
    before = rules.period_before(rules.period_start(way.start, grain), grain, _BEFORE[grain])
    known = {each.start: each.value for each in past if each.start >= before}
    if not known:
        return None
    starts = sorted(known)
    while rules.period_after(starts[-1], grain) < final:
        starts.append(rules.period_after(starts[-1], grain))
    last = max(each for each, value in known.items() if value is not None or each == starts[0])
    ends = [rules.period_after(each, grain) for each in starts]
    pace = [way.pace(end) if end > way.start else None for end in ends]
    values = [known.get(each) for each in starts]
    fan = _fan(starts.index(last), len(starts), known[last], edges)
    return _drawn(measuring, starts, values, pace, fan, grain)


def _chart_of_total(
    measuring: Measuring, way: Way, readings: list[TargetReading], edges: Edges
) -> Chart | None:
    length = (way.end - way.start).days
    step = max(ceil(length / _MOST_POINTS), 1)
    days = [way.start + timedelta(days=n) for n in range(0, length, step)]
    if days[-1] != way.end - timedelta(days=1):
        days.append(way.end - timedelta(days=1))
    known = _come_so_far(measuring, way, readings)
    values = [known.get(each) for each in days]
    pace: list[float | None] = [way.pace(each + timedelta(days=1)) for each in days]
    measured = [n for n, value in enumerate(values) if value is not None]
    last = measured[-1] if measured else 0
    fan = _fan(last, len(days), values[last] or 0.0, edges)
    return _drawn(measuring, days, values, pace, fan, Grain.DAY)


def _come_so_far(
    measuring: Measuring, way: Way, readings: list[TargetReading]
) -> dict[date, float | None]:
    """Return the total at the end of each day: summed where days add up, else as it was read."""
    if not measuring.aim.definition.additive:
        return {each.day: each.value for each in readings}
    come, total = {}, 0.0
    until = min(measuring.today + timedelta(days=1), way.end)
    by_day = {each.start: each.value or 0.0 for each in measuring.days(way.start, until)}
    for n in range(max((until - way.start).days, 0)):
        day = way.start + timedelta(days=n)
        total += by_day.get(day, 0.0)
        come[day] = total
    return dict(come)


Fan = tuple[list[float | None], list[float | None], list[float | None]]


def _fan(last: int, count: int, value: float | None, edges: Edges) -> Fan | None:
    """Open the band of the end from the last known value on, in a straight line."""
    steps = count - 1 - last
    if edges is None or None in edges or value is None or steps < 1:
        return None
    opened: list[list[float | None]] = []
    for edge in edges:
        line: list[float | None] = [None] * last
        line += [value + ((edge or 0.0) - value) * n / steps for n in range(steps + 1)]
        opened.append(line)
    return opened[0], opened[1], opened[2]


def _drawn(
    measuring: Measuring,
    starts: list[date],
    values: list[float | None],
    pace: list[float | None],
    fan: Fan | None,
    grain: Grain,
) -> Chart:
    language = get_language() or "en"
    definition = measuring.aim.definition
    percent = definition.unit == "share"
    labels = [figures.point_label(each, grain, language=language) for each in starts]
    title = definition.title.in_language(language)
    drawn = [options.Series(name=title, values=_scaled(values, percent=percent))]
    if fan is not None:
        low, middle, high = (_scaled(each, percent=percent) for each in fan)
        drawn.append(options.Series(name=_("Forecast"), values=middle, low=low, high=high))
    drawn.append(options.Series(name=_("Pace"), values=_scaled(pace, percent=percent), faint=True))
    marks, notes = insights.marked(starts, grain)
    return Chart(
        option=options.with_marks(options.lines(labels, drawn, percent=percent), marks),
        notes=notes,
        columns=_columns(title, has_fan=fan is not None),
        rows=_table(starts, values, pace, fan, grain, definition.unit, language),
    )


def _scaled(values: list[float | None], *, percent: bool) -> list[float | None]:
    times, digits = (100, 2) if percent else (1, 2)
    return [None if value is None else round(value * times, digits) for value in values]


def _columns(title: str, *, has_fan: bool) -> tuple[dict[str, Any], ...]:
    names = [title, _("Pace"), *([_("Forecast")] if has_fan else [])]
    return ({"label": _("Beginning")}, *({"label": each, "numeric": True} for each in names))


def _table(
    starts: list[date],
    values: list[float | None],
    pace: list[float | None],
    fan: Fan | None,
    grain: Grain,
    unit: str,
    language: str,
) -> tuple[tuple[str, ...], ...]:
    rows = []
    for n, start in enumerate(starts):
        cells = [insights.long_label(start, grain, language=language)]
        cells += [figure(each, unit, language=language) for each in (values[n], pace[n])]
        if fan is not None:
            low, high = fan[0][n], fan[2][n]
            words = [figure(each, unit, language=language) for each in (low, high)]
            cells.append(" – ".join(words) if low is not None else "")
        rows.append(tuple(cells))
    return tuple(rows)
