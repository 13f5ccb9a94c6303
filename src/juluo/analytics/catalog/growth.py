"""Members won and lost: new, retained, resurrected, lost, and the quick ratio."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.question import Point
from juluo.analytics.telling import counts, ratios

if TYPE_CHECKING:
    import pyarrow as pa

    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
GROWTH = ("space", "source", "channel")


def newcomers(scope: "Scope", measure: str) -> "Table":
    """Return the people whose first day with the measure lies in a point: ``member_id``, keys."""
    grouped = scope.by in {"space", "source"}
    firsts = scope.firsts(measure, grouped=grouped)
    firsts = firsts.mutate(day=firsts["first"])
    placed = scope.placed(firsts)
    if scope.cut:
        return scope.split(_with_home(scope, placed, measure))
    return placed if grouped else scope.split(placed)


def _with_home(scope: "Scope", new: "Table", measure: str) -> "Table":
    """Add where people did most of what is measured on their first day."""
    days = scope.placed(scope.people_days(scope.points[0].start, scope.last, measure))
    first = days.semi_join(new, ["member_id", "point", "day"])
    return new.join(scope.homes(first, measure).drop(measure), ["member_id", "point"])


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

METRICS = (
    NEW,
    NEW_CONTRIBUTING,
    RETAINED,
    RESURRECTED,
    LOST,
    QUICK_RATIO,
)
