"""The relations every definition stands on: events with a local day, and member-days.

Ibis only writes the query here; nothing in this module knows which engine runs it.
"""

from functools import lru_cache
from typing import Any

import ibis

from juluo.analytics.calendar import DAY_US
from juluo.events import discussions, members, messaging
from juluo.events.base import EVENT_TYPES, Verb

Table = Any  # Ibis ships no types

WRITTEN = {
    "posts": discussions.PostPublished.name,
    "questions": discussions.QuestionAsked.name,
    "answers": discussions.AnswerGiven.name,
    "comments": discussions.CommentWritten.name,
    "messages": messaging.MessageSent.name,
}
OPENINGS = (WRITTEN["posts"], WRITTEN["questions"])
ACCEPTED = discussions.AnswerAccepted.name
REACTED = discussions.Reacted.name
JOINED = members.MemberJoined.name
LEFT = members.MemberLeft.name

EVENTS = {
    "key": "string",
    "name": "string",
    "version": "int16",
    "occurred_at": "timestamp('UTC')",
    "recorded_at": "timestamp('UTC')",
    "actor_id": "int64",
    "space_id": "int64",
    "subject_id": "string",
    "thread_id": "string",
    "parent_id": "string",
    "recipient_id": "int64",
    "channel": "string",
    "source": "string",
    "value": "float64",
    "payload": "string",
    "at_us": "int64",
}

# A change of meaning here makes older rollups stale: raise log.ROLLUP_VERSION with it.
COUNTS = (*WRITTEN, "accepts", "reacts", "others", "visits", "joins", "replies")
ROLLUP = {
    "member_id": "int64",
    "day": "int32",
    "space_id": "int64",
    "source": "string",
    **dict.fromkeys(COUNTS, "int64"),
    "reactions": "float64",
    "seen_us": "int64",
    "left_us": "int64",
    "first_us": "int64",
    "last_us": "int64",
    "arrival": "string",
}


def names_with(verb: Verb) -> list[str]:
    """Return the names of the event types that say exactly this of their actor."""
    return sorted(name for name, kind in EVENT_TYPES.items() if kind.verb is verb)


def contribution_names() -> list[str]:
    """Return the names of the event types that are contributions."""
    return names_with(Verb.CONTRIBUTION)


def participation_names() -> list[str]:
    """Return the names of the event types that are participation, contributions included."""
    return sorted(contribution_names() + names_with(Verb.PARTICIPATION))


def raw_events(view: str) -> Table:
    """Return the event relation that stands in the database under this name."""
    return ibis.table(EVENTS, name=view)


def with_local_time(events: Table, steps: tuple[tuple[int, int], ...]) -> Table:
    """Add ``local_us``, ``day`` and ``member_id``, the member whom the event is of."""
    *earlier, (_, offset) = steps
    shift: Any = offset
    if earlier:
        bounds = [start for start, _ in steps[1:]]
        legs = [(events.at_us < b, o) for b, (_, o) in zip(bounds, earlier, strict=True)]
        shift = ibis.cases(*legs, else_=offset)
    local = events.mutate(local_us=events.at_us + shift, member_id=_member(events))
    return local.mutate(day=(local.local_us // DAY_US).cast("int32"))


def _member(events: Table) -> Table:
    # Joining and leaving say in their payload who it was: an import has no actor for them.
    named = ibis.coalesce(events.payload.cast("json")["member_id"].int, events.actor_id)
    return ibis.cases((events.name.isin([JOINED, LEFT]), named), else_=events.actor_id)


def rolled_up(events: Table) -> Table:
    """Return the member-days of the events: one row per member, local day, space and source."""
    name = events.name
    known = [*WRITTEN.values(), ACCEPTED, REACTED]
    others = [each for each in participation_names() if each not in known]
    kept = events.filter(name.isin([*known, *others, *names_with(Verb.PRESENCE), JOINED, LEFT]))
    name = kept.name
    counted = {column: _count(name == event) for column, event in WRITTEN.items()}
    dated = ibis.coalesce(kept.payload.cast("json")["dated"].bool, True)
    joined = ibis.cases((name == JOINED, dated), else_=False)
    return kept.group_by("member_id", "day", "space_id", "source").agg(
        **counted,
        accepts=_count(name == ACCEPTED),
        reacts=_count(name == REACTED),
        others=_count(name.isin(others)) if others else ibis.literal(0, "int64"),
        visits=_count(name.isin(names_with(Verb.PRESENCE))),
        joins=_count(joined),
        replies=_count(name.isin(list(WRITTEN.values())) & kept.parent_id.notnull()),
        reactions=ibis.coalesce(kept["value"], 1.0).sum(where=name == REACTED).fill_null(0.0),
        seen_us=kept.at_us.max(where=name != LEFT),
        left_us=kept.at_us.max(where=name == LEFT),
        first_us=kept.at_us.min(),
        last_us=kept.at_us.max(),
        arrival=kept.channel.min(where=name == JOINED),
    )[list(ROLLUP)]


@lru_cache(maxsize=64)
def rolled_up_sql(view: str, steps: tuple[tuple[int, int], ...]) -> str:
    """Return the query for the member-days of an event view; writing it anew is not cheap."""
    return sql(rolled_up(with_local_time(raw_events(view), steps)))


# Ibis would merge selects that follow on each other: a quarter of the time that writing takes, for
# text alone, as DuckDB merges them while it plans.
ibis.options.sql.fuse_selects = False


def sql(expression: Table) -> str:
    """Write the query for the engine that runs it."""
    return _written(expression.op())


@lru_cache(maxsize=256)
def _written(operation: Any) -> str:
    """Write a query once: the next one that asks the same of a newer log finds it here."""
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb"))


def _count(condition: Table) -> Table:
    return ibis.coalesce(condition.cast("int64").sum().cast("int64"), ibis.literal(0, "int64"))


def rollup_files(view: str) -> Table:
    """Return the member-days that stand in the database under this name."""
    return ibis.table(ROLLUP, name=view)


def with_sums(days: Table) -> Table:
    """Add ``written``, ``contributions`` and ``participations`` to member-days."""
    written = days.posts + days.questions + days.answers + days.comments + days.messages
    return days.mutate(
        written=written,
        openings=days.posts + days.questions,
        contributions=written + days.accepts,
        participations=written + days.accepts + days.reacts + days.others,
    )
