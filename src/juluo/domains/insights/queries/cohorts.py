"""Who stays: the cohorts' triangle made ready for eyes, and the members of a cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from juluo.analytics.cohorts import Cell, Triangle, starts_of, triangle
from juluo.analytics.log import EventLog
from juluo.analytics.people import People
from juluo.analytics.question import Answer, Filters, Grain, Question
from juluo.domains.insights.queries.asking import ask, question, stepped
from juluo.domains.insights.queries.showing import long_label
from juluo.lib import figures
from juluo.lib.charts import options

KEY = "members.retention"
MOST_COHORTS = 60
CURVES = 6


@dataclass(frozen=True, kw_only=True)
class CellShown:
    """One cell: a share with its depth of colour, or one that is still waiting."""

    age: int
    words: str
    depth: int
    told: str
    is_waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class CohortShown:
    """One row of the triangle."""

    start: date
    label: str
    size: str
    cells: tuple[CellShown, ...]
    left: int


@dataclass(frozen=True, kw_only=True)
class CohortsShown:
    """The triangle as a page shows it, with its evidence."""

    answer: Answer
    triangle: Triangle
    ages: tuple[int, ...]
    rows: tuple[CohortShown, ...]
    means: tuple[CellShown, ...]
    option: dict[str, Any] | None


def cohorts_question(
    *, start: date, end: date, grain: Grain, filters: Filters, timezone: str
) -> Question:
    """Return the question that a triangle lays out."""
    return question(KEY, start=start, end=end, grain=grain, filters=filters, timezone=timezone)


def too_many_cohorts(start: date, end: date, grain: Grain) -> bool:
    """Say whether a triangle would have more rows than a page can show."""
    asked = Question(key=KEY, start=start, end=end, grain=grain, timezone="UTC")
    return len(starts_of(asked)) > MOST_COHORTS


def cohorts(asked: Question, *, log: EventLog, now: datetime, language: str) -> CohortsShown:
    """Return the triangle of a question."""
    answer = ask(asked, log=log, now=now)
    found = triangle(answer)
    rows = tuple(
        CohortShown(
            start=each.start,
            label=long_label(each.start, asked.grain, language=language),
            size=figures.number(each.size),
            cells=(
                *(_cell(cell) for cell in each.cells),
                _waiting(len(each.cells)),
            ),
            left=found.ages - len(each.cells),
        )
        for each in found.cohorts
    )
    return CohortsShown(
        answer=answer,
        triangle=found,
        ages=tuple(range(max((len(row.cells) for row in rows), default=0))),
        rows=rows,
        means=tuple(_cell(each) for each in found.means),
        option=_curves(found, asked.grain, language),
    )


def members_of_cohort(
    asked: Question,
    *,
    log: EventLog,
    now: datetime,
    start: date,
    age: int,
    stayed: bool | None,
    offset: int,
    limit: int,
) -> People:
    """Return one page of a cohort's members: who was active at an age, who was not, or all."""
    from juluo.analytics.cohorts import members_of_cell

    return members_of_cell(
        asked,
        log=log,
        as_of=stepped(now),
        start=start,
        age=age,
        stayed=stayed,
        offset=offset,
        limit=limit,
    )


def _cell(cell: Cell) -> CellShown:
    low, high = figures.percent(cell.low), figures.percent(cell.high)
    told = _("%(part)s of %(whole)s; 95%% interval %(low)s – %(high)s") % {
        "part": figures.number(cell.part),
        "whole": figures.number(cell.whole),
        "low": low,
        "high": high,
    }
    return CellShown(
        age=cell.age, words=figures.percent(cell.share), depth=round(cell.share * 10), told=told
    )


def _waiting(age: int) -> CellShown:
    told = _("still waiting: these days are not over")
    return CellShown(age=age, words="…", depth=0, told=told, is_waiting=True)


def _curves(found: Triangle, grain: Grain, language: str) -> dict[str, Any] | None:
    """Draw the mean and the newest cohorts that are old enough to be a line."""
    if found.ages < 2:
        return None
    lines = [each for each in found.cohorts if len(each.cells) > 1][-CURVES:]
    mean = options.Series(name=_("Weighted mean"), values=_values(found.means, found.ages))
    drawn = [
        options.Series(
            name=long_label(each.start, grain, language=language),
            values=_values(each.cells, found.ages),
        )
        for each in lines
    ]
    return options.lines([str(n) for n in range(found.ages)], [mean, *drawn], percent=True)


def _values(cells: Sequence[Cell], ages: int) -> list[float | None]:
    shares: list[float | None] = [round(each.share * 100, 2) for each in cells]
    return shares + [None] * (ages - len(shares))
