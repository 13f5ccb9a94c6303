"""Who is here: active, new, returning and lost members, and whether they stay."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import behind
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Grain, Point
from juluo.analytics.telling import counts, only, ratios, share

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
PEOPLE = ("space", "source", "cohort", "band", "channel")
STEADY = ("space", "source", "cohort", "channel")
GROWTH = ("space", "source", "channel")


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
    evidence=behind.participation,
)


# --- new, retained, resurrected, lost ----------------------------------------------------------


def newcomers(scope: "Scope", measure: str) -> "Table":
    """Return the people whose first day with the measure lies in a point: ``member_id``, keys."""
    grouped = scope.by in {"space", "source"}
    firsts = scope.firsts(measure, grouped=grouped)
    firsts = firsts.mutate(day=firsts["first"])
    placed = scope.placed(firsts)
    return placed if grouped else scope.split(placed)


def _new(measure_of: Any) -> Any:
    def ask(scope: "Scope") -> Queries:
        measure = measure_of(scope)
        new = newcomers(scope, measure)
        queries = {"new": new.group_by(scope.keys).agg(value=new.count())}
        if measure == "joins":
            days = scope.member_days(None, scope.last)
            queries["recorded"] = days.agg(joins=days.joins.sum())
        return queries

    return ask


def _new_points(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    """Tell counts; where no date of joining is recorded at all, there is nothing to say."""
    told = counts(scope, results)
    if "recorded" in results and not results["recorded"]["joins"][0].as_py():
        return [replace(point, value=None) for point in told]
    return told


def _new_evidence(measure_of: Any) -> Any:
    def evidence(scope: "Scope") -> "Table":
        if measure_of(scope) == "joins":
            return _joinings(scope)
        chosen = behind.as_role(newcomers(scope, measure_of(scope)), "counted")
        return behind.of_people(scope, chosen, scope.points[0].start, scope.last)

    return evidence


def _joinings(scope: "Scope") -> "Table":
    from juluo.analytics.relations import JOINED

    joined = behind.in_point(scope, names=[JOINED])
    dated = joined.payload.cast("json")["dated"].bool.fill_null(True)  # noqa: FBT003 - a literal
    new = newcomers(scope, "joins").select("member_id", "day", *scope.group_keys)
    keys = ["member_id", "day", *scope.group_keys]
    return behind.as_role(joined.filter(dated).semi_join(new, keys), "counted")


def _beginning(scope: "Scope") -> str:
    return "joins" if scope.question.filters.by_joined else "participations"


NEW = Metric(
    key="members.new",
    title=Text("New members", "新成员"),
    question=Text("How many people took part for the first time?", "有多少人第一次参与？"),
    formula=Text(
        "People whose first participation of all lies in the point's days. With the filter "
        "“by joining”: people whose recorded date of joining does. When spaces or sources are "
        "chosen, the first participation there.",
        "首次参与落在该时段内的人数。使用“按加入时间”筛选时，改为有记录的加入日期落在该时段内"
        "的人数。选定版块或来源时，以在其中的首次参与为准。",
    ),
    unit="members",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=GROWTH,
    ask=_new(_beginning),
    tell=_new_points,
    evidence=_new_evidence(_beginning),
)

NEW_CONTRIBUTING = Metric(
    key="members.new_contributing",
    title=Text("New contributing members", "新贡献成员"),
    question=Text("How many people contributed for the first time?", "有多少人第一次做出贡献？"),
    formula=Text(
        "People whose first contribution of all lies in the point's days.",
        "首次贡献落在该时段内的人数。",
    ),
    unit="members",
    kind=Kind.DISTINCT,
    better=Direction.UP,
    dimensions=GROWTH,
    ask=_new(lambda _: "contributions"),
    tell=counts,
    evidence=_new_evidence(lambda _: "contributions"),
)


def movement(scope: "Scope", *, fresh: bool = True) -> "Table":
    """Return, per point, group and person active now or in the window before, what they are.

    Columns: ``member_id``, the keys, and the booleans ``retained`` and ``lost``; with ``fresh``,
    which needs everyone's first day, ``new`` and ``resurrected``. Exactly one is true.
    """
    rows = []
    for p in scope.points:
        rows += [(day, p.start, True) for day in range(p.start, p.end)]
        rows += [(day, p.start, False) for day in range(p.before, p.start)]
    schema = {"day": "int32", "point": "int32", "now": "boolean"}
    calendar = scope.offered("now_and_before", schema, rows)
    days = scope.people_days(min(p.before for p in scope.points), scope.last)
    # One row per person and day first: every day stands in two points.
    if scope.by in {None, "space", "source"}:
        person = ["member_id", "day", *scope.group_keys]
        seen = scope.split(days).select(person).distinct().join(calendar, "day")
    else:
        seen = scope.split(days.select("member_id", "day").distinct().join(calendar, "day"))
    keys = [*scope.keys, "member_id"]
    states = seen.group_by(keys).agg(now=seen.now.any(), before=(~seen.now).any())
    told = {"retained": states.now & states.before, "lost": ~states.now}
    if not fresh:
        return states.select(*keys, **told)
    grouped = scope.by in {"space", "source"}
    begun = states.join(
        scope.firsts(grouped=grouped), ["member_id", "group"] if grouped else "member_id"
    )
    is_new = begun["first"] >= begun.point
    return begun.select(
        *keys,
        retained=begun.now & begun.before,
        lost=~begun.now,
        new=begun.now & is_new,
        resurrected=begun.now & ~begun.before & ~is_new,
    )


def _moved(state: str) -> Any:
    def ask(scope: "Scope") -> Queries:
        moved = movement(scope, fresh=state == "resurrected")
        moved = moved.filter(moved[state])
        return {state: moved.group_by(scope.keys).agg(value=moved.count())}

    return ask


def _moved_evidence(*states: str) -> Any:
    def evidence(scope: "Scope") -> "Table":
        (point,) = scope.points
        moved = movement(scope)
        first, end = (point.before, point.end) if "lost" in states else (point.start, point.end)
        keep = moved[states[0]]
        for state in states[1:]:
            keep = keep | moved[state]
        chosen = moved.filter(keep)
        if len(states) == 1:
            return behind.of_people(scope, behind.as_role(chosen, "counted"), first, end)
        # The quick ratio: those won are the part, those lost are the whole.
        return behind.of_people(scope, behind.part_if(chosen, lambda t: ~t.lost), first, end)

    return evidence


def _growth(state: str, title: Text, question: Text, formula: Text, better: Direction) -> Metric:
    return Metric(
        key=f"members.{state}",
        title=title,
        question=question,
        formula=formula,
        unit="members",
        kind=Kind.DISTINCT,
        better=better,
        dimensions=GROWTH,
        note_keys=("window_before_is_full_grain",),
        ask=_moved(state),
        tell=counts,
        evidence=_moved_evidence(state),
    )


RETAINED = _growth(
    "retained",
    Text("Retained members", "留存成员"),
    Text("How many active people were active before, too?", "有多少活跃成员上期也活跃？"),
    Text(
        "People active in the point and in the window of the same grain just before it.",
        "本期活跃且上期（紧邻的同粒度时段）也活跃的人数。",
    ),
    Direction.UP,
)
RESURRECTED = _growth(
    "resurrected",
    Text("Resurrected members", "回流成员"),
    Text("How many people came back after a pause?", "有多少人中断后又回来？"),
    Text(
        "People active in the point, not in the window before it, but earlier.",
        "本期活跃、上期不活跃、但更早曾活跃的人数。",
    ),
    Direction.UP,
)
LOST = _growth(
    "lost",
    Text("Lost members", "流失成员"),
    Text("How many people who were active before are not now?", "有多少上期活跃的人本期不再活跃？"),
    Text(
        "People active in the window before the point and not in the point. A point that has not "
        "wholly passed overstates them.",
        "上期活跃而本期不活跃的人数。尚未结束的时段会高估。",
    ),
    Direction.DOWN,
)


def _quick(scope: "Scope") -> Queries:
    moved = movement(scope)
    won = (moved.new | moved.resurrected).cast("int64").sum()
    lost = moved.lost.cast("int64").sum()
    return {"moved": moved.group_by(scope.keys).agg(part=won, whole=lost)}


QUICK_RATIO = Metric(
    key="members.quick_ratio",
    title=Text("Quick ratio", "速动比"),
    question=Text("How many people are won for each one lost?", "每流失一人，赢得多少人？"),
    formula=Text("(New + resurrected) ÷ lost.", "（新成员 + 回流成员）÷ 流失成员。"),
    unit="ratio",
    kind=Kind.RATIO,
    better=Direction.UP,
    dimensions=GROWTH,
    note_keys=("window_before_is_full_grain",),
    ask=_quick,
    tell=ratios,
    evidence=_moved_evidence("new", "resurrected", "lost"),
)


# --- total and participation rate live on the same changes ---------------------------------------


def known_changes(scope: "Scope") -> "Table":
    """Return, per day, by how many the people known to the community grow: ``day``, ``change``.

    Someone is known from joining or being first seen; a recorded leaving ends it, being seen
    later begins it again.
    """
    import ibis

    days = scope.member_days(None, scope.last, everywhere=True)
    if scope.question.filters.sources:
        days = days.filter(days.source.isin(list(scope.question.filters.sources)))
    if scope.question.filters.spaces:
        # Leaving happens to the community, in no space.
        here = days.space_id.isin(list(scope.question.filters.spaces))
        days = days.filter(here | days.left_us.notnull())
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


# --- retention by cohort -------------------------------------------------------------------------


def _retention(scope: "Scope") -> Queries:
    firsts = scope.firsts()
    firsts = firsts.filter(firsts["first"] >= scope.start, firsts["first"] < scope.end)
    names = scope.day_names()
    unit = scope.question.grain.value
    begun = firsts.join(names, firsts["first"] == names.day)
    begun = begun.select("member_id", "first", cohort=begun[unit])
    days = scope.people_days(scope.start, scope.today + 1)
    days = days.select("member_id", "day").distinct().join(names, "day")
    seen = days.select("member_id", period=days[unit]).distinct().join(begun, "member_id")
    seen = seen.mutate(age=seen.period - seen.cohort)
    sizes = begun.group_by("cohort").agg(size=begun.count(), begin=begun["first"].min())
    return {
        "cohorts": sizes,
        "active": seen.group_by("cohort", "age").agg(active=seen.count()),
    }


def _retention_points(scope: "Scope", results: Mapping[str, "pa.Table"]) -> list[Point]:
    from juluo.analytics.calendar import grain_start, next_start

    grain = scope.question.grain
    sizes = {row["cohort"]: row for row in results["cohorts"].to_pylist()}
    active = {(r["cohort"], r["age"]): r["active"] for r in results["active"].to_pylist()}
    told = []
    for cohort, row in sorted(sizes.items()):
        begin = grain_start(row["begin"], grain)
        age, following = 0, next_start(begin, grain)
        while scope.begins(following) <= scope.as_of:
            part, size = float(active.get((cohort, age), 0)), float(row["size"])
            extra = {"age": float(age), "active": part, "size": size}
            told.append(share((max(begin, scope.start), None), part, size, extra=extra))
            age, following = age + 1, next_start(following, grain)
    return told


def _retention_evidence(scope: "Scope") -> "Table":
    firsts = newcomers(scope, "participations")
    chosen = behind.as_role(firsts, "counted")
    return behind.of_people(scope, chosen, scope.points[0].start, scope.today + 1)


RETENTION = Metric(
    key="members.retention",
    title=Text("Retention by cohort", "同期群留存"),
    question=Text(
        "Of the people who began together, what share is active k windows later?",
        "同期开始的成员，k 个时段之后还有多大比例活跃？",
    ),
    formula=Text(
        "Cohort: people whose first participation lies in the week (month). Age k: the share of "
        "them active in the k-th week (month) after it; only windows that have wholly passed.",
        "同期群：首次参与落在同一周（月）的人。第 k 期：其中在之后第 k 周（月）活跃的比例；"
        "只计已经结束的时段。",
    ),
    unit="share",
    kind=Kind.SHARE_TABLE,
    better=Direction.UP,
    grains=(Grain.WEEK, Grain.MONTH),
    note_keys=("open_windows_left_out",),
    ask=_retention,
    tell=_retention_points,
    evidence=_retention_evidence,
)

METRICS = (
    ACTIVE,
    CONTRIBUTING,
    ACTIVE_7D,
    ACTIVE_28D,
    STICKINESS,
    NEW,
    NEW_CONTRIBUTING,
    RETAINED,
    RESURRECTED,
    LOST,
    QUICK_RATIO,
    RETENTION,
    TOTAL,
)
