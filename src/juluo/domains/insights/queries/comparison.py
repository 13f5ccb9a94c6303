"""Spaces, or sources, side by side: the same few figures of each, against the window before."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from juluo.analytics.catalog import metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Point, Question
from juluo.domains.insights.queries.asking import ask, question
from juluo.domains.insights.queries.headlines import window_before
from juluo.domains.insights.queries.showing import group_labels
from juluo.lib import figures

COMPARED_KEYS = (
    "members.active",
    "content.contributions",
    "members.new",
    "content.per_active",
    "response.answered_1d",
    "newcomers.second_contribution_7d",
)
BY = ("space", "source")
MOST_ROWS = 50
TREND_KEY, TREND_WEEKS = "content.contributions", 12
# The box that a trend is drawn in.
WIDTH, HEIGHT = 96, 24


@dataclass(frozen=True, kw_only=True)
class ComparedCell:
    """A figure of one group, its interval, and what it was in the window before."""

    key: str
    value: float | None
    words: str
    interval: str
    of: str
    before: float | None
    change: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class ComparedRow:
    """One space or source: its place by the chosen figure, its figures and its trend."""

    place: int
    group: str
    label: str
    cells: tuple[ComparedCell, ...]
    trend: tuple[float, ...]
    line: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The groups, the first by the chosen figure on top, and the answers they rest on."""

    by: str
    sort: str
    start: date
    end: date
    before: tuple[date, date]
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[ComparedRow, ...]
    left_out: int
    answers: tuple[Answer, ...]


def compared(
    *,
    by: str,
    start: date,
    end: date,
    sort: str,
    filters: Filters,
    log: EventLog,
    now: datetime,
    language: str,
) -> Comparison:
    """Return the figures of each space or source in a window, ranked by one of them."""
    before = window_before(start, end)
    asked = [
        question(
            key, start=start, end=end, grain=Grain.WINDOW, by=by, timezone=log.timezone,
            filters=filters,
        )
        for key in COMPARED_KEYS
    ]  # fmt: skip
    answers = [ask(each, log=log, now=now) for each in asked]
    earlier = [
        ask(replace(each, start=before[0], end=before[1]), log=log, now=now) for each in asked
    ]
    trend = _trend(asked[0], end, log, now)
    groups = sorted({point.group for answer in answers for point in answer.points if point.group})
    labels = {each: name for answer in answers for each, name in group_labels(answer).items()}
    now_by = [{point.group: point for point in answer.points} for answer in answers]
    then_by = [{point.group: point for point in answer.points} for answer in earlier]
    place = COMPARED_KEYS.index(sort)
    ranked = sorted(groups, key=lambda each: (-_value(now_by[place].get(each)), each))
    rows = tuple(
        ComparedRow(
            place=number,
            group=group,
            label=labels.get(group, group),
            cells=tuple(
                _cell(answer, here.get(group), then.get(group), language)
                for answer, here, then in zip(answers, now_by, then_by, strict=True)
            ),
            trend=trend.get(group, ()),
            line=_line(trend.get(group, ())),
        )
        for number, group in enumerate(ranked[:MOST_ROWS], start=1)
    )
    return Comparison(
        by=by,
        sort=sort,
        start=start,
        end=end,
        before=before,
        columns=tuple(
            (
                key,
                metric(key).title.in_language(language),
                metric(key).formula.in_language(language),
            )
            for key in COMPARED_KEYS
        ),
        rows=rows,
        left_out=max(len(groups) - MOST_ROWS, 0),
        answers=tuple(answers),
    )


def _value(point: Point | None) -> float:
    """Return what a group is ranked by: those with nothing to say come last."""
    return point.value if point is not None and point.value is not None else -1.0


def _cell(answer: Answer, here: Point | None, then: Point | None, language: str) -> ComparedCell:
    value = here.value if here else None
    before = then.value if then else None
    change = None if value is None or before is None else value - before
    interval, of = "", ""
    if here is not None and here.low is not None and here.high is not None:
        low = figures.figure(here.low, answer.unit, language=language)
        interval = f"{low} – {figures.figure(here.high, answer.unit, language=language)}"
    if here is not None and here.whole is not None and here.part is not None and interval:
        of = f"{figures.number(here.part)} / {figures.number(here.whole)}"
    return ComparedCell(
        key=answer.question.key,
        value=value,
        words=figures.figure(value, answer.unit, language=language),
        interval=interval,
        of=of,
        before=before,
        change=figures.change(change, answer.unit, language=language) if change else "",
        direction="" if not change else "up" if change > 0 else "down",
    )


def _trend(
    asked: Question, end: date, log: EventLog, now: datetime
) -> dict[str, tuple[float, ...]]:
    """Return each group's contributions in the last twelve whole weeks of the window."""
    monday = end - timedelta(days=end.weekday())
    weekly = replace(
        asked,
        key=TREND_KEY,
        start=monday - timedelta(weeks=TREND_WEEKS),
        end=monday,
        grain=Grain.WEEK,
    )
    found: dict[str, list[float]] = {}
    for point in ask(weekly, log=log, now=now).points:
        if point.group is not None:
            found.setdefault(point.group, []).append(point.value or 0.0)
    return {group: tuple(values) for group, values in found.items()}


def _line(values: tuple[float, ...]) -> str:
    """Return the corners of a trend's line, for an SVG."""
    if len(values) < 2:
        return ""
    most = max(values) or 1.0
    step = WIDTH / (len(values) - 1)
    return " ".join(
        f"{n * step:.1f},{HEIGHT - 2 - (HEIGHT - 4) * value / most:.1f}"
        for n, value in enumerate(values)
    )
