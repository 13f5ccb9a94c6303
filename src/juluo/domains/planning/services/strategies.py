"""Add strategies, say beforehand what they should do, and carry them through."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import Strategy, StrategyEffect, Target
from juluo.domains.planning.services.changes import open_plan
from juluo.events.goals import (
    EffectStated,
    StrategyAdded,
    StrategyChanged,
    StrategyDropped,
    StrategyEnded,
    StrategyStarted,
)


class StrategyHasStarted(Exception):
    """What a strategy should do is said before it starts; afterwards it stays as it was said."""


class NotUnderWay(Exception):
    """Only a running strategy can end, only a planned one start."""


@transaction.atomic
def add_strategy(
    *,
    plan_id: int,
    title: str,
    owner_id: int,
    start: date,
    end: date,
    description: str = "",
    planned_minutes: int = 0,
    material: str = "",
    actor_id: int,
    at: datetime,
) -> Strategy:
    """Give a plan a strategy, after the others.

    :raises PlanIsClosed: if the plan is.
    """
    plan = open_plan(plan_id)
    last = plan.strategies.aggregate(last=Max("position"))["last"]
    strategy = Strategy.objects.create(
        plan=plan,
        title=title,
        description=description,
        owner_id=owner_id,
        start=start,
        end=end,
        position=0 if last is None else last + 1,
        planned_minutes=planned_minutes,
        material=material,
        created_at=at,
    )
    event = StrategyAdded(plan_id=plan_id, strategy_id=strategy.pk)
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)
    return strategy


@transaction.atomic
def change_strategy(
    *,
    strategy_id: int,
    title: str,
    owner_id: int,
    start: date,
    end: date,
    description: str,
    planned_minutes: int,
    material: str,
    actor_id: int,
    at: datetime,
) -> bool:
    """Describe a strategy anew; return whether anything changed.

    :raises PlanIsClosed: if its plan is.
    :raises StrategyHasStarted: if its first day would move after it started.
    """
    strategy = _locked(strategy_id)
    wanted = {
        "title": title,
        "owner_id": owner_id,
        "start": start,
        "end": end,
        "description": description,
        "planned_minutes": planned_minutes,
        "material": material,
    }
    if all(getattr(strategy, name) == value for name, value in wanted.items()):
        return False
    if strategy.start != start and _has_started(strategy, at):
        raise StrategyHasStarted
    for name, value in wanted.items():
        setattr(strategy, name, value)
    strategy.save()
    event = StrategyChanged(plan_id=strategy.plan_id, strategy_id=strategy_id)
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)
    return True


@transaction.atomic
def state_effect(
    *,
    strategy_id: int,
    target_id: int,
    expected_change: float,
    by: date,
    actor_id: int,
    at: datetime,
) -> StrategyEffect:
    """Say what a strategy should do to a target; until it starts, saying it anew replaces it.

    :raises PlanIsClosed: if its plan is.
    :raises StrategyHasStarted: if it has started, or its first day has come and gone.
    """
    strategy = _locked(strategy_id)
    if _has_started(strategy, at):
        raise StrategyHasStarted
    Target.objects.get(pk=target_id, goal__plan_id=strategy.plan_id)
    effect, _is_new = StrategyEffect.objects.update_or_create(
        strategy=strategy,
        target_id=target_id,
        defaults={
            "expected_change": expected_change,
            "by": by,
            "stated_by_id": actor_id,
            "stated_at": at,
        },
    )
    event = EffectStated(
        strategy_id=strategy_id, target_id=target_id, expected_change=expected_change
    )
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)
    return effect


@transaction.atomic
def start_strategy(*, strategy_id: int, actor_id: int, at: datetime) -> None:
    """Begin a planned strategy: what it should do is fixed from here on.

    :raises PlanIsClosed: if its plan is.
    :raises NotUnderWay: if it is not planned.
    """
    strategy = _turned(strategy_id, {Strategy.Status.PLANNED}, Strategy.Status.RUNNING)
    event = StrategyStarted(plan_id=strategy.plan_id, strategy_id=strategy_id)
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)


@transaction.atomic
def end_strategy(*, strategy_id: int, actor_id: int, at: datetime) -> None:
    """Mark a running strategy as carried through.

    :raises PlanIsClosed: if its plan is.
    :raises NotUnderWay: if it is not running.
    """
    strategy = _turned(strategy_id, {Strategy.Status.RUNNING}, Strategy.Status.ENDED)
    event = StrategyEnded(plan_id=strategy.plan_id, strategy_id=strategy_id)
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)


@transaction.atomic
def drop_strategy(*, strategy_id: int, actor_id: int, at: datetime) -> None:
    """Give up a strategy that is planned or running.

    :raises PlanIsClosed: if its plan is.
    :raises NotUnderWay: if it is over already.
    """
    alive = {Strategy.Status.PLANNED, Strategy.Status.RUNNING}
    strategy = _turned(strategy_id, alive, Strategy.Status.DROPPED)
    event = StrategyDropped(plan_id=strategy.plan_id, strategy_id=strategy_id)
    record_audited(event, subject=f"strategy:{strategy.pk}", actor_id=actor_id, at=at)


def _has_started(strategy: Strategy, at: datetime) -> bool:
    is_planned = strategy.status == Strategy.Status.PLANNED
    return not is_planned or insights.local_today(now=at) > strategy.start


def _locked(strategy_id: int) -> Strategy:
    strategy = Strategy.objects.select_for_update().get(pk=strategy_id)
    open_plan(strategy.plan_id)
    return strategy


def _turned(strategy_id: int, allowed: set[Strategy.Status], status: Strategy.Status) -> Strategy:
    strategy = _locked(strategy_id)
    if strategy.status not in allowed:
        raise NotUnderWay
    strategy.status = status
    strategy.save(update_fields=["status"])
    return strategy
