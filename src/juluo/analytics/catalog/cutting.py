"""Which metrics can be cut by several dimensions at once, and how people are put into cells.

What happened lies where it happened. A person lies in one cell: where they took part most in the
point (the smallest space and source where they are even). So the cells add up to the metric.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog.content import KINDS, by_each
from juluo.analytics.catalog.growth import GROWTH
from juluo.analytics.catalog.interaction import received_in_cells

if TYPE_CHECKING:
    from juluo.analytics.definition import Ask, Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
MEMBER = ("channel", "cohort", "tenure", "band")
EVENT = ("space", "source", "language", *MEMBER)
PERSON = ("space", "source", *MEMBER)
# The states of growth accounting, in the order they are told.
STATES = ("new", "retained", "resurrected", "lost")


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """The dimensions a metric can be cut by; ``ask`` where its own query will not do."""

    dimensions: tuple[str, ...]
    ask: "Ask | None" = None


def _people(measure: str) -> "Ask":
    def ask(scope: "Scope") -> Queries:
        days = scope.people_days(scope.points[0].start, scope.last, measure)
        homes = scope.split(scope.homes(scope.placed(days), measure))
        return {"people": homes.group_by(scope.keys).agg(value=homes.count())}

    return ask


def _contributors(scope: "Scope") -> Queries:
    days = scope.placed(scope.people_days(scope.points[0].start, scope.last))
    homes = scope.split(scope.homes(days, "participations", ("contributions",)))
    part = (homes.contributions > 0).cast("int64").sum()
    return {"people": homes.group_by(scope.keys).agg(part=part, whole=homes.count())}


def _per_active(scope: "Scope") -> Queries:
    days = scope.placed(scope.member_days(scope.points[0].start, scope.last))
    homes = scope.split(scope.homes(days, "participations", ("written",)))
    people = (homes.member_id.notnull() & (homes.participations > 0)).cast("int64").sum()
    return {"content": homes.group_by(scope.keys).agg(part=homes.written.sum(), whole=people)}


def moved(scope: "Scope") -> "Table":
    """Return one row per point and person active in it or in the window before, split.

    Exactly one of the booleans ``new``, ``retained``, ``resurrected``, ``lost`` is true.
    """
    rows = [(day, p.start, True) for p in scope.points for day in range(p.start, p.end)]
    rows += [(day, p.start, False) for p in scope.points for day in range(p.before, p.start)]
    schema = {"day": "int32", "point": "int32", "now": "boolean"}
    calendar = scope.offered("now_and_before", schema, rows)
    days = scope.people_days(min(p.before for p in scope.points), scope.last)
    seen = days.join(calendar, "day")
    # Who is active now lies where they are now; who is lost, where they were.
    seen = seen.mutate(
        days_now=seen.now.cast("int64"),
        days_before=(~seen.now).cast("int64"),
        weight=seen.participations * (seen.now.cast("int64") * 1_000_000 + 1),
    )
    homes = scope.homes(seen, "weight", ("days_now", "days_before"))
    begun = scope.split(homes.join(scope.firsts(), "member_id"))
    now, before = begun.days_now > 0, begun.days_before > 0
    fresh = begun["first"] >= begun.point
    return begun.mutate(
        new=now & fresh,
        retained=now & before,
        resurrected=now & ~before & ~fresh,
        lost=~now,
    )


def states(scope: "Scope") -> Queries:
    """Return how many people of each cell are in each state of growth accounting."""
    people = moved(scope)
    counts = {state: people[state].cast("int64").sum() for state in STATES}
    return {"moved": people.group_by(scope.keys).agg(**counts)}


def _state(*won: str, lost: bool = False) -> "Ask":
    def ask(scope: "Scope") -> Queries:
        people = moved(scope)
        value = sum((people[state].cast("int64") for state in won[1:]),
                    people[won[0]].cast("int64")).sum()  # fmt: skip
        told = {"value": value}
        if lost:
            told = {"part": value, "whole": people.lost.cast("int64").sum()}
        return {"moved": people.group_by(scope.keys).agg(**told)}

    return ask


# Counts of what members do: how much, and by how many of them.
DOINGS: dict[str, "Ask"] = {
    **{f"content.{kind}": by_each(kind, (kind,)) for kind in KINDS},
    "content.contributions": by_each("written"),
}
_CONTENT = Cutting(dimensions=EVENT)
CUTTINGS: dict[str, Cutting] = {
    **{f"content.{kind}": _CONTENT for kind in ("posts", "questions", "answers", "comments",
                                                "messages")},
    "content.contributions": Cutting(dimensions=("kind", *EVENT)),
    "content.per_active": Cutting(dimensions=PERSON, ask=_per_active),
    "interaction.reactions": Cutting(dimensions=PERSON),
    "interaction.replies": Cutting(dimensions=PERSON),
    "interaction.per_contribution": Cutting(dimensions=("kind", *EVENT), ask=received_in_cells),
    "response.answered_1d": Cutting(dimensions=("kind", *EVENT)),
    "response.answered_7d": Cutting(dimensions=("kind", *EVENT)),
    "response.accepted": Cutting(dimensions=EVENT),
    "newcomers.answered_1d": Cutting(dimensions=("kind", "space", "source", "language",
                                                 "channel")),
    "newcomers.second_contribution_7d": Cutting(dimensions=GROWTH),
    "newcomers.retention_28d": Cutting(dimensions=GROWTH),
    "members.active": Cutting(dimensions=PERSON, ask=_people("participations")),
    "members.contributing": Cutting(dimensions=PERSON, ask=_people("contributions")),
    "members.new": Cutting(dimensions=GROWTH),
    "members.new_contributing": Cutting(dimensions=GROWTH),
    "members.retained": Cutting(dimensions=PERSON, ask=_state("retained")),
    "members.resurrected": Cutting(dimensions=PERSON, ask=_state("resurrected")),
    "members.lost": Cutting(dimensions=PERSON, ask=_state("lost")),
    "members.quick_ratio": Cutting(dimensions=PERSON, ask=_state("new", "resurrected", lost=True)),
    "participation.contributors_share": Cutting(dimensions=PERSON, ask=_contributors),
}  # fmt: skip
