"""Count an answer again: from the whole log, and from nothing but the records behind a point."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from juluo.analytics.question import Answer, Grain, Point, Question
from tests.recounting import people, talk, upkeep
from tests.recounting.figures import Figure, Figures, Place, share, wilson
from tests.recounting.lines import Everything, Line, Look, line_of

COUNTS = {**people.COUNTS, **talk.COUNTS, **upkeep.COUNTS}
# Of these the records are those of the people counted: as many people, as many counted.
_PEOPLE = {
    f"members.{name}"
    for name in ("active", "contributing", "active_7d", "active_28d", "new", "new_contributing",
                 "retained", "resurrected", "lost")
}  # fmt: skip
# Of these, the people of the part and of both parts.
_PEOPLE_OF = {
    "participation.contributors_share": False,
    "newcomers.second_contribution_7d": False,
    "newcomers.retention_28d": False,
    "members.quick_ratio": True,
}


def recount(question: Question, known: Everything, *, as_of: datetime) -> Figures:
    """Count a question's every point from the whole log."""
    assert question.by is None, f"no recount of a split of {question.key}"
    return COUNTS[question.key](Look.of(question, known, as_of=as_of))


def from_records(
    question: Question,
    point: date,
    rows: Iterable[Mapping[str, Any]],
    *,
    as_of: datetime,
    out: set[int],
) -> Figures:
    """Count one point of a question from the records behind it, and nothing else."""
    zone = ZoneInfo(question.timezone)
    # One record may be behind several rows of a table.
    lines = list({row["key"]: line_of(row, zone) for row in rows}.values())
    place = (point, None, None)
    key = question.key
    if key in _PEOPLE:
        return {place: Figure(value=len({each.who for each in lines}))}
    if key in _PEOPLE_OF:
        return {place: _of_people(lines, is_against=_PEOPLE_OF[key])}
    look = Look(question, lines, as_of=as_of, out=out)
    (part,) = [each for each in look.parts if each.start == point]
    if key == "members.retention":
        # The cohort is whoever began in the point; what they did later lies beyond it.
        return COUNTS[key](look)
    alone = replace(question, start=part.start, end=part.end)
    if question.grain is not Grain.WINDOW:
        alone = replace(alone, grain=Grain.WINDOW)
    return COUNTS[key](Look(alone, lines, as_of=as_of, out=out))


def _of_people(lines: Sequence[Line], *, is_against: bool) -> Figure:
    part = {each.who for each in lines if each.role == "part"}
    whole = {each.who for each in lines if each.role == "whole"}
    return share(len(part), len(whole) if is_against else len(part | whole))


def place_of(point: Point) -> Place:
    """Return where a point stands: cohorts have a place for each age."""
    row = dict(point.row)
    age = row.get("age")
    return (point.start, point.group, float(age) if isinstance(age, int | float) else None)


def differences(
    answer: Answer, counted: Figures, *, only: date | None = None, columns: bool = True
) -> list[str]:
    """Return what an answer and a recount do not agree on; nothing where they are the same."""
    points = [each for each in answer.points if only is None or each.start == only]
    told = {place_of(each): each for each in points}
    ours = {place: each for place, each in counted.items() if only is None or place[0] == only}
    odd = [
        f"only {'told' if place in told else 'counted'}: {place}" for place in told.keys() ^ ours
    ]
    for place in told.keys() & ours.keys():
        odd += [f"{place}: {words}" for words in _unlike(told[place], ours[place], columns=columns)]
    return [f"{answer.question.key} {each}" for each in odd]


def _unlike(point: Point, figure: Figure, *, columns: bool) -> list[str]:
    pairs: list[tuple[str, Any, Any]] = [("value", point.value, figure.value)]
    if figure.whole is not None:
        pairs += [("part", point.part, figure.part), ("whole", point.whole, figure.whole)]
        if point.low is not None and figure.whole:
            low, high = wilson(figure.part or 0.0, figure.whole)
            pairs += [("low", point.low, low), ("high", point.high, high)]
    row = dict(point.row)
    if columns:
        # Where nothing was opened the engine leaves out how many are open.
        pairs += [
            (name, row.get(name, 0.0) if name == "open" else row.get(name), amount)
            for name, amount in figure.row.items()
        ]
    return [f"{name} {told}, counted {mine}" for name, told, mine in pairs if not _same(told, mine)]


def _same(told: Any, mine: Any) -> bool:
    """Say whether two figures are one: whole numbers and shares exactly, means to the last bits."""
    if told is None or mine is None:
        return told is None and mine is None
    if isinstance(mine, int | Fraction) and float(mine) == told:
        return True
    return not isinstance(mine, int) and math.isclose(
        told, float(mine), rel_tol=1e-9, abs_tol=1e-12
    )
