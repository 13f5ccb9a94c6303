"""Movement between activity bands: where members stood on one day, and on a later one.

A member's band on a day is their contributions in the 28 days before it. Members who were not known
yet, or had left, stand apart; so the bands of a day add up to its ``members.total``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import day_number
from juluo.analytics.log import EventLog
from juluo.analytics.people import People, page
from juluo.analytics.question import Filters, Grain, Question

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

BAND_DAYS = 28
# From nothing to much; the least contributions of each.
BANDS = ("0", "1", "2-4", "5-19", "20+")
LEAST = (0, 1, 2, 5, 20)
ABSENT, LEFT = "absent", "left"
FROM = (ABSENT, *BANDS, LEFT)
TO = (*BANDS, LEFT)
DAYS_SHOWN = 13
EVERYBODY = Filters()


@dataclass(frozen=True, kw_only=True)
class Movement:
    """From the beginning of the day ``before`` to the beginning of the day ``after``."""

    before: date
    after: date
    timezone: str
    filters: Filters = EVERYBODY


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many members stood in each band when a day began, in the order of ``BANDS``."""

    day: date
    members: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class MovementAnswer:
    """Members by where they stood before and after, and on days four weeks apart.

    Those who had left before and have not come back are not in it.
    """

    movement: Movement
    cells: dict[tuple[str, str], int]
    standings: tuple[Standing, ...]
    query: str
    data_version: str

    def row(self, band: str) -> int:
        """Return how many stood here before."""
        return sum(self.cells.get((band, to), 0) for to in TO)

    def column(self, band: str) -> int:
        """Return how many stand here after."""
        return sum(self.cells.get((since, band), 0) for since in FROM)

    @property
    def flows(self) -> dict[str, int]:
        """Members who ``rose``, ``fell``, ``stayed``, ``came``, ``returned`` or ``left``."""
        found = dict.fromkeys(("rose", "fell", "stayed", "came", "returned", "left"), 0)
        for (since, to), members in self.cells.items():
            found[_flow(since, to)] += members
        return found


def _flow(since: str, to: str) -> str:
    if to == LEFT:
        return "left"
    if since in {ABSENT, LEFT}:
        return "came" if since == ABSENT else "returned"
    change = BANDS.index(to) - BANDS.index(since)
    return "rose" if change > 0 else "fell" if change < 0 else "stayed"


def answer_movement(movement: Movement, *, log: EventLog, as_of: datetime) -> MovementAnswer:
    """Count members by band before and after, and on thirteen days four weeks apart."""
    from juluo.analytics.engine import run_all

    scope = _scope(movement, log, as_of)
    days = shown_days(movement)
    members = _members(scope, days)
    moved = _moved(members, 0, len(days) - 1)
    asked = {
        "cells": moved.group_by("since", "to").agg(members=moved.count()),
        "standings": members.agg(
            **{
                f"n_{n}_{band}": (members[f"band_{n}"] == name).cast("int64").sum()
                for n in range(1, len(days))
                for band, name in enumerate(BANDS)
            }
        ),
    }
    results, query = run_all(scope, asked)
    (counts,) = results["standings"].to_pylist()
    return MovementAnswer(
        movement=movement,
        cells={(r["since"], r["to"]): r["members"] for r in results["cells"].to_pylist()},
        standings=tuple(
            Standing(
                day=days[n],
                members=tuple(int(counts[f"n_{n}_{band}"] or 0) for band in range(len(BANDS))),
            )
            for n in range(1, len(days))
        ),
        query=query,
        data_version=log.data_version,
    )


def members_who_moved(
    movement: Movement,
    *,
    log: EventLog,
    as_of: datetime,
    since: str | None = None,
    to: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> People:
    """List the members of a cell, a row (``since``) or a column (``to``).

    Rows carry ``made_before`` and ``made_after``, the contributions of the 28 days before each day.
    """
    scope = _scope(movement, log, as_of)
    moved = _moved(_members(scope, [movement.before, movement.after]), 0, 1)
    if since is not None:
        moved = moved.filter(moved.since == since)
    if to is not None:
        moved = moved.filter(moved.to == to)
    told = moved.select("member_id", "made_before", "made_after", "since", "to")
    return page(scope, told, by="made_after", offset=offset, limit=limit)


def shown_days(movement: Movement) -> list[date]:
    """Return the day before, then thirteen days four weeks apart, the last being the day after."""
    step = timedelta(days=BAND_DAYS)
    series = [movement.after - step * n for n in reversed(range(DAYS_SHOWN))]
    return [movement.before, *series]


def _scope(movement: Movement, log: EventLog, as_of: datetime) -> "Scope":
    from juluo.analytics.scope import Scope

    carried = Question(
        key="movement",
        start=movement.before,
        end=max(movement.after, movement.before + timedelta(days=1)),
        grain=Grain.WINDOW,
        timezone=movement.timezone,
        filters=movement.filters,
    )
    return Scope(carried, log, as_of)


def _members(scope: "Scope", days: Sequence[date]) -> "Table":
    """Return everyone ever known, with ``band_n`` and ``made_n`` for each day."""
    import ibis

    from juluo.analytics.catalog.members import known_days

    known = known_days(scope)
    known = known.filter(known.member_id.notnull())
    here = _contributed_here(scope, known)
    ends = known.group_by("member_id", "day").agg(
        seen=known.seen_us.max(), left=known.left_us.max(), made=here.sum()
    )
    stays = ends["left"].isnull() | (ends.seen.notnull() & (ends.seen > ends["left"]))
    ends = ends.mutate(here=stays.cast("int64"))
    told: dict[str, Any] = {}
    for n, number in enumerate(day_number(each) for each in days):
        told[f"here_{n}"] = ends.here.argmax(ends.day, where=ends.day < number)
        inside = (ends.day >= number - BAND_DAYS) & (ends.day < number)
        told[f"made_{n}"] = ibis.coalesce(ends.made.sum(where=inside), 0).cast("int64")
    found = ends.group_by("member_id").agg(**told)
    bands = {f"band_{n}": _band(found[f"here_{n}"], found[f"made_{n}"]) for n in range(len(days))}
    return found.mutate(**bands)


def _contributed_here(scope: "Scope", known: "Table") -> "Table":
    """Return the contributions of member-days, those elsewhere being none."""
    import ibis

    spaces = scope.question.filters.spaces
    if not spaces:
        return known.contributions
    return ibis.ifelse(known.space_id.isin(list(spaces)), known.contributions, 0)


def _band(here: Any, made: Any) -> Any:
    import ibis

    named = [
        (made >= least, name) for least, name in reversed(list(zip(LEAST, BANDS, strict=True)))
    ]
    return ibis.cases((here.isnull(), ABSENT), (here == 0, LEFT), *named, else_=BANDS[0])


def _moved(members: "Table", before: int, after: int) -> "Table":
    """Return who is known by the later day, with where they stood; not those long gone."""
    moved = members.select(
        "member_id",
        since=members[f"band_{before}"],
        to=members[f"band_{after}"],
        made_before=members[f"made_{before}"],
        made_after=members[f"made_{after}"],
    )
    return moved.filter(moved.to != ABSENT, ~((moved.since == LEFT) & (moved.to == LEFT)))
