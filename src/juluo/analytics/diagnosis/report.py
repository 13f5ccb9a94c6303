"""Why did a number move: the steps put together for one metric and one window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

import numpy as np

from juluo.analytics.calendar import Period, date_of, day_number
from juluo.analytics.catalog import metric
from juluo.analytics.cells import (
    CannotBeCut,
    Cells,
    Moves,
    cells,
    dimensions_of,
    members_and_amounts,
    moves,
)
from juluo.analytics.definition import Kind
from juluo.analytics.diagnosis import decomposition
from juluo.analytics.diagnosis.candidates import Candidate, Happening, candidates
from juluo.analytics.diagnosis.change import ChangePoint, change_point
from juluo.analytics.diagnosis.cube import Cube, Where
from juluo.analytics.diagnosis.decomposition import Hands, Part
from juluo.analytics.diagnosis.expectation import Expected, Outcome
from juluo.analytics.diagnosis.naming import causes_of, expected_of_all, is_seasonal
from juluo.analytics.diagnosis.slices import Found
from juluo.analytics.log import EventLog
from juluo.analytics.question import Grain, Question

# How far back windows are compared, and how many make the "before" of a decomposition.
MOST_WINDOWS, BEFORE_WINDOWS = 110, 4
# Days before the window in which a change may have begun.
LEAD_DAYS = 56
# First months come and go; a member's age at the window says the same and stays comparable.
LEFT_OUT = ("cohort",)
WEAK_STRENGTH, FEW_WINDOWS = 1.5, 20


class Driver(StrEnum):
    """What about a slice moved."""

    AMOUNT = "amount"
    MEMBERS = "members"
    EACH = "each"
    RATE = "rate"
    MIX = "mix"
    NEW = "new"
    RETAINED = "retained"
    RESURRECTED = "resurrected"
    LOST = "lost"


class Weakness(StrEnum):
    """Why evidence is weak."""

    BARELY_CLEAR = "barely_clear"
    NO_CHANGE_POINT = "no_change_point"
    SHORT_HISTORY = "short_history"
    TOTAL_IS_USUAL = "total_is_usual"


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One slice that moved by its own factor; an empty ``where`` is everywhere.

    ``expected`` is what the slice would have been had it moved like the rest, outside all named
    causes; of a share, and of everywhere, what its own past makes likely. ``factor`` is how many
    times that it was. ``strength`` is its score against the mark of quiet times. ``whole`` is that
    of a share's or ratio's slice. ``hands`` tells whether more members or more by each made the
    slice's change against the windows before, where members do what is counted.
    """

    where: Where
    actual: float
    expected: float
    factor: float
    strength: float
    driver: Driver
    whole: float | None = None
    hands: Hands | None = None
    change: ChangePoint | None = None
    candidates: tuple[Candidate, ...] = ()
    weaknesses: tuple[Weakness, ...] = ()

    @property
    def is_weak(self) -> bool:
        """Tell whether words about this cause must be careful."""
        return bool(self.weaknesses)


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Everything found about a window; a higher layer turns it into words.

    ``parts`` split the change from ``before`` to ``after`` along each dimension, exactly.
    ``before`` is the mean of ``before_windows`` comparable windows. ``moves`` is set for active
    members. ``seasonal`` are slices that moved as they did a year ago.
    """

    question: Question
    expected: Expected
    before: Fraction | None
    after: Fraction | None
    before_windows: int
    parts: Mapping[str, tuple[Part, ...]]
    causes: tuple[Cause, ...] = ()
    seasonal: tuple[Cause, ...] = ()
    moves: tuple[Moves, ...] = ()
    query: str = ""

    @property
    def is_explained(self) -> bool:
        """Tell whether at least one cause was found."""
        return bool(self.causes)


def diagnose(
    question: Question,
    *,
    log: EventLog,
    as_of: datetime,
    happenings: Sequence[Happening] = (),
    by: tuple[str, ...] | None = None,
) -> Diagnosis:
    """Explain the value of a metric in the question's window, cut as a whole.

    :param by: the dimensions to look along; all the metric has but the first month if absent.
    :raises CannotBeCut: if the metric has no cells.
    """
    by = by or tuple(d for d in dimensions_of(question.key) if d not in LEFT_OUT)
    if not by:
        raise CannotBeCut(question.key, ())
    points = _windows(question, log, as_of)
    found = cells(question, by=by, log=log, as_of=as_of, points=points)
    cube = cube_of(found, gap=ceil((question.end - question.start).days / 7))
    expected = expected_of_all(cube)
    parts, ends, windows = _parts(cube)
    plain = Diagnosis(question=question, expected=expected, before=ends[0], after=ends[1],
                      before_windows=windows, parts=parts, query=found.query)  # fmt: skip
    if question.key == "members.active":
        asked = replace(question, grain=Grain.WINDOW)
        plain = replace(plain, moves=moves(asked, by=by, log=log, as_of=as_of))
    if expected.outcome is Outcome.TOO_SHORT:
        return plain
    told = [_cause(each) for each in causes_of(cube, expected)]
    told = [_handed(each, question, log, as_of, points) for each in told]
    told = [_dated(each, question, log, as_of, happenings) for each in told]
    told = [replace(each, weaknesses=_weaknesses(each, expected)) for each in told]
    season = [each for each in told if each.where and is_seasonal(cube, _as_found(each))]
    causes = tuple(each for each in told if each not in season)
    return replace(plain, causes=causes, seasonal=tuple(season))


def _windows(question: Question, log: EventLog, as_of: datetime) -> tuple[Period, ...]:
    """Return the window and those before it, a week apart, as far as the log reaches."""
    from juluo.analytics.scope import Scope

    first = Scope(question, log, as_of).first
    start, end = day_number(question.start), day_number(question.end)
    many = min(max((start - first) // 7, 0), MOST_WINDOWS)
    return tuple(
        Period(start=start - 7 * n, end=end - 7 * n, before=2 * start - end - 7 * n)
        for n in range(many, -1, -1)
    )


def cube_of(found: Cells, *, gap: int) -> Cube:
    """Return the cells as a cube over their points."""
    values = sorted({row.values for row in found.rows})
    columns = list(zip(*values, strict=True)) or [()] * len(found.dimensions)
    labels = tuple(tuple(sorted(set(column))) for column in columns)
    known = [{label: n for n, label in enumerate(each)} for each in labels]
    codes = np.array(
        [[of[each] for of, each in zip(known, row, strict=True)] for row in values],
        dtype=np.int64,
    ).reshape(len(values), len(labels))
    place = {each: n for n, each in enumerate(values)}
    window = {start: n for n, start in enumerate(found.starts)}
    part = np.zeros((len(values), len(found.starts)))
    whole = np.zeros_like(part)
    for row in found.rows:
        part[place[row.values], window[row.start]] = row.part
        whole[place[row.values], window[row.start]] = row.whole or 0.0
    return Cube(dimensions=found.dimensions, labels=labels, codes=codes, part=part,
                whole=whole if found.is_share else None, gap=gap,
                bounded=metric(found.key).kind is not Kind.RATIO,
                is_people=metric(found.key).kind is Kind.DISTINCT)  # fmt: skip


def _parts(
    cube: Cube,
) -> tuple[dict[str, tuple[Part, ...]], tuple[Fraction | None, Fraction | None], int]:
    """Split the change from the windows before along each dimension."""
    last = cube.windows - 1
    before = _before(cube.windows, cube.gap)
    if not before:
        return {}, (None, None), 0
    parts = {}
    for place, dimension in enumerate(cube.dimensions):
        groups: list[dict[str, tuple[Fraction, Fraction]]] = [{}, {}]
        for code, label in enumerate(cube.labels[place]):
            held = cube.codes[:, place] == code
            for side, windows in enumerate((before, [last])):
                sums = [
                    Fraction(float(values[held][:, windows].sum())) / len(windows)
                    for values in (cube.part, cube.part if cube.whole is None else cube.whole)
                ]
                groups[side][label] = (sums[0], sums[1])
        parts[dimension] = _split(groups, is_share=cube.whole is not None)
    return parts, (_ratio(cube, before), _ratio(cube, [last])), len(before)


def _before(windows: int, gap: int) -> list[int]:
    """Return the windows that the last is compared with: none of them overlap."""
    return list(range(windows - 1 - gap, -1, -gap))[:BEFORE_WINDOWS]


def _split(
    groups: list[dict[str, tuple[Fraction, Fraction]]], *, is_share: bool
) -> tuple[Part, ...]:
    if is_share:
        return decomposition.of_ratio(groups[0], groups[1])
    counts = [{label: pair[0] for label, pair in each.items()} for each in groups]
    return decomposition.of_count(counts[0], counts[1])


def _ratio(cube: Cube, windows: list[int]) -> Fraction | None:
    part = Fraction(float(cube.total[windows].sum()))
    if cube.total_whole is None:
        return part / len(windows)
    whole = Fraction(float(cube.total_whole[windows].sum()))
    return part / whole if whole else None


def _cause(found: Found) -> Cause:
    # With a whole, a slice is held against its own usual rate: what is found is the rate.
    driver = Driver.AMOUNT if found.whole is None else Driver.RATE
    return Cause(where=found.where, actual=found.actual, expected=found.expected,
                 factor=found.factor, strength=found.strength, driver=driver,
                 whole=found.whole)  # fmt: skip


def _handed(
    cause: Cause, question: Question, log: EventLog, as_of: datetime, points: tuple[Period, ...]
) -> Cause:
    """Add whether it was the number of members, or how much each of them did."""
    gap = ceil((question.end - question.start).days / 7)
    before = _before(len(points), gap)
    asked = (*(points[n] for n in sorted(before)), points[-1])
    found = members_and_amounts(question, where=cause.where, log=log, as_of=as_of, points=asked)
    if found is None or not before:
        return cause
    was = [Fraction(sum(column), len(before)) for column in zip(*found[:-1], strict=True)]
    hands = decomposition.of_hands((was[0], was[1]), found[-1])
    if hands is None:
        return cause
    driver = Driver.MEMBERS if abs(hands.by_members) >= abs(hands.by_each) else Driver.EACH
    return replace(cause, hands=hands, driver=driver)


def _as_found(cause: Cause) -> Found:
    return Found(where=cause.where, actual=cause.actual, expected=cause.expected,
                 factor=cause.factor, strength=cause.strength, score=0.0, part_of=0.0)  # fmt: skip


def _dated(
    cause: Cause,
    question: Question,
    log: EventLog,
    as_of: datetime,
    happenings: Sequence[Happening],
) -> Cause:
    """Add when the cause began, and what may have done it."""
    change = _change(cause.where, question, log, as_of)
    # A change of another direction is not this cause's.
    if change is not None and (change.factor > 1) is not (cause.factor > 1):
        change = None
    kept = candidates(
        happenings,
        key=question.key,
        where=cause.where,
        sign=1 if cause.factor > 1 else -1,
        window=(question.start, question.end - timedelta(days=1)),
        change=change,
    )
    return replace(cause, change=change, candidates=kept)


def _change(where: Where, question: Question, log: EventLog, as_of: datetime) -> ChangePoint | None:
    """Return when a slice's daily series changed, from eight weeks before the window on."""
    start = question.start - timedelta(days=LEAD_DAYS)
    asked = replace(question, start=start, grain=Grain.DAY)
    by = tuple(dimension for dimension, _ in where) or dimensions_of(question.key)[:1]
    found = cells(asked, by=by, log=log, as_of=as_of)
    values = tuple(value for _, value in where)
    length = (question.end - start).days
    part, whole = np.zeros(length), np.zeros(length)
    for row in found.rows:
        if not where or row.values == values:
            part[(row.start - start).days] += row.part
            whole[(row.start - start).days] += row.whole or 0.0
    return _first_change(part, whole if found.is_share else None, start)


def _first_change(part: np.ndarray, whole: np.ndarray | None, start: date) -> ChangePoint | None:
    if whole is None:
        return change_point(part, first=start)
    # Days without anything to count say nothing: they are left out, and put back as dates.
    days = np.flatnonzero(whole > 0)
    found = change_point(part[days], first=start, expected=whole[days])
    if found is None:
        return None
    first = day_number(start)
    on, low, high = (
        date_of(first + int(days[(each - start).days]))
        for each in (found.on, found.low, found.high)
    )
    return replace(found, on=on, low=low, high=high)


def _weaknesses(cause: Cause, expected: Expected) -> tuple[Weakness, ...]:
    told = {
        Weakness.BARELY_CLEAR: cause.strength < WEAK_STRENGTH,
        Weakness.NO_CHANGE_POINT: cause.change is None,
        Weakness.SHORT_HISTORY: expected.windows < FEW_WINDOWS,
        Weakness.TOTAL_IS_USUAL: not expected.is_unusual,
    }
    return tuple(weakness for weakness, holds in told.items() if holds)
