"""Who is here: active members by any width of window, and everyone who is known."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import behind, growth, retention
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Point
from juluo.analytics.telling import counts, only

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
PEOPLE = ("space", "source", "cohort", "band", "channel")
STEADY = ("space", "source", "cohort", "channel")


def people_with(measure: str) -> Any:
    """Return an asker of the distinct people with at least one of the measure, per point."""

    def ask(scope: "Scope") -> Queries:
        days = scope.window_days(measure)
        return {"people": days.group_by(scope.keys).agg(value=days.member_id.nunique())}

    return ask


ACTIVE = Metric(
    key="members.active",
    title=Text("Active members", "活跃成员"),
    question=Text("How many people took part?", "有多少人参与了社群？"),
    formula=Text(
        "Distinct people with participation (a contribution, a reaction or another kind of "
        "taking part) in the point's days.",
        "在该时段内有参与行为（贡献、互动或其他参与）的不同人数。",
    ),
    unit="members",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=PEOPLE,
    ask=people_with("participations"),
    tell=counts,
    evidence=behind.participation,
)

CONTRIBUTING = Metric(
    key="members.contributing",
    title=Text("Contributing members", "贡献成员"),
    question=Text("How many people contributed something?", "有多少人做出了贡献？"),
    formula=Text(
        "Distinct people with a contribution (a post, question, answer, comment, chat message "
        "or accepted answer) in the point's days.",
        "在该时段内有贡献（发帖、提问、回答、评论、发消息或采纳回答）的不同人数。",
    ),
    unit="members",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=PEOPLE,
    ask=people_with("contributions"),
    tell=counts,
    evidence=behind.contribution,
)


# --- rolling actives ------------------------------------------------------------------------


def rolling(scope: "Scope", width: int) -> "Table":
    """Return, per day, by how much the people active in the last ``width`` days change.

    Columns: ``day``, ``change`` and ``today`` (people active on that very day), and ``group``.
    """
    import ibis

    days = scope.people_days(scope.points[0].start - width + 1, scope.last)
    keys = [*scope.group_keys, "member_id", "day"]
    seen = scope.split(days).select(keys).distinct()
    own = ibis.window(group_by=[*scope.group_keys, "member_id"], order_by="day")
    seen = seen.mutate(before=seen.day.lag().over(own), after=seen.day.lead().over(own))
    new = seen.before.isnull() | (seen.day - seen.before >= width)
    risen = seen.mutate(change=new.cast("int64"), today=ibis.literal(1, "int64"))
    gone = seen.filter(seen.after.isnull() | (seen.after - seen.day >= width))
    gone = gone.mutate(
        day=(gone.day + width).cast("int32"),
        change=ibis.literal(-1, "int64"),
        today=ibis.literal(0, "int64"),
    )
    columns = [*scope.group_keys, "day", "change", "today"]
    both = risen.select(columns).union(gone.select(columns))
    return both.group_by([*scope.group_keys, "day"]).agg(
        change=both.change.sum(), today=both.today.sum()
    )


def rolled(
    scope: "Scope", rows: list[dict[str, Any]]
) -> dict[str | None, dict[int, tuple[int, int]]]:
    """Return per group and day of the window: people active in the width, and that day."""
    groups = {row.get("group") for row in rows} or ({None} if scope.by is None else set())
    told: dict[str | None, dict[int, tuple[int, int]]] = {}
    for group in sorted(groups, key=str):
        changes = {row["day"]: row for row in rows if row.get("group") == group}
        level, told[group] = 0, {}
        for day in range(min(changes, default=scope.start), scope.last):
            row = changes.get(day)
            level += int(row["change"]) if row else 0
            told[group][day] = (level, int(row["today"]) if row else 0)
    return told


def _rolling_points(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    told = []
    series = rolled(scope, only(results))
    for point in scope.points:
        day = min(point.end - 1, scope.today)
        for group, levels in series.items():
            value = float(levels.get(day, (0, 0))[0]) if day >= point.start else None
            told.append(Point(start=date_of(point.start), group=group, value=value))
    return told


def _rolling_evidence(width: int) -> Any:
    def evidence(scope: "Scope") -> "Table":
        day = min(scope.last - 1, scope.today)
        people = scope.split(scope.people_days(day - width + 1, day + 1))
        chosen = behind.as_role(people, "counted")
        return behind.of_people(scope, chosen, day - width + 1, day + 1)

    return evidence


def _active_in(width: int, zh: str) -> Metric:
    return Metric(
        key=f"members.active_{width}d",
        title=Text(f"Active members, {width} days", f"{zh}活跃成员"),
        question=Text(
            f"How many people took part in the last {width} days?",
            f"最近 {width} 天有多少人参与了社群？",
        ),
        formula=Text(
            f"At each day: distinct people with participation in the {width} days ending that "
            "day. A week or month shows its last day so far.",
            f"每一天：截至当天的 {width} 天内有参与行为的不同人数；按周或按月时取其最后一天。",
        ),
        unit="members",
        kind=Kind.DISTINCT,
        better=Direction.UP,
        dimensions=STEADY,
        ask=lambda scope: {"changes": rolling(scope, width)},
        tell=_rolling_points,
        evidence=_rolling_evidence(width),
    )


ACTIVE_7D = _active_in(7, "7 日")
ACTIVE_28D = _active_in(28, "28 日")


def _stickiness(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    told = []
    series = rolled(scope, only(results))
    for point in scope.points:
        for group, levels in series.items():
            days = range(point.start, min(point.end, scope.today + 1))
            pairs = [levels.get(day, (0, 0)) for day in days]
            ratios_ = [today / level for level, today in pairs if level]
            value = sum(ratios_) / len(ratios_) if ratios_ else None
            told.append(
                Point(start=date_of(point.start), group=group, value=value, sample=len(ratios_))
            )
    return told


def _stickiness_evidence(scope: "Scope") -> "Table":
    """Return who came on the point's days, and on the 28 days that each is held against."""
    import ibis

    from juluo.analytics import relations

    first = scope.points[0].start
    events = scope.events(first - 27, scope.last)
    events = events.filter(
        events.name.isin(relations.participation_names()), events.member_id.notnull()
    )
    events = scope.split(events.mutate(point=ibis.literal(first, "int32")))
    return behind.part_if(events, lambda t: t.day >= first)


STICKINESS = Metric(
    key="members.stickiness",
    title=Text("Stickiness", "粘性"),
    question=Text(
        "Of the people active in 28 days, what share comes on a given day?",
        "28 日活跃的人中，平均每天有多大比例到来？",
    ),
    formula=Text(
        "Mean over the point's days of people active that day ÷ people active in the 28 days "
        "ending that day; days with nobody active in 28 days are left out.",
        "对时段内每一天计算“当日活跃人数 ÷ 截至当日的 28 日活跃人数”，再取平均；"
        "28 日内无人活跃的日子不计入。",
    ),
    unit="share",
    kind=Kind.MEAN,
    better=Direction.UP,
    dimensions=STEADY,
    ask=lambda scope: {"changes": rolling(scope, 28)},
    tell=_stickiness,
    evidence=_stickiness_evidence,
)


# --- total and participation rate live on the same changes ---------------------------------------


def known_days(scope: "Scope") -> "Table":
    """Return the member-days, up to the last point, that tell whom the community knows."""
    days = scope.member_days(None, scope.last, everywhere=True)
    if scope.question.filters.sources:
        days = days.filter(days.source.isin(list(scope.question.filters.sources)))
    if scope.question.filters.spaces:
        # Leaving happens to the community, in no space.
        here = days.space_id.isin(list(scope.question.filters.spaces))
        days = days.filter(here | days.left_us.notnull())
    return days


def known_changes(scope: "Scope") -> "Table":
    """Return, per day, by how many the people known to the community grow: ``day``, ``change``.

    Someone is known from joining or being first seen; a recorded leaving ends it, being seen
    later begins it again.
    """
    import ibis

    days = known_days(scope)
    days = scope.split(days.filter(days.member_id.notnull()))
    person = [*scope.group_keys, "member_id"]
    ends = days.group_by([*person, "day"]).agg(seen=days.seen_us.max(), left=days.left_us.max())
    stays = ends["left"].isnull() | (ends.seen.notnull() & (ends.seen > ends["left"]))
    ends = ends.mutate(here=stays.cast("int64"))
    own = ibis.window(group_by=person, order_by="day")
    moves = ends.mutate(change=ends.here - ends.here.lag().over(own).fill_null(0))
    return moves.group_by([*scope.group_keys, "day"]).agg(change=moves.change.sum())


def known_before(rows: list[dict[str, Any]], group: str | None, day: int) -> int:
    """Return how many were known when the day began."""
    return sum(int(r["change"]) for r in rows if r.get("group") == group and r["day"] < day)


def _totals(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    rows = only(results)
    groups = {row.get("group") for row in rows} or ({None} if scope.by is None else set())
    return [
        Point(
            start=date_of(point.start),
            group=group,
            value=float(known_before(rows, group, point.end)),
        )
        for point in scope.points
        for group in sorted(groups, key=str)
    ]


def _total_evidence(scope: "Scope") -> "Table":
    from juluo.analytics import relations

    days = scope.member_days(None, scope.last)
    first = days.day.min()
    firsts = days.filter(days.member_id.notnull()).group_by("member_id").agg(day=first)
    events = scope.events(scope.first, scope.last)
    events = events.filter(events.name.isin([*relations.participation_names(),
                                             relations.JOINED, relations.LEFT]))  # fmt: skip
    import ibis

    events = events.semi_join(firsts, ["member_id", "day"]).union(
        events.filter(events.name == relations.LEFT), distinct=True
    )
    events = events.mutate(point=ibis.literal(scope.points[0].start, "int32"))
    return behind.as_role(scope.split(events), "counted")


TOTAL = Metric(
    key="members.total",
    title=Text("Members", "成员总数"),
    question=Text("How many people does the community have?", "社群共有多少人？"),
    formula=Text(
        "People who joined or were first seen before the end of the point, less those who left "
        "and were not seen since.",
        "在该时段结束前加入或首次出现的人数，减去已离开且此后未再出现的人数。",
    ),
    unit="members",
    kind=Kind.COUNT,
    better=Direction.UP,
    dimensions=("source", "channel"),
    ask=lambda scope: {"changes": known_changes(scope)},
    tell=_totals,
    evidence=_total_evidence,
)

METRICS = (
    ACTIVE,
    CONTRIBUTING,
    ACTIVE_7D,
    ACTIVE_28D,
    STICKINESS,
    *growth.METRICS,
    *retention.METRICS,
    TOTAL,
)
