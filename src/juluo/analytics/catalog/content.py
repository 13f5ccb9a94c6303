"""What is said: posts, questions, answers, comments, messages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import behind
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Point
from juluo.analytics.telling import counts, only, ratios, slots

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
KINDS = ("posts", "questions", "answers", "comments", "messages")
DIMENSIONS = ("space", "source", "language", "cohort", "band", "channel")


def written_names(kinds: tuple[str, ...] = KINDS) -> list[str]:
    """Return the names of the events that publish these kinds of content."""
    from juluo.analytics.relations import WRITTEN

    return [WRITTEN[kind] for kind in kinds]


def _by_kind(scope: "Scope", kinds: tuple[str, ...]) -> "Table":
    import ibis

    days = scope.placed(scope.member_days(scope.points[0].start, scope.last))
    parts = [
        days.filter(days[kind] > 0).mutate(kind=ibis.literal(kind), amount=days[kind])
        for kind in kinds
    ]
    return scope.split(ibis.union(*parts))


def amounts(scope: "Scope", measure: str, kinds: tuple[str, ...] = KINDS) -> "Table":
    """Return rows with ``amount`` of content, placed and split."""
    if scope.splits_by("language"):
        import ibis

        events = behind.in_point(scope, names=written_names(kinds))
        return events.mutate(amount=ibis.literal(1, "int64"))
    if scope.splits_by("kind"):
        return _by_kind(scope, kinds)
    days = scope.split(scope.placed(scope.member_days(scope.points[0].start, scope.last)))
    return days.mutate(amount=days[measure]).filter(days[measure] > 0)


def by_each(measure: str, kinds: tuple[str, ...] = KINDS) -> Any:
    """Return the query of what was published (part), and of who published (whole)."""

    def ask(scope: "Scope") -> Queries:
        made = amounts(scope, measure, kinds)
        told = {"part": made.amount.sum(), "whole": made.member_id.nunique()}
        return {"content": made.group_by(scope.keys).agg(**told)}

    return ask


def _counted(measure: str, kinds: tuple[str, ...]) -> Any:
    def ask(scope: "Scope") -> Queries:
        made = amounts(scope, measure, kinds)
        return {"content": made.group_by(scope.keys).agg(value=made.amount.sum())}

    return ask


def _evidence(kinds: tuple[str, ...]) -> Any:
    def evidence(scope: "Scope") -> "Table":
        return behind.as_role(behind.in_point(scope, names=written_names(kinds)), "counted")

    return evidence


def _published(kind: str, title: Text, question: Text) -> Metric:
    return Metric(
        key=f"content.{kind}",
        title=title,
        question=question,
        formula=Text(
            f"Number of {kind} published in the point's days; edited content counts at its first "
            "publication, deleted content still happened.",
            f"该时段内发布的{title.zh}数量；编辑过的内容按首次发布计，已删除的内容仍计入。",
        ),
        unit=kind,
        kind=Kind.COUNT,
        better=Direction.UP,
        dimensions=DIMENSIONS,
        note_keys=("deleted_still_counts",),
        additive=True,
        ask=_counted(kind, (kind,)),
        tell=counts,
        evidence=_evidence((kind,)),
    )


POSTS = _published(
    "posts", Text("Posts", "帖子"), Text("How many posts were published?", "发布了多少帖子？")
)
QUESTIONS = _published(
    "questions", Text("Questions", "提问"), Text("How many questions were asked?", "有多少提问？")
)
ANSWERS = _published(
    "answers", Text("Answers", "回答"), Text("How many answers were given?", "有多少回答？")
)
COMMENTS = _published(
    "comments", Text("Comments", "评论"), Text("How many comments were written?", "有多少评论？")
)
MESSAGES = _published(
    "messages",
    Text("Chat messages", "群聊消息"),
    Text("How many chat messages were sent?", "发送了多少群聊消息？"),
)

CONTRIBUTIONS = Metric(
    key="content.contributions",
    title=Text("Contributions", "内容贡献"),
    question=Text("How much was published in all?", "总共发布了多少内容？"),
    formula=Text(
        "Posts + questions + answers + comments + chat messages published in the point's days.",
        "该时段内发布的帖子 + 提问 + 回答 + 评论 + 群聊消息。",
    ),
    unit="contributions",
    kind=Kind.COUNT,
    better=Direction.UP,
    dimensions=("kind", *DIMENSIONS),
    note_keys=("deleted_still_counts",),
    additive=True,
    ask=_counted("written", KINDS),
    tell=counts,
    evidence=_evidence(KINDS),
)


def _per_active(scope: "Scope") -> Queries:
    days = scope.split(scope.placed(scope.member_days(scope.points[0].start, scope.last)))
    taking_part = days.member_id.nunique(where=days.participations > 0)
    return {
        "content": days.group_by(scope.keys).agg(part=days.written.sum(), whole=taking_part),
    }


def _per_active_evidence(scope: "Scope") -> "Table":
    names = written_names()
    events = behind.participation(scope)
    return behind.part_if(events, lambda t: t.name.isin(names))


PER_ACTIVE = Metric(
    key="content.per_active",
    title=Text("Contributions per active member", "人均贡献"),
    question=Text("How much does an active member publish?", "平均每位活跃成员发布多少内容？"),
    formula=Text("Contributions ÷ active people.", "内容贡献 ÷ 活跃人数。"),
    unit="ratio",
    kind=Kind.RATIO,
    better=Direction.UP,
    dimensions=("space", "source", "cohort", "band", "channel"),
    ask=_per_active,
    tell=ratios,
    evidence=_per_active_evidence,
)


def _per_day(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    ends = {point.start: point.end for point in scope.points}
    told = []
    for (start, group), row in slots(scope, only(results)).items():
        days = max(0, min(ends[start], scope.today + 1) - start)
        made = float(row.get("value") or 0)
        told.append(
            Point(
                start=date_of(start),
                group=group,
                value=made / days if days else None,
                part=made,
                whole=float(days),
                sample=days,
            )
        )
    return told


PER_DAY = Metric(
    key="content.per_day",
    title=Text("Contributions a day", "日均发言量"),
    question=Text("How much is published on an average day?", "平均每天发布多少内容？"),
    formula=Text(
        "Contributions ÷ days of the point that have begun.",
        "内容贡献 ÷ 该时段内已开始的天数。",
    ),
    unit="per day",
    kind=Kind.MEAN,
    better=Direction.UP,
    dimensions=("kind", *DIMENSIONS),
    ask=_counted("written", KINDS),
    tell=_per_day,
    evidence=_evidence(KINDS),
)

METRICS = (POSTS, QUESTIONS, ANSWERS, COMMENTS, MESSAGES, CONTRIBUTIONS, PER_ACTIVE, PER_DAY)
