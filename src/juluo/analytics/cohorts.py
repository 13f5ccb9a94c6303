"""The cohorts' triangle: retention laid out by cohort and age, and the members of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from juluo.analytics.calendar import Period, date_of, day_number, grain_start, next_start
from juluo.analytics.log import EventLog
from juluo.analytics.people import People, page
from juluo.analytics.question import Answer, Grain, Point, Question
from juluo.analytics.statistics import wilson


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The share of a cohort, or of all that are old enough, active at one age."""

    age: int
    part: int
    whole: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share active."""
        return self.part / self.whole


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """People who began in the same week or month, from ``start`` on.

    ``cells`` are the ages that have wholly passed; the age after them is still running.
    """

    start: date
    size: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Triangle:
    """Cohorts, oldest first, and per age the mean weighted by the cohorts' sizes."""

    cohorts: tuple[Cohort, ...]
    means: tuple[Cell, ...]

    @property
    def ages(self) -> int:
        """How many ages the oldest cohort has passed."""
        return len(self.means)


def triangle(answer: Answer) -> Triangle:
    """Lay out an answer of ``members.retention``."""
    rows: dict[date, list[Point]] = {}
    for point in answer.points:
        rows.setdefault(point.start, []).append(point)
    cohorts = tuple(_cohort(start, points) for start, points in sorted(rows.items()))
    oldest = max((len(each.cells) for each in cohorts), default=0)
    means = (_mean([c.cells[age] for c in cohorts if age < len(c.cells)]) for age in range(oldest))
    return Triangle(cohorts=cohorts, means=tuple(means))


def _cohort(start: date, points: Sequence[Point]) -> Cohort:
    cells = tuple(
        _cell(age, int(each.part or 0), int(each.whole or 0)) for age, each in enumerate(points)
    )
    return Cohort(start=start, size=cells[0].whole, cells=cells)


def _mean(cells: Sequence[Cell]) -> Cell:
    return _cell(cells[0].age, sum(c.part for c in cells), sum(c.whole for c in cells))


def _cell(age: int, part: int, whole: int) -> Cell:
    low, high = wilson(part, whole) or (0.0, 1.0)
    return Cell(age=age, part=part, whole=whole, low=low, high=high)


def cell_days(question: Question, start: date, age: int) -> Period:
    """Return the days in which a cohort that began on ``start`` has this age."""
    begin = grain_start(day_number(start), question.grain)
    before = begin
    for _ in range(age):
        before, begin = begin, next_start(begin, question.grain)
    return Period(start=begin, end=next_start(begin, question.grain), before=before)


def members_of_cell(
    question: Question,
    *,
    log: EventLog,
    as_of: datetime,
    start: date,
    age: int,
    stayed: bool | None = None,
    offset: int = 0,
    limit: int = 50,
) -> People:
    """List a cohort's members: those active at an age, those who were not, or all.

    Rows carry ``first``, ``last`` (their newest active day) and ``days``, active at that age.
    """
    from juluo.analytics.catalog.retention import active_days, begun
    from juluo.analytics.scope import Scope

    scope = Scope(question, log, as_of)
    people = begun(scope)
    end = next_start(grain_start(day_number(start), question.grain), question.grain)
    people = people.filter(people["first"] >= day_number(start), people["first"] < end)
    here = cell_days(question, start, age)
    days = active_days(scope)
    inside = (days.day >= here.start) & (days.day < here.end)
    told = days.group_by("member_id").agg(
        last=days.day.max(), days=inside.cast("int64").sum().cast("int64")
    )
    people = people.join(told, "member_id").select("member_id", "first", "last", "days")
    if stayed is not None:
        people = people.filter(people.days > 0 if stayed else people.days == 0)
    return page(scope, people, by="last", offset=offset, limit=limit)


def starts_of(question: Question) -> list[date]:
    """Return the days on which a cohort of the question may begin."""
    found, first, end = [], day_number(question.start), day_number(question.end)
    while first < end:
        found.append(date_of(first))
        first = next_start(first, Grain(question.grain))
    return found
