"""What was done to move figures, with what was said of it before: strategies, activities."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from juluo.analytics.question import Filters
from juluo.domains.planning.models import Plan, Strategy, StrategyEffect, Target
from juluo.domains.planning.queries.goals import aim_of
from juluo.ui.looks import Look

STRATEGY, PLAN = "strategy", "plan"
_ACTIVITIES = (Plan.Kind.ACTIVITY, Plan.Kind.CAMPAIGN)


@dataclass(frozen=True, kw_only=True)
class StatedAim:
    """What something should move, as it was stated before; of an activity no size is stated."""

    target_id: int
    metric: str
    filters: Filters
    higher_is_better: bool
    expected_change: float | None
    by: date


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A strategy or the plan of an activity; ``end`` is the first day after it."""

    kind: str
    id: int
    title: str
    start: date
    end: date
    is_dropped: bool
    aims: tuple[StatedAim, ...]


def attempts(
    *, start: date, end: date, timezone: str, plan_ids: Collection[int] | None = None
) -> list[Attempt]:
    """Return what ran on the days ``[start, end)``: strategies first, then activities.

    What was given up is among it, so that nobody reads of successes alone.
    """
    strategies = Strategy.objects.filter(start__lt=end, end__gt=start)
    strategies = strategies.exclude(status=Strategy.Status.PLANNED)
    settled = (Plan.Status.APPROVED, Plan.Status.CLOSED)
    plans = Plan.objects.filter(kind__in=_ACTIVITIES, start__lt=end, end__gt=start)
    if plan_ids is None:
        plans = plans.filter(status__in=settled)
        strategies = strategies.filter(plan__status__in=settled)
    else:
        plans, strategies = plans.filter(pk__in=plan_ids), strategies.filter(plan__in=plan_ids)
    rows = strategies.order_by("plan_id", "position", "pk")
    return [*_strategies(list(rows)), *_plans(list(plans.order_by("start", "pk")), timezone)]


def strategy_attempt(strategy_id: int) -> Attempt | None:
    """Return one strategy that has begun; None where there is none."""
    rows = Strategy.objects.filter(pk=strategy_id).exclude(status=Strategy.Status.PLANNED)
    return next(iter(_strategies(list(rows))), None)


def attempt(kind: str, attempt_id: int, *, today: date, timezone: str) -> Attempt | None:
    """Return a strategy, or the plan of an activity, that has begun; None where there is none."""
    if kind == STRATEGY:
        return strategy_attempt(attempt_id)
    rows = Plan.objects.filter(pk=attempt_id, kind__in=_ACTIVITIES, start__lte=today)
    return next(iter(_plans(list(rows), timezone)), None)


def strategies_towards(target_ids: Collection[int]) -> dict[int, list[str]]:
    """Return what is planned or under way and was said to move these targets, by target."""
    live = (Strategy.Status.PLANNED, Strategy.Status.RUNNING)
    rows = StrategyEffect.objects.filter(target__in=target_ids, strategy__status__in=live)
    found: dict[int, list[str]] = {}
    for target_id, title in rows.order_by("pk").values_list("target_id", "strategy__title"):
        found.setdefault(target_id, []).append(title)
    return found


def spaces_aimed_at(plan_ids: Collection[int]) -> tuple[int, ...]:
    """Return the spaces that goals of these plans are measured in."""
    targets = Target.objects.filter(goal__plan__in=plan_ids, goal__dropped_at=None)
    return tuple(sorted({each for row in targets for each in aim_of(row).filters.spaces}))


def _strategies(rows: list[Strategy]) -> list[Attempt]:
    stated = StrategyEffect.objects.filter(strategy__in=rows).select_related("target")
    by_strategy: dict[int, list[StatedAim]] = {each.pk: [] for each in rows}
    for each in stated.order_by("pk"):
        aim = _aim(each.target, each.expected_change, each.by)
        by_strategy[each.strategy_id].append(aim)
    return [
        Attempt(
            kind=STRATEGY,
            id=each.pk,
            title=each.title,
            start=each.start,
            end=each.end,
            is_dropped=each.status == Strategy.Status.DROPPED,
            aims=tuple(by_strategy[each.pk]),
        )
        for each in rows
    ]


def _plans(rows: list[Plan], timezone: str) -> list[Attempt]:
    """Return activities; only goals that were set before they began were stated beforehand."""
    zone = ZoneInfo(timezone)
    targets = Target.objects.filter(goal__plan__in=rows, goal__dropped_at=None)
    by_plan: dict[int, list[StatedAim]] = {each.pk: [] for each in rows}
    begun = {each.pk: datetime.combine(each.start, time(), zone) for each in rows}
    for each in targets.select_related("goal").order_by("pk"):
        goal = each.goal
        if goal.set_at < begun[goal.plan_id]:
            by_plan[goal.plan_id].append(_aim(each, None, goal.end - timedelta(days=1)))
    return [
        Attempt(
            kind=PLAN,
            id=each.pk,
            title=each.title,
            start=each.start,
            end=each.end,
            is_dropped=False,
            aims=tuple(by_plan[each.pk]),
        )
        for each in rows
    ]


def _aim(target: Target, expected: float | None, by: date) -> StatedAim:
    return StatedAim(
        target_id=target.pk,
        metric=target.metric,
        filters=aim_of(target).filters,
        higher_is_better=target.direction == Target.Direction.UP,
        expected_change=expected,
        by=by,
    )


@dataclass(frozen=True, kw_only=True)
class EffectBox:
    """What is known of an effect, as the page of a strategy or an activity shows it."""

    title: str
    look: Look
    what: str
    how: str


EffectsOf = Callable[[str, int, datetime], list[EffectBox]]
_EFFECTS: list[EffectsOf] = []


def register_effects(find: EffectsOf) -> None:
    """Let a higher part say what an attempt did, by kind and id; called from ``apps.ready()``."""
    if find not in _EFFECTS:
        _EFFECTS.append(find)


def effect_boxes(kind: str, attempt_id: int, *, now: datetime) -> list[EffectBox]:
    """Return what is known of the effects of a strategy, or of an activity's plan."""
    return [box for find in _EFFECTS for box in find(kind, attempt_id, now)]
