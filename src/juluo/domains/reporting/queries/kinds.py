"""Which sections each kind of report has, in the order they are printed."""

from collections.abc import Callable

from juluo.domains.reporting.queries.draft import Draft
from juluo.domains.reporting.queries.sections import (
    activity,
    chosen,
    effects,
    goals,
    headlines,
    method,
    money,
    moved,
    outlook,
    people,
    promises,
    risks,
    summary,
    talk,
    work,
)
from juluo.domains.reporting.types import Kind
from juluo.lib.documents.model import Section

Builder = Callable[[Draft], Section | None]

_WHOLE: tuple[Builder, ...] = (
    promises.promises,
    summary.summary,
    chosen.highlights,
    chosen.shortcomings,
    headlines.key_figures,
    goals.goals,
    moved.moved,
    effects.effects,
    work.work,
    people.trend,
    people.growth,
    people.retention,
    talk.answering,
    talk.spaces,
    talk.contributors,
    money.money,
    risks.risks,
    chosen.advice,
    outlook.outlook,
    method.method,
)
_WEEKLY: tuple[Builder, ...] = (
    promises.promises,
    summary.summary,
    moved.moved,
    goals.in_brief,
    work.work,
    risks.risks,
    chosen.advice,
    outlook.outlook,
    method.method,
)
_ACTIVITY: tuple[Builder, ...] = (
    promises.promises,
    activity.activity,
    activity.reach,
    work.work,
    effects.effects,
    money.money,
    goals.goals,
    risks.risks,
    chosen.highlights,
    chosen.shortcomings,
    chosen.advice,
    method.method,
)
_WORK: tuple[Builder, ...] = (
    promises.promises,
    work.work,
    headlines.key_figures,
    goals.in_brief,
    effects.effects,
    chosen.highlights,
    chosen.shortcomings,
    chosen.advice,
    outlook.outlook,
    method.method,
)

SECTIONS: dict[Kind, tuple[Builder, ...]] = {
    **dict.fromkeys(Kind, _WHOLE),
    Kind.WEEKLY: _WEEKLY,
    Kind.ACTIVITY: _ACTIVITY,
    Kind.WORK: _WORK,
}
# What is chosen from everything that the others found.
AFTER_ALL: frozenset[Builder] = frozenset(
    {summary.summary, chosen.highlights, chosen.shortcomings, chosen.advice}
)
