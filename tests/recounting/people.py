"""Who is here, who came, stayed, came back and was lost."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from tests.recounting.figures import Figure, Figures, share
from tests.recounting.lines import (
    CONTRIBUTIONS,
    DAY,
    JOINED,
    LEFT,
    PARTICIPATION,
    Look,
    Part,
    after,
    begin_of,
)

Count = Callable[[Look], Figures]


def per_part(count: Callable[[Look, Part], Figure]) -> Count:
    """Return a counter that gives one figure for each point."""
    return lambda look: {(part.start, None, None): count(look, part) for part in look.parts}


def number(count: Callable[[Look, Part], int | float]) -> Count:
    """Return a counter of a bare number for each point."""
    return per_part(lambda look, part: Figure(value=count(look, part)))


def _last_days(width: int) -> Count:
    def count(look: Look, part: Part) -> Figure:
        last = min(part.end - DAY, look.today)
        if last < part.start:
            return Figure(value=None)
        return Figure(value=len(look.people(last - (width - 1) * DAY, last + DAY)))

    return per_part(count)


def _stickiness(look: Look, part: Part) -> Figure:
    ratios = []
    day = part.start
    while day < part.end and day <= look.today:
        wide = look.people(day - 27 * DAY, day + DAY)
        if wide:
            ratios.append(Fraction(len(look.people(day, day + DAY)), len(wide)))
        day += DAY
    return Figure(value=sum(ratios, Fraction(0)) / len(ratios) if ratios else None)


def _first_within(firsts: dict[int, date], part: Part) -> set[int]:
    return {who for who, first in firsts.items() if part.start <= first < part.end}


def _new(look: Look) -> Figures:
    if not look.question.filters.by_joined:
        firsts = look.firsts()
    else:
        firsts = look.first_joinings()
        if not any(first < look.question.end for first in firsts.values()):
            return {(part.start, None, None): Figure(value=None) for part in look.parts}
    return {
        (part.start, None, None): Figure(value=len(_first_within(firsts, part)))
        for part in look.parts
    }


def _new_contributing(look: Look) -> Figures:
    firsts = look.firsts(CONTRIBUTIONS)
    return number(lambda _, part: len(_first_within(firsts, part)))(look)


def moved(look: Look, part: Part) -> dict[str, set[int]]:
    """Return who is new, retained, resurrected and lost in a point."""
    now, before = look.people(part.start, part.end), look.people(part.before, part.start)
    earlier = {who for who, first in look.firsts().items() if first < part.start}
    return {
        "new": now - earlier,
        "retained": now & before,
        "resurrected": (now & earlier) - before,
        "lost": before - now,
    }


def _state(state: str) -> Count:
    return number(lambda look, part: len(moved(look, part)[state]))


def _quick(look: Look, part: Part) -> Figure:
    found = moved(look, part)
    return share(len(found["new"] | found["resurrected"]), len(found["lost"]))


def _retention(look: Look) -> Figures:
    """Count, of those whose first week (month) was the same, who is there k later."""
    grain, asked = look.question.grain, look.question
    cohorts: dict[date, set[int]] = {}
    for who, first in look.firsts().items():
        if asked.start <= first < asked.end:
            cohorts.setdefault(begin_of(first, grain), set()).add(who)
    found: Figures = {}
    for begin, members in cohorts.items():
        age, start = 0, begin
        while look.is_over(after(start, grain)):
            there = members & look.people(start, after(start, grain))
            told = share(len(there), len(members), active=len(there), size=len(members), age=age)
            found[(max(begin, asked.start), None, float(age))] = told
            age, start = age + 1, after(start, grain)
    return found


def known_before(look: Look, day: date) -> int:
    """Return how many were known when a day began: joined or seen, and not gone since."""
    sources, spaces = look.question.filters.sources, look.question.filters.spaces
    here: dict[int, bool] = {}
    lines = [
        each
        for each in look.everywhere
        if each.day < day
        and each.who is not None
        and (each.name in PARTICIPATION | {JOINED, LEFT} or each.name == "members.signed_in")
        and (not sources or each.source in sources)
        and (not spaces or each.space in spaces or each.name == LEFT)
    ]
    # Of a leaving and a being seen at the same moment the leaving is the later.
    for each in sorted(lines, key=lambda each: (each.at, each.name == LEFT)):
        if each.name != LEFT or each.who in here:
            here[each.who or 0] = each.name != LEFT
    return sum(here.values())


def _rate(look: Look, part: Part) -> Figure:
    return share(len(look.people(part.start, part.end)), known_before(look, part.start))


def _contributors(look: Look, part: Part) -> Figure:
    made = look.people(part.start, part.end, CONTRIBUTIONS)
    return share(len(made), len(look.people(part.start, part.end)))


def _returned(
    look: Look, part: Part, names: frozenset[str], first_age: int, last_age: int
) -> Figure:
    back = whole = still_open = 0
    days = look.days_of(names)
    for who, first in look.firsts(names).items():
        if not part.start <= first < part.end:
            continue
        if not look.is_over(first + timedelta(days=last_age + 1)):
            still_open += 1
            continue
        whole += 1
        back += any(first_age <= (day - first).days <= last_age for day in days[who])
    return share(back, whole, open=still_open)


COUNTS: dict[str, Count] = {
    "members.active": number(lambda look, part: len(look.people(part.start, part.end))),
    "members.contributing": number(
        lambda look, part: len(look.people(part.start, part.end, CONTRIBUTIONS))
    ),
    "members.active_7d": _last_days(7),
    "members.active_28d": _last_days(28),
    "members.stickiness": per_part(_stickiness),
    "members.new": _new,
    "members.new_contributing": _new_contributing,
    "members.retained": _state("retained"),
    "members.resurrected": _state("resurrected"),
    "members.lost": _state("lost"),
    "members.quick_ratio": per_part(_quick),
    "members.retention": _retention,
    "members.total": number(lambda look, part: known_before(look, part.end)),
    "participation.rate": per_part(_rate),
    "participation.contributors_share": per_part(_contributors),
    "newcomers.second_contribution_7d": per_part(
        lambda look, part: _returned(look, part, CONTRIBUTIONS, 1, 7)
    ),
    "newcomers.retention_28d": per_part(
        lambda look, part: _returned(look, part, PARTICIPATION, 28, 55)
    ),
}
