"""Which sections each kind of report has, in the order they are printed."""

from collections.abc import Callable

from juluo.domains.reporting.queries.draft import Draft
from juluo.domains.reporting.queries.sections import (
    activity,
    effects,
    goals,
    headlines,
    method,
    moved,
    people,
    promises,
    talk,
    work,
)
from juluo.domains.reporting.types import Kind
from juluo.lib.documents.model import Section

Builder = Callable[[Draft], Section | None]

_WHOLE: tuple[Builder, ...] = (
    promises.promises,
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
    method.method,
)
_WEEKLY: tuple[Builder, ...] = (
    promises.promises,
    headlines.key_figures,
    moved.moved,
    goals.in_brief,
    work.work,
    method.method,
)
_ACTIVITY: tuple[Builder, ...] = (
    promises.promises,
    activity.activity,
    activity.reach,
    work.work,
    effects.effects,
    goals.goals,
    method.method,
)
_WORK: tuple[Builder, ...] = (
    promises.promises,
    work.work,
    headlines.key_figures,
    goals.in_brief,
    effects.effects,
    method.method,
)

SECTIONS: dict[Kind, tuple[Builder, ...]] = {
    **dict.fromkeys(Kind, _WHOLE),
    Kind.WEEKLY: _WEEKLY,
    Kind.ACTIVITY: _ACTIVITY,
    Kind.WORK: _WORK,
}
# What is chosen from everything that the others found.
AFTER_ALL: frozenset[Builder] = frozenset()
