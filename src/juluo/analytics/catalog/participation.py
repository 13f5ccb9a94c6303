"""What part of the members takes part."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.catalog.members import ACTIVE, known_before, known_changes
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Point
from juluo.analytics.telling import share, shares, slots

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.scope import Scope


def _rate(scope: "Scope") -> Mapping[str, Any]:
    return {**ACTIVE.ask(scope), "changes": known_changes(scope)}


def _rate_points(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    changes = results["changes"].to_pylist()
    active = results["people"].to_pylist()
    return [
        share(slot, float(row.get("value") or 0), float(known_before(changes, slot[1], slot[0])))
        for slot, row in slots(scope, active).items()
    ]


RATE = Metric(
    key="participation.rate",
    title=Text("Participation rate", "参与度"),
    question=Text(
        "What share of the members took part?",
        "有多大比例的成员参与了社群？",
    ),
    formula=Text(
        "Active people ÷ members at the start of the point. Newcomers can lift it above one; it "
        "then has no interval.",
        "活跃人数 ÷ 该时段开始时的成员总数。新成员可能使其大于 1，此时不给出区间。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=("source", "channel"),
    ask=_rate,
    tell=_rate_points,
    evidence=behind.participation,
)


def _contributors(scope: "Scope") -> Mapping[str, Any]:
    days = scope.window_days()
    contributing = days.member_id.nunique(where=days.contributions > 0)
    return {
        "people": days.group_by(scope.keys).agg(part=contributing, whole=days.member_id.nunique())
    }


CONTRIBUTORS_SHARE = Metric(
    key="participation.contributors_share",
    title=Text("Contributors among active members", "贡献度"),
    question=Text(
        "What share of the active people contributed something?",
        "活跃成员中有多大比例做出了贡献？",
    ),
    formula=Text("People with a contribution ÷ active people.", "有贡献的人数 ÷ 活跃人数。"),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=("space", "source", "cohort", "band", "channel"),
    ask=_contributors,
    tell=shares,
    evidence=behind.contribution_of_active,
)

METRICS = (RATE, CONTRIBUTORS_SHARE)
