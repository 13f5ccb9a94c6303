"""How people respond to each other: reactions and replies."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import DAY_US
from juluo.analytics.catalog import behind
from juluo.analytics.catalog.content import written_names
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.telling import counts, ratios, shares

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
GIVEN = ("space", "source", "cohort", "band", "channel")
WAIT_DAYS = 7


def _given(measure: str) -> Any:
    def ask(scope: "Scope") -> Queries:
        days = scope.member_days(scope.points[0].start, scope.last)
        days = scope.split(scope.placed(days.filter(days[measure] != 0)))
        return {"given": days.group_by(scope.keys).agg(value=days[measure].sum())}

    return ask


def _reactions_evidence(scope: "Scope") -> "Table":
    from juluo.analytics.relations import REACTED

    return behind.as_role(behind.in_point(scope, names=[REACTED]), "counted")


def _replies_evidence(scope: "Scope") -> "Table":
    events = behind.in_point(scope, names=written_names())
    return behind.as_role(events.filter(events.parent_id.notnull()), "counted")


REACTIONS = Metric(
    key="interaction.reactions",
    title=Text("Reactions", "互动"),
    question=Text("How many reactions were given?", "给出了多少互动？"),
    formula=Text(
        "Sum of the marks given in the point's days. A source that records only how many, not "
        "who, counts here, but makes nobody active.",
        "该时段内给出的互动总数。只记录数量而不记录人的来源也计入，但不使任何人成为活跃成员。",
    ),
    unit="reactions",
    kind=Kind.COUNT,
    better=Direction.UP,
    dimensions=GIVEN,
    note_keys=("undated_reactions_stand_at_their_message",),
    additive=True,
    ask=_given("reactions"),
    tell=counts,
    evidence=_reactions_evidence,
)

REPLIES = Metric(
    key="interaction.replies",
    title=Text("Replies", "回复"),
    question=Text("How many replies were given?", "给出了多少回复？"),
    formula=Text(
        "Contributions of the point's days that point at a message they reply to.",
        "该时段内明确回复某条内容的贡献数。",
    ),
    unit="replies",
    kind=Kind.COUNT,
    better=Direction.UP,
    dimensions=GIVEN,
    additive=True,
    ask=_given("replies"),
    tell=counts,
    evidence=_replies_evidence,
)


def _received(scope: "Scope") -> tuple["Table", "Table"]:
    """Return the contributions of the points, and the marks each received: their key, amount.

    Every contribution has ``closed``: whether its seven days have passed.
    """
    made = behind.in_point(scope, names=written_names())
    made = made.mutate(closed=made.at_us + WAIT_DAYS * DAY_US <= scope.as_of)
    return made, _met(scope, made.filter(made.closed))


def _met(scope: "Scope", made: "Table") -> "Table":
    """Return contributions with the marks each received in time, one row for each mark."""
    import ibis

    from juluo.analytics.relations import REACTED

    later = scope.events(scope.points[0].start, scope.last + WAIT_DAYS + 1, everywhere=True)
    replied = later.name.isin(written_names()) & later.parent_id.notnull()
    marks = later.filter(replied | (later.name == REACTED))
    is_reaction = marks.name == REACTED
    marks = marks.select(
        mark=marks.key,
        about=ibis.cases((is_reaction, marks.subject_id), else_=marks.parent_id),
        amount=ibis.cases((is_reaction, ibis.coalesce(marks["value"], 1.0)), else_=1.0),
        marked_us=marks.at_us,
    )
    met = made.join(marks, made.subject_id == marks.about)
    wait = met.marked_us - met.at_us
    return met.filter(wait >= 0, wait <= WAIT_DAYS * DAY_US)


def received_in_cells(scope: "Scope") -> Queries:
    """Return the same in cells, for many windows that overlap: marks are met before windows."""
    made = scope.events(scope.points[0].start, scope.last)
    made = made.filter(
        made.name.isin(written_names()), made.at_us + WAIT_DAYS * DAY_US <= scope.as_of
    )
    met = _met(scope, made.select("key", "subject_id", "at_us"))
    amounts = met.group_by("key").agg(amount=met.amount.sum())
    each = made.left_join(amounts, "key").drop("key_right")
    each = scope.split(scope.placed(each))
    cells = each.group_by(scope.keys).agg(part=each.amount.sum(), whole=each.count())
    return {"received": cells}


def _per_contribution(scope: "Scope") -> Queries:
    made, met = _received(scope)
    keys = scope.keys
    whole = made.group_by(keys).agg(
        whole=made.closed.cast("int64").sum(), open=(~made.closed).cast("int64").sum()
    )
    part = met.group_by(keys).agg(part=met.amount.sum())
    both = whole.left_join(part, keys)
    return {"received": both.select(*keys, "whole", "open", "part")}


def _per_contribution_evidence(scope: "Scope") -> "Table":
    made, met = _received(scope)
    whole = behind.as_role(made.filter(made.closed), "whole")
    later = scope.events(scope.points[0].start, scope.last + WAIT_DAYS + 1, everywhere=True)
    group = ["group"] if scope.by else []
    marks = met.select("mark", *group).distinct()
    part = behind.as_role(later.join(marks, later.key == marks.mark), "part")
    return behind.together(scope, whole, part)


PER_CONTRIBUTION = Metric(
    key="interaction.per_contribution",
    title=Text("Responses per contribution", "互动频率"),
    question=Text(
        "How many reactions and replies does a contribution receive?",
        "每条内容平均收到多少互动与回复？",
    ),
    formula=Text(
        "(Reactions + replies received within 7 days by contributions published in the point's "
        "days) ÷ those contributions; only those whose 7 days have passed.",
        "该时段内发布的内容在 7 天内收到的（互动 + 回复）÷ 这些内容的数量；只计已满 7 天的内容。",
    ),
    unit="ratio",
    kind=Kind.RATIO,
    better=Direction.UP,
    dimensions=("space", "source", "language", "cohort", "band", "channel"),
    note_keys=("open_windows_left_out", "undated_reactions_stand_at_their_message"),
    ask=_per_contribution,
    tell=ratios,
    evidence=_per_contribution_evidence,
)


def _answers(scope: "Scope") -> "Table":
    events = behind.in_point(scope, names=written_names())
    events = events.filter(
        events.member_id.notnull(),
        events.recipient_id.notnull(),
        events.member_id != events.recipient_id,
    )
    return scope.without_left_out(events, "recipient_id")


def _pairs(scope: "Scope") -> "Table":
    import ibis

    events = _answers(scope)
    low = ibis.least(events.member_id, events.recipient_id)
    high = ibis.greatest(events.member_id, events.recipient_id)
    pairs = events.mutate(low=low, high=high, upward=events.member_id < events.recipient_id)
    keys = [*scope.keys, "low", "high"]
    met = pairs.group_by(keys).agg(up=pairs.upward.any(), down=(~pairs.upward).any())
    return met.mutate(mutual=met.up & met.down)


def _reciprocity(scope: "Scope") -> Queries:
    pairs = _pairs(scope)
    mutual = pairs.mutual.cast("int64").sum()
    return {"pairs": pairs.group_by(scope.keys).agg(part=mutual, whole=pairs.count())}


def _reciprocity_evidence(scope: "Scope") -> "Table":
    import ibis

    events = _answers(scope)
    pairs = _pairs(scope).select(*scope.group_keys, "low", "high", "mutual")
    events = events.mutate(
        low=ibis.least(events.member_id, events.recipient_id),
        high=ibis.greatest(events.member_id, events.recipient_id),
    )
    met = events.join(pairs, [*scope.group_keys, "low", "high"])
    return behind.part_if(met, lambda t: t.mutual)


RECIPROCITY = Metric(
    key="interaction.reciprocity",
    title=Text("Reciprocity", "互惠度"),
    question=Text(
        "Of the pairs of people who answered, what share answered each other?",
        "有过回应的两人组合中，有多大比例互相回应？",
    ),
    formula=Text(
        "Pairs of people who answered each other in both directions ÷ pairs with any answer, in "
        "the point's days. An answer is a contribution addressed to someone else's.",
        "该时段内双向互相回应的两人组合数 ÷ 有任一方向回应的组合数。回应指针对他人内容的贡献。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=("space", "source"),
    ask=_reciprocity,
    tell=shares,
    evidence=_reciprocity_evidence,
)

METRICS = (REACTIONS, REPLIES, PER_CONTRIBUTION, RECIPROCITY)
