"""Whose words reach others."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Grain, Point
from juluo.analytics.statistics import pagerank
from juluo.analytics.telling import counts, only

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
ROWS = 100


def _toward(scope: "Scope") -> "Table":
    """Return replies and reactions toward another counted person."""
    from juluo.analytics.relations import REACTED

    events = behind.in_point(scope, names=[*written_names(), REACTED])
    events = events.filter(events.recipient_id.notnull())
    own = events.member_id.notnull() & (events.member_id == events.recipient_id)
    return scope.without_left_out(events.filter(~own), "recipient_id")


def _reach(scope: "Scope") -> Queries:
    events = _toward(scope)
    return {"reached": events.group_by(scope.keys).agg(value=events.recipient_id.nunique())}


REACH = Metric(
    key="influence.reach",
    title=Text("Members who were responded to", "获回应成员"),
    question=Text(
        "How many people had their contributions answered or reacted to?",
        "有多少人的内容得到了回应？",
    ),
    formula=Text(
        "Distinct people whose contributions were answered or reacted to by someone else in the "
        "point's days.",
        "该时段内其内容获他人回复或互动的不同人数。",
    ),
    unit="members",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=("space", "source"),
    ask=_reach,
    tell=counts,
    evidence=lambda scope: behind.as_role(_toward(scope), "counted"),
)


def _graph(scope: "Scope") -> Queries:
    import ibis

    from juluo.analytics.relations import REACTED

    events = _toward(scope)
    events = events.filter(events.member_id.notnull())
    weight = ibis.cases((events.name == REACTED, ibis.coalesce(events["value"], 1.0)), else_=1.0)
    edges = events.mutate(weight=weight)
    edges = edges.group_by("member_id", "recipient_id").agg(weight=edges.weight.sum())
    return {"edges": edges}


def _ranking(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    # In one order: the engine's own differs from run to run, and with it the last digit.
    edges = sorted(
        (int(row["member_id"]), int(row["recipient_id"]), float(row["weight"]))
        for row in only(results)
        if row["weight"] > 0
    )
    received: dict[int, float] = {}
    for _, target, weight in edges:
        received[target] = received.get(target, 0.0) + weight
    return [
        Point(
            start=date_of(scope.start),
            value=rank,
            group=str(member),
            row=(("place", float(place)), ("received", received.get(member, 0.0))),
        )
        for place, (member, rank) in enumerate(pagerank(edges)[:ROWS], start=1)
    ]


def _rank_evidence(scope: "Scope") -> "Table":
    events = _toward(scope)
    return behind.as_role(events.mutate(group=events.recipient_id.cast("string")), "counted")


RANK = Metric(
    key="influence.rank",
    title=Text("Most influential members", "影响力排行"),
    question=Text("Whose words reach the most?", "谁的发言影响最大？"),
    formula=Text(
        "PageRank (damping 0.85) on the graph of replies and reactions in the window, from the "
        "one who responds to the one responded to, weighted by their number; the first "
        f"{ROWS} members.",
        f"对窗口内的回复与互动构成的加权图（由回应者指向被回应者）计算 PageRank（阻尼 0.85），"
        f"取前 {ROWS} 名。",
    ),
    unit="share",
    kind=Kind.TABLE,
    better=Direction.NEITHER,
    grains=(Grain.WINDOW,),
    ask=_graph,
    tell=_ranking,
    evidence=_rank_evidence,
)

METRICS = (REACH, RANK)
