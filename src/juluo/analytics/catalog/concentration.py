"""On how many shoulders the community rests."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.statistics import core, gini
from juluo.analytics.telling import sizes

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

DIMENSIONS = ("space", "source", "cohort", "channel")


def _sizes(scope: "Scope") -> Mapping[str, Any]:
    days = scope.window_days("written")
    made = days.group_by([*scope.keys, "member_id"]).agg(amount=days.written.sum().cast("int64"))
    return {"sizes": made.group_by([*scope.keys, "amount"]).agg(people=made.count())}


def _evidence(scope: "Scope") -> "Table":
    events = behind.in_point(scope, names=written_names())
    return behind.as_role(events.filter(events.member_id.notnull()), "counted")


GINI = Metric(
    key="concentration.gini",
    title=Text("Concentration of contributions", "贡献集中度"),
    question=Text(
        "How unevenly are contributions spread over contributors?",
        "内容贡献在贡献成员之间分布得多不均匀？",
    ),
    formula=Text(
        "Gini index of the content people published over those who published any: 0 when all "
        "published the same, near 1 when one person published nearly all.",
        "发布内容数在有发布的成员之间的基尼系数：人人相同时为 0，几乎由一人完成时接近 1。",
    ),
    unit="index",
    kind=Kind.INDEX,
    better=Direction.DOWN,
    dimensions=DIMENSIONS,
    ask=_sizes,
    tell=sizes(gini),
    evidence=_evidence,
)

CORE_80 = Metric(
    key="concentration.core_80",
    title=Text("Core contributors", "核心贡献者"),
    question=Text(
        "How few people made 80 % of the contributions?",
        "最少多少人完成了 80% 的内容贡献？",
    ),
    formula=Text(
        "Smallest number of people who together published at least 80 % of the content of the "
        "point's days.",
        "合计发布了该时段至少 80% 内容的最少人数。",
    ),
    unit="members",
    kind=Kind.INDEX,
    better=Direction.NEITHER,
    dimensions=DIMENSIONS,
    ask=_sizes,
    tell=sizes(lambda pairs: core(pairs, 0.8)),
    evidence=_evidence,
)

METRICS = (GINI, CORE_80)
