"""An answer made ready for eyes: labels, chart, table, in the reader's language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from juluo.analytics.catalog import metric
from juluo.analytics.definition import Kind
from juluo.analytics.question import Answer, Grain, Point, Question
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.queries.annotations import AnnotationShown, marked
from juluo.domains.insights.queries.sentences import window_words
from juluo.domains.members import queries as members
from juluo.lib import figures
from juluo.lib.charts import options

MOST_GROUPS = 8
_HOUR = re.compile("[0-6]-[0-9]{1,2}")
# Further columns that repeat the point's group, part or whole.
_SAID_ELSEWHERE = {
    "members.retention": {"active", "size"},
    "rhythm.hours": {"weekday", "hour"},
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One point: its labels, its value in words, and what leads to its records."""

    start: date
    label: str
    group: str | None
    group_label: str
    value: str
    of: str
    interval: str
    further: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An answer as a page shows it."""

    rows: tuple[Row, ...]
    further: tuple[str, ...]
    option: dict[str, Any] | None
    left_out: int
    has_groups: bool
    has_intervals: bool
    has_wholes: bool
    notes: tuple[AnnotationShown, ...] = ()


def shown(answer: Answer, *, language: str, against: Answer | None = None) -> Shown:
    """Return rows and chart of an answer, with an earlier one drawn beside it if given."""
    labels = group_labels(answer)
    places = _places_shown(answer)
    rows = tuple(_row(answer, point, labels, places, language) for point in answer.points)
    option, left_out = _chart(answer, against, labels, language)
    notes: tuple[AnnotationShown, ...] = ()
    if option is not None and _has_time_axis(answer):
        marks, notes = marked(
            sorted({point.start for point in answer.points}), answer.question.grain
        )
        option = options.with_marks(option, marks)
    return Shown(
        notes=notes,
        rows=rows,
        further=tuple(further_titles(answer)[n] for n in places),
        option=option,
        left_out=left_out,
        has_groups=any(row.group is not None for row in rows),
        has_intervals=any(row.interval for row in rows),
        has_wholes=any(row.of for row in rows),
    )


def _has_time_axis(answer: Answer) -> bool:
    return answer.question.grain is not Grain.WINDOW and answer.question.key not in {
        "rhythm.hours",
        "members.retention",
    }


def _places_shown(answer: Answer) -> tuple[int, ...]:
    """Return which further columns say something that the others do not."""
    first = next((point for point in answer.points if point.row), None)
    names = [name for name, _value in first.row] if first else []
    said = _SAID_ELSEWHERE.get(answer.question.key, set())
    return tuple(n for n, name in enumerate(names) if name not in said)


def group_labels(answer: Answer) -> dict[str, str]:
    """Return what the groups of an answer are called: spaces and members by their names."""
    groups = {point.group for point in answer.points if point.group is not None}
    return _labels(answer.question, groups)


def group_label(asked: Question, group: str) -> str:
    """Return what one group of a question's answer is called."""
    return _labels(asked, {group}).get(group, group)


def _labels(asked: Question, groups: set[str]) -> dict[str, str]:
    labels = {group: _known_word(group) for group in groups}
    ids = [int(group) for group in groups if group.isdecimal()]
    if asked.by == "space" or asked.key == "spaces.health":
        labels |= {str(each): name for each, name in discussions.space_names(ids).items()}
    elif asked.key == "influence.rank":
        known = members.names(ids)
        labels |= {str(each): known.get(each, _("a former member")) for each in ids}
    elif asked.key == "rhythm.hours":
        labels |= {group: _weekday_hour(group) for group in groups if _HOUR.fullmatch(group)}
    return labels


def _known_word(group: str) -> str:
    return {"unknown": _("unknown"), "other": _("other"), "native": _("this site")}.get(
        group, group
    )


def weekdays() -> list[str]:
    """Return the names of the days of the week, Monday first."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def _weekday_hour(group: str) -> str:
    weekday, _dash, hour = group.partition("-")
    return f"{weekdays()[int(weekday)]} {hour}:00"


def further_titles(answer: Answer) -> tuple[str, ...]:
    """Return the titles of the further columns of a table metric."""
    words = {
        "age": _("Age"),
        "active": _("Active"),
        "size": _("Began together"),
        "contributions": _("Contributions"),
        "answered_1d": _("Answered in a day"),
        "answered": _("Answered"),
        "openings": _("Openings"),
        "newcomers": _("Newcomers"),
        "before": _("Before"),
        "change": pgettext("difference", "Change"),
        "place": _("Rank"),
        "received": _("Responses received"),
        "open": _("Still open"),
        "unanswered": _("Unanswered"),
        "weekday": _("Weekday"),
        "hour": _("Hour"),
    }
    first = next((point for point in answer.points if point.row), None)
    return tuple(words.get(name, name) for name, _value in first.row) if first else ()


def _row(
    answer: Answer, point: Point, labels: dict[str, str], places: tuple[int, ...], language: str
) -> Row:
    whole = ""
    if point.whole is not None and point.part is not None:
        part, total = figures.number(point.part), figures.number(point.whole)
        whole = _("%(part)s of %(whole)s") % {"part": part, "whole": total}
    interval = ""
    if point.low is not None and point.high is not None:
        low = figures.figure(point.low, answer.unit, language=language)
        high = figures.figure(point.high, answer.unit, language=language)
        interval = f"{low} – {high}"
    return Row(
        start=point.start,
        label=long_label(point.start, answer.question.grain, language=language),
        group=point.group,
        group_label=labels.get(point.group, point.group) if point.group is not None else "",
        value=figures.figure(point.value, answer.unit, language=language),
        of=whole,
        interval=interval,
        further=tuple(_further(*point.row[n], language) for n in places) if point.row else (),
    )


def _further(name: str, value: float | str | None, language: str) -> str:
    unit = "share" if name in {"answered_1d", "change"} else "members"
    return figures.figure(value, unit, language=language)


def long_label(start: date, grain: Grain, *, language: str) -> str:
    """Return the full name of a point of time."""
    if grain is Grain.MONTH:
        return figures.month(start, language=language)
    return figures.day(start, language=language)


def _chart(
    answer: Answer, against: Answer | None, labels: dict[str, str], language: str
) -> tuple[dict[str, Any] | None, int]:
    """Return the chart that suits the answer, and how many groups it leaves out."""
    key = answer.question.key
    if key == "rhythm.hours":
        return _rhythm(answer), 0
    if key == "members.retention":
        return _retention(answer, language), 0
    if answer.question.grain is Grain.WINDOW:
        return _ranking(answer, labels)
    percent = answer.unit == "share"
    starts = sorted({point.start for point in answer.points})
    axis = [figures.point_label(each, answer.question.grain, language=language) for each in starts]
    if answer.question.by:
        return _split(answer, starts, axis, labels, percent=percent)
    title = metric(key).title.in_language(language)
    line = options.Series(name=title, values=_scaled(answer.points, percent=percent))
    if any(point.low is not None for point in answer.points):
        line = options.Series(
            name=title,
            values=line.values,
            low=[_scale(point.low, percent=percent) for point in answer.points],
            high=[_scale(point.high, percent=percent) for point in answer.points],
        )
    drawn = [line]
    if against is not None:
        values = _scaled(against.points, percent=percent)[: len(axis)]
        values += [None] * (len(axis) - len(values))
        drawn.append(
            options.Series(name=window_words(against, language=language), values=values, faint=True)
        )
    return options.lines(axis, drawn, percent=percent), 0


def _scale(value: float | None, *, percent: bool) -> float | None:
    if value is None:
        return None
    return round(value * 100, 2) if percent else round(value, 4)


def _scaled(points: Sequence[Point], *, percent: bool) -> list[float | None]:
    return [_scale(point.value, percent=percent) for point in points]


def _split(
    answer: Answer,
    starts: list[date],
    axis: list[str],
    labels: dict[str, str],
    *,
    percent: bool,
) -> tuple[dict[str, Any], int]:
    values = {(point.group, point.start): point.value for point in answer.points}
    weight: dict[str, float] = {}
    for point in answer.points:
        if point.group is not None:
            weight[point.group] = weight.get(point.group, 0.0) + (point.value or 0.0)
    largest = sorted(weight, key=lambda group: (-weight[group], group))
    drawn = [
        options.Series(
            name=labels.get(group, group),
            values=[_scale(values.get((group, start)), percent=percent) for start in starts],
        )
        for group in largest[:MOST_GROUPS]
    ]
    left_out = max(len(largest) - MOST_GROUPS, 0)
    if metric(answer.question.key).kind is Kind.COUNT:
        return options.bars(axis, drawn, stacked=True), left_out
    return options.lines(axis, drawn, percent=percent), left_out


def _ranking(answer: Answer, labels: dict[str, str]) -> tuple[dict[str, Any] | None, int]:
    """Draw the groups of one window side by side; a single value needs no chart."""
    grouped = [point for point in answer.points if point.group is not None]
    if len(grouped) < 2:
        return None, 0
    percent = answer.unit == "share"
    most = 15
    names = [labels.get(point.group or "", point.group or "") for point in grouped[:most]]
    series = options.Series(name="", values=_scaled(grouped[:most], percent=percent))
    return options.bars(names, [series], percent=percent), max(len(grouped) - most, 0)


def _rhythm(answer: Answer) -> dict[str, Any]:
    cells = []
    for point in answer.points:
        weekday, _dash, hour = (point.group or "0-0").partition("-")
        cells.append((int(hour), int(weekday), point.value))
    return options.heat([f"{hour:02}" for hour in range(24)], weekdays(), cells)


def _retention(answer: Answer, language: str) -> dict[str, Any]:
    """Draw the cohorts' triangle: rows begin together, columns are ages."""
    starts = sorted({point.start for point in answer.points})[-18:]
    ages = 13
    cells = [
        (int(age), starts.index(point.start), _scale(point.value, percent=True))
        for point in answer.points
        if isinstance(age := dict(point.row).get("age"), float)
        and age < ages
        and point.start in starts
    ]
    names = [long_label(each, answer.question.grain, language=language) for each in starts]
    return options.heat([str(age) for age in range(ages)], names, cells, percent=True)
