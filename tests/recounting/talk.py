"""What was said, how it was answered, who reached whom."""

import math
from collections import Counter, defaultdict
from datetime import timedelta
from fractions import Fraction

from tests.recounting.figures import (
    Figure,
    Figures,
    core,
    gini,
    page_rank,
    share,
    type_7,
)
from tests.recounting.lines import (
    ACCEPT,
    ANSWER,
    COMMENT,
    CONTRIBUTIONS,
    DAY,
    MESSAGE,
    OPENINGS,
    PARTICIPATION,
    POST,
    QUESTION,
    REACTION,
    WRITTEN,
    Line,
    Look,
    Part,
)
from tests.recounting.people import Count, number, per_part

_LISTED = 100
Waits = list[tuple[Line, timedelta | None]]


def _written(look: Look, part: Part) -> list[Line]:
    return look.between(part.start, part.end, WRITTEN)


def _published(*names: str) -> Count:
    return number(lambda look, part: len(look.between(part.start, part.end, frozenset(names))))


def _per_active(look: Look, part: Part) -> Figure:
    return share(len(_written(look, part)), len(look.people(part.start, part.end)))


def _per_day(look: Look, part: Part) -> Figure:
    days = (min(part.end, look.today + DAY) - part.start).days
    return share(len(_written(look, part)), max(days, 0))


def _reactions(look: Look, part: Part) -> float:
    return sum(each.amount for each in look.between(part.start, part.end, frozenset({REACTION})))


def _replies(look: Look, part: Part) -> int:
    return sum(bool(each.parent) for each in _written(look, part))


def _per_contribution(look: Look, part: Part) -> Figure:
    week = timedelta(days=7)
    made = _written(look, part)
    closed = [each for each in made if each.at + week <= look.as_of]
    about: dict[str, list[Line]] = defaultdict(list)
    for each in look.everywhere:
        if each.name == REACTION:
            about[each.subject].append(each)
        elif each.name in WRITTEN and each.parent:
            about[each.parent].append(each)
    received = sum(
        mark.amount if mark.name == REACTION else 1.0
        for each in closed
        for mark in about.get(each.subject, ())
        if each.subject and timedelta(0) <= mark.at - each.at <= week
    )
    return share(received, len(closed))


def _answers_to_others(look: Look, part: Part) -> list[Line]:
    return [
        each
        for each in _written(look, part)
        if each.who is not None
        and each.recipient is not None
        and each.recipient != each.who
        and each.recipient not in look.out
    ]


def _reciprocity(look: Look, part: Part) -> Figure:
    ways = {(each.who, each.recipient) for each in _answers_to_others(look, part)}
    pairs = {frozenset(way) for way in ways}
    mutual = sum(all((a, b) in ways for a, b in (tuple(p), tuple(p)[::-1])) for p in pairs)
    return share(mutual, len(pairs))


# Answering


def _openings(look: Look, part: Part, names: frozenset[str] = OPENINGS) -> list[Line]:
    return [each for each in look.between(part.start, part.end, names) if each.who is not None]


def _by_thread(look: Look) -> dict[str, list[Line]]:
    threads: dict[str, list[Line]] = defaultdict(list)
    for each in look.everywhere:
        if each.thread and each.who is not None and each.name in WRITTEN | {ACCEPT}:
            threads[each.thread].append(each)
    return threads


def _waits(look: Look, openings: list[Line], days: int) -> Waits:
    """Return the openings whose wait has passed, with the time to another person's first reply."""
    limit, threads = timedelta(days=days), _by_thread(look)
    found: Waits = []
    for opening in openings:
        if opening.at + limit > look.as_of:
            continue
        waits = [
            each.at - opening.at
            for each in threads.get(opening.thread, ())
            if each.name in WRITTEN and each.who != opening.who
        ]
        in_time = [wait for wait in waits if timedelta(0) <= wait <= limit]
        found.append((opening, min(in_time, default=None)))
    return found


def _told(openings: list[Line], waits: Waits) -> Figure:
    answered = sum(wait is not None for _, wait in waits)
    return share(answered, len(waits), open=len(openings) - len(waits))


def _answered(days: int) -> Count:
    def count(look: Look, part: Part) -> Figure:
        openings = _openings(look, part)
        return _told(openings, _waits(look, openings, days))

    return per_part(count)


def _wait_quantile(p: float) -> Count:
    def count(look: Look, part: Part) -> Figure:
        openings = _openings(look, part)
        waits = _waits(look, openings, 7)
        seconds = [math.inf if wait is None else wait / timedelta(seconds=1) for _, wait in waits]
        unanswered = float(seconds.count(math.inf))
        row = {"unanswered": unanswered, "open": float(len(openings) - len(waits))}
        return Figure(value=type_7(seconds, p), row=row)

    return per_part(count)


def _accepted(look: Look, part: Part) -> Figure:
    limit, threads = timedelta(days=14), _by_thread(look)
    asked = _openings(look, part, frozenset({QUESTION}))
    closed = [each for each in asked if each.at + limit <= look.as_of]
    accepted = sum(
        any(
            each.name == ACCEPT and timedelta(0) <= each.at - question.at <= limit
            for each in threads.get(question.thread, ())
        )
        for question in closed
    )
    return share(accepted, len(closed), open=len(asked) - len(closed))


def _newcomers_answered(look: Look) -> Figures:
    """Count the first openings of those who came at most 28 days before."""
    came = look.firsts()
    first: dict[int, Line] = {}
    for each in look.here:
        if each.who is not None and each.name in OPENINGS:
            before = first.get(each.who)
            if before is None or (each.at, each.key) < (before.at, before.key):
                first[each.who] = each

    def count(_: Look, part: Part) -> Figure:
        openings = [
            each
            for who, each in first.items()
            if part.start <= each.day < part.end and (each.day - came[who]).days <= 28
        ]
        return _told(openings, _waits(look, openings, 1))

    return per_part(count)(look)


# Who writes, who is heard, where and when


def _amounts(look: Look, part: Part) -> list[int]:
    return list(Counter(each.who for each in _written(look, part) if each.who is not None).values())


def _toward(look: Look, part: Part) -> list[Line]:
    return [
        each
        for each in look.between(part.start, part.end, WRITTEN | {REACTION})
        if each.recipient is not None
        and each.recipient != each.who
        and each.recipient not in look.out
    ]


def _rank(look: Look) -> Figures:
    (part,) = look.parts
    edges: dict[tuple[int, int], float] = defaultdict(float)
    for each in _toward(look, part):
        if each.who is not None:
            amount = each.amount if each.name == REACTION else 1.0
            edges[(each.who, each.recipient or 0)] += amount
    edges = {edge: weight for edge, weight in edges.items() if weight > 0}
    ranks = page_rank(edges)
    ordered = sorted(ranks, key=lambda node: (-round(ranks[node], 12), node))
    received = Counter[int]()
    for (_, target), weight in edges.items():
        received[target] += weight  # type: ignore[assignment]
    return {
        (part.start, str(node), None): Figure(
            value=ranks[node], row={"place": place, "received": received[node]}
        )
        for place, node in enumerate(ordered[:_LISTED], start=1)
    }


def _spaces(look: Look, part: Part) -> int:
    made = look.between(part.start, part.end, CONTRIBUTIONS)
    return len({each.space for each in made if each.space is not None})


def _health(look: Look) -> Figures:
    (part,) = look.parts
    waits = _waits(look, _openings(look, part), 1)
    firsts: dict[tuple[int | None, int | None], object] = {}
    for each in look.here:
        if each.name in PARTICIPATION and each.who is not None:
            place = (each.space, each.who)
            firsts[place] = min(each.day, firsts.get(place, each.day))  # type: ignore[type-var]
    # Every space somebody did something in, in the window or the one before it, has a row.
    seen = [
        each
        for each in look.here
        if part.before <= each.day < part.end and each.name in PARTICIPATION
    ]
    found: Figures = {}
    for space in {each.space for each in seen if each.space is not None}:
        own = [each for each in seen if each.space == space]
        now = [each for each in own if each.day >= part.start]
        made = sum(each.name in WRITTEN for each in now)
        before = sum(each.name in WRITTEN for each in own) - made
        asked = [wait for opening, wait in waits if opening.space == space]
        answered = sum(wait is not None for wait in asked)
        here = {each.who for each in now if each.name in PARTICIPATION and each.who is not None}
        new = [
            first
            for (place, _), first in firsts.items()
            if place == space and part.start <= first < part.end  # type: ignore[operator]
        ]
        row = {
            "contributions": made,
            "active": len(here),
            "answered_1d": Fraction(answered, len(asked)) if asked else None,
            "answered": answered,
            "openings": len(asked),
            "newcomers": len(new),
            "before": before,
            "change": Fraction(made - before, before) if before else None,
        }
        found[(part.start, str(space), None)] = Figure(value=made, row=row)
    return found


def _hours(look: Look) -> Figures:
    (part,) = look.parts
    times = Counter[tuple[int, int]]()
    for each in _written(look, part):
        local = each.at.astimezone(look.zone)
        times[(local.weekday(), local.hour)] += 1
    return {
        (part.start, f"{weekday}-{hour:02}", None): Figure(
            value=times[(weekday, hour)], row={"weekday": weekday, "hour": hour}
        )
        for weekday in range(7)
        for hour in range(24)
    }


COUNTS: dict[str, Count] = {
    "content.posts": _published(POST),
    "content.questions": _published(QUESTION),
    "content.answers": _published(ANSWER),
    "content.comments": _published(COMMENT),
    "content.messages": _published(MESSAGE),
    "content.contributions": _published(*WRITTEN),
    "content.per_active": per_part(_per_active),
    "content.per_day": per_part(_per_day),
    "interaction.reactions": number(_reactions),
    "interaction.replies": number(_replies),
    "interaction.per_contribution": per_part(_per_contribution),
    "interaction.reciprocity": per_part(_reciprocity),
    "response.first_reply_median": _wait_quantile(0.5),
    "response.first_reply_p90": _wait_quantile(0.9),
    "response.answered_1d": _answered(1),
    "response.answered_7d": _answered(7),
    "response.accepted": per_part(_accepted),
    "newcomers.answered_1d": _newcomers_answered,
    "concentration.gini": per_part(lambda look, part: Figure(value=gini(_amounts(look, part)))),
    "concentration.core_80": per_part(
        lambda look, part: Figure(value=core(_amounts(look, part), 80))
    ),
    "influence.reach": number(
        lambda look, part: len({each.recipient for each in _toward(look, part)})
    ),
    "influence.rank": _rank,
    "spaces.active": number(_spaces),
    "spaces.health": _health,
    "rhythm.hours": _hours,
}
