"""What a target asks for, and what follows from its metric alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.definition import Direction, Kind, Metric
from juluo.analytics.question import Filters, Grain

if TYPE_CHECKING:
    from juluo.analytics.forecast import Scale

_TABLES = {Kind.TABLE, Kind.SHARE_TABLE}
_COUNTED = {Kind.COUNT, Kind.DISTINCT}
LEVEL, TOTAL = "level", "total"
GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH)
# The four families of indicators that plans are made of.
FAMILIES = ("growth", "activity", "quality", "reach")
_FAMILY_OF_SUBJECT = {
    "members": "growth",
    "newcomers": "growth",
    "participation": "activity",
    "interaction": "activity",
    "spaces": "activity",
    "content": "quality",
    "response": "quality",
    "concentration": "quality",
    "influence": "reach",
}
_ABOUT_ACTIVITY = ("members.active", "members.contributing", "members.stickiness")
# Where typed figures are not those of the catalog: shares in percent, durations in hours.
_TYPED_IN = {"share": 100.0, "seconds": 1 / 3600}


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a target measures: the question, without its days."""

    metric: str
    filters: Filters = field(default_factory=Filters)
    grain: Grain = Grain.MONTH
    is_total: bool = False

    @property
    def definition(self) -> Metric:
        """The metric's entry in the catalog."""
        return metric(self.metric)

    @property
    def scale(self) -> "Scale":
        """What the metric's values can be."""
        from juluo.analytics.forecast import Scale

        if self.definition.unit == "share":
            return Scale.SHARE
        return Scale.COUNT if self.definition.kind in _COUNTED else Scale.AMOUNT


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A target to be set: what it measures, from where to where, and its weight in the goal."""

    aim: Aim
    baseline: float
    value: float
    weight: int = 1


def goal_metrics() -> list[Metric]:
    """Return the metrics that a goal can be bound to: those that give one figure a period."""
    return [
        each
        for each in METRICS.values()
        if each.kind not in _TABLES and any(grain in each.grains for grain in GRAINS)
    ]


def family_of(key: str) -> str:
    """Return the family of indicators that a metric belongs to."""
    if key.startswith(_ABOUT_ACTIVITY):
        return "activity"
    return _FAMILY_OF_SUBJECT.get(key.partition(".")[0], "activity")


def higher_is_better(key: str, *, baseline: float, value: float) -> bool:
    """Return which way is better: the metric's own; where it has none, the target's.

    Where none is better and the level is to be held, it is kept from falling.
    """
    better = metric(key).better
    return value >= baseline if better is Direction.NEITHER else better is Direction.UP


def typed(value: float, unit: str) -> float:
    """Return a figure as people type it."""
    return round(value * _TYPED_IN.get(unit, 1.0), 2)


def from_typed(value: float, unit: str) -> float:
    """Return the figure that people mean by what they typed."""
    return value / _TYPED_IN.get(unit, 1.0)


def filters_of(kept: Mapping[str, Any]) -> Filters:
    """Return filters from the words a target keeps them in."""
    return Filters(
        exclude_staff=bool(kept.get("exclude_staff")),
        spaces=tuple(int(each) for each in kept.get("spaces", ())),
        sources=tuple(str(each) for each in kept.get("sources", ())),
    )


def kept_filters(filters: Filters) -> dict[str, Any]:
    """Return filters as a target keeps them: only what narrows."""
    kept = {
        "exclude_staff": filters.exclude_staff,
        "spaces": list(filters.spaces),
        "sources": list(filters.sources),
    }
    return {name: value for name, value in kept.items() if value}


def period_start(day: date, grain: Grain) -> date:
    """Return the first day of the week (Monday) or month that a day lies in."""
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain is Grain.MONTH else day


def period_before(day: date, grain: Grain, periods: int = 1) -> date:
    """Return the first day of the period so many before the one that begins on a day."""
    for _ in range(periods):
        day = period_start(day - timedelta(days=1), grain)
    return day


def period_after(day: date, grain: Grain) -> date:
    """Return the first day after the period that begins on a day."""
    return period_start(day + timedelta(days={"day": 1, "week": 7, "month": 32}[grain]), grain)


def periods_between(first: date, last: date, grain: Grain) -> int:
    """Return how many periods lie between two days on which periods begin."""
    if grain is Grain.MONTH:
        return (last.year - first.year) * 12 + last.month - first.month
    return (last - first).days // (7 if grain is Grain.WEEK else 1)


def usual_grain(start: date, end: date) -> Grain:
    """Return how a level is cut by default: so that several periods fit into the goal's days."""
    days = (end - start).days
    if days >= 85:
        return Grain.MONTH
    return Grain.WEEK if days >= 14 else Grain.DAY


def fitting_grain(definition: Metric, wanted: Grain | None, *, start: date, end: date) -> Grain:
    """Return how a level is cut: as wanted, or as suits the days, if the metric is cut so."""
    grain = wanted or usual_grain(start, end)
    return grain if grain in definition.grains else definition.grains[0]


def holds_a_period(start: date, end: date, grain: Grain) -> bool:
    """Say whether a whole period lies within the goal's days."""
    return period_before(period_start(end, grain), grain) >= start
