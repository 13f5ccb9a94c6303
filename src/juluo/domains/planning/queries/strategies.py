"""Strategies as pages show them, with what they were said to do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import get_language

from juluo.analytics.catalog import METRICS
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Strategy, StrategyEffect
from juluo.domains.planning.queries.goal_words import STATUS_LOOKS
from juluo.domains.planning.queries.goals import metric_title
from juluo.lib import figures
from juluo.ui.looks import Look

_LOOKS = {
    Strategy.Status.PLANNED: ("secondary", "clock"),
    Strategy.Status.RUNNING: ("blue", "player-play"),
    Strategy.Status.ENDED: ("green", "circle-check"),
    Strategy.Status.DROPPED: ("secondary", "circle-x"),
}


@dataclass(frozen=True, kw_only=True)
class StatedEffect:
    """What a strategy was said to do to a goal's target, by when, and how that stands."""

    target_id: int
    goal_id: int
    goal: str
    metric: str
    expected: str
    by: date
    stated_at: datetime
    look: Look


@dataclass(frozen=True, kw_only=True)
class StrategyRow:
    """A strategy with its stated effects; ``last`` is its last day."""

    id: int
    plan_id: int
    plan: str
    plan_is_open: bool
    title: str
    description: str
    owner_id: int
    owner: str
    start: date
    last: date
    status: str
    look: Look
    planned_minutes: int
    material: str
    may_state: bool
    effects: tuple[StatedEffect, ...]

    @property
    def hours(self) -> float:
        """The planned work in hours."""
        return self.planned_minutes / 60


def strategies_of_plan(plan_id: int, *, now: datetime) -> list[StrategyRow]:
    """Return a plan's strategies in their order. Two queries, however many."""
    return _rows(Strategy.objects.filter(plan_id=plan_id), now=now)


def strategy_row(strategy_id: int, *, now: datetime) -> StrategyRow | None:
    """Return one strategy."""
    return next(iter(_rows(Strategy.objects.filter(pk=strategy_id), now=now)), None)


def _rows(strategies: QuerySet[Strategy], *, now: datetime) -> list[StrategyRow]:
    found = list(strategies.select_related("owner", "plan"))
    effects: dict[int, list[StatedEffect]] = {each.pk: [] for each in found}
    stated = StrategyEffect.objects.filter(strategy__in=found).select_related("target__goal")
    for effect in stated.order_by("pk"):
        effects[effect.strategy_id].append(_effect(effect))
    today = insights.local_today(now=now)
    return [_row(each, tuple(effects[each.pk]), today) for each in found]


def _effect(effect: StrategyEffect) -> StatedEffect:
    target, language = effect.target, get_language() or "en"
    unit = METRICS[target.metric].unit if target.metric in METRICS else ""
    return StatedEffect(
        target_id=target.pk,
        goal_id=target.goal_id,
        goal=target.goal.title,
        metric=metric_title(target.metric, language=language),
        expected=figures.change(effect.expected_change, unit, language=language),
        by=effect.by,
        stated_at=effect.stated_at,
        look=STATUS_LOOKS[target.status],
    )


def _row(strategy: Strategy, effects: tuple[StatedEffect, ...], today: date) -> StrategyRow:
    status = Strategy.Status(strategy.status)
    tone, icon = _LOOKS[status]
    return StrategyRow(
        id=strategy.pk,
        plan_id=strategy.plan_id,
        plan=strategy.plan.title,
        plan_is_open=strategy.plan.is_open,
        title=strategy.title,
        description=strategy.description,
        owner_id=strategy.owner_id,
        owner=strategy.owner.display_name,
        start=strategy.start,
        last=strategy.end - timedelta(days=1),
        status=strategy.status,
        look=Look(label=status.label, tone=tone, icon=icon),
        planned_minutes=strategy.planned_minutes,
        material=strategy.material,
        may_state=strategy.plan.is_open
        and status is Strategy.Status.PLANNED
        and today <= strategy.start,
        effects=effects,
    )
