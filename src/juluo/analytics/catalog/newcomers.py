"""How newcomers fare: are they answered, do they come again, do they stay."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import behind
from juluo.analytics.catalog.growth import newcomers
from juluo.analytics.catalog.response import converted, first_replies, openings, reply_evidence
from juluo.analytics.definition import Direction, Kind, Metric, Text
from juluo.analytics.telling import shares

if TYPE_CHECKING:
    from juluo.analytics.definition import Table
    from juluo.analytics.scope import Scope

Queries = Mapping[str, Any]
GROWTH = ("space", "source", "channel")
NEW_FOR_DAYS = 28
RETURN_FROM, RETURN_TO = 28, 55


def _first_openings(scope: "Scope") -> "Table":
    """Return the openings that are their author's first of all, while the author is new."""
    import ibis

    grouped = scope.by in {"space", "source"}
    person = ["member_id", "group"] if grouped else ["member_id"]
    opened = openings(scope)
    begun = scope.firsts("openings", grouped=grouped)
    came = scope.firsts(grouped=grouped)
    came = came.select(*person, came=came["first"])
    met = opened.join(begun, person).join(came, person)
    met = met.filter(met.day == met["first"], met.day - met.came <= NEW_FOR_DAYS)
    order = ibis.window(group_by=[*person, "point"], order_by=["at_us", "key"])
    ranked = met.mutate(place=ibis.row_number().over(order))
    return ranked.filter(ranked.place == 0).drop("place", "first", "came")


ANSWERED_1D = Metric(
    key="newcomers.answered_1d",
    title=Text("Newcomers answered within a day", "新人首帖 1 日回复率"),
    question=Text(
        "What share of newcomers' first posts or questions gets a reply within a day?",
        "新人的首个帖子或提问有多大比例在 1 天内得到回复？",
    ),
    formula=Text(
        "First openings replied to by another person within 1 day ÷ first openings of the "
        "point's days whose day has passed. A first opening is its author's first of all, at "
        "most 28 days after the author's first participation.",
        "1 天内获他人回复的首帖数 ÷ 该时段内等待期已满的首帖数。首帖指作者的第一个主题，"
        "且距其首次参与不超过 28 天。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=GROWTH,
    note_keys=("open_windows_left_out",),
    ask=lambda scope: converted(scope, first_replies(scope, _first_openings(scope), 1)),
    tell=shares,
    evidence=reply_evidence(1, _first_openings),
)


def _returning(measure: str, first_age: int, last_age: int) -> Any:
    """Return a query of newcomers with ``wait`` set if they returned, and ``closed``."""

    def told(scope: "Scope") -> "Table":
        grouped = scope.by in {"space", "source"}
        person = ["member_id", "group"] if grouped else ["member_id"]
        new = newcomers(scope, measure)
        days = scope.people_days(scope.points[0].start, scope.last + last_age, measure)
        days = (scope.split(days) if grouped else days).select(*person, later=days.day).distinct()
        met = new.select(*person, "first").join(days, person)
        age = met.later - met["first"]
        met = met.filter(age >= first_age, age <= last_age)
        back = met.group_by(person).agg(wait=(met.later - met["first"]).min())
        joined = new.left_join(back, person).drop(*[f"{key}_right" for key in person])
        # Closed when the last day has ended: the moments the days begin come as a small table.
        first_days = {day for point in scope.points for day in range(point.start, point.end)}
        ends = [
            (day, scope.begins(day + last_age + 1) <= scope.as_of) for day in sorted(first_days)
        ]
        closing = scope.offered("closing", {"first": "int32", "closed": "boolean"}, ends)
        return joined.join(closing, "first")

    return told


def _returning_evidence(told: Any, last_age: int) -> Any:
    def evidence(scope: "Scope") -> "Table":
        people = told(scope)
        people = people.filter(people.closed)
        chosen = behind.part_if(people, lambda t: t.wait.notnull())
        return behind.of_people(scope, chosen, scope.points[0].start, scope.last + last_age)

    return evidence


_SECOND = _returning("contributions", 1, 7)
SECOND_CONTRIBUTION_7D = Metric(
    key="newcomers.second_contribution_7d",
    title=Text("Newcomers who contribute again within 7 days", "新人 7 日再贡献率"),
    question=Text(
        "What share of new contributors contributes again within a week?",
        "新贡献成员中有多大比例在一周内再次贡献？",
    ),
    formula=Text(
        "People with another contribution on a later day, at most 7 days after their first "
        "contribution ÷ people whose first contribution lies in the point's days and whose 7 days "
        "have passed.",
        "首次贡献后 7 天内在之后某天再次贡献的人数 ÷ 首次贡献落在该时段内且已满 7 天的人数。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=GROWTH,
    note_keys=("open_windows_left_out",),
    ask=lambda scope: converted(scope, _SECOND(scope)),
    tell=shares,
    evidence=_returning_evidence(_SECOND, 7),
)

_STAYED = _returning("participations", RETURN_FROM, RETURN_TO)
RETENTION_28D = Metric(
    key="newcomers.retention_28d",
    title=Text("Newcomers still active after 28 days", "新人 28 日留存率"),
    question=Text(
        "What share of newcomers is active in the second four weeks?",
        "新人中有多大比例在第二个四周仍活跃？",
    ),
    formula=Text(
        "Newcomers active between day 28 and day 55 after their first ÷ people whose first "
        "participation lies in the point's days and whose day 55 has passed.",
        "首次参与后第 28 至第 55 天内活跃的人数 ÷ 首次参与落在该时段内且第 55 天已过的人数。",
    ),
    unit="share",
    kind=Kind.SHARE,
    better=Direction.UP,
    dimensions=GROWTH,
    note_keys=("open_windows_left_out",),
    ask=lambda scope: converted(scope, _STAYED(scope)),
    tell=shares,
    evidence=_returning_evidence(_STAYED, RETURN_TO),
)

METRICS = (ANSWERED_1D, SECOND_CONTRIBUTION_7D, RETENTION_28D)
