"""Strategies: what they should do is said before they start, and stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Goal, Plan, Strategy, StrategyEffect, Target
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
START, END = date(2026, 3, 12), date(2026, 4, 1)


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="quarterly",
        title="二季度",
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
        owner=people["owner"],
        created_at=AT,
        created_by=people["owner"],
    )


@pytest.fixture
def target(plan, people):
    goal = Goal.objects.create(
        plan=plan, title="活跃", owner=people["owner"], start=START, end=END, set_at=AT
    )
    return Target.objects.create(goal=goal, metric="members.active", baseline=20, value=30)


@pytest.fixture
def strategy(plan, people):
    return add(plan, people)


def add(plan, people, **changes):
    given = {
        "plan_id": plan.pk,
        "title": "每周话题",
        "owner_id": people["operator"].pk,
        "start": START,
        "end": END,
        "planned_minutes": 600,
        "actor_id": people["operator"].pk,
        "at": AT,
    }
    return services.add_strategy(**given | changes)


def state(strategy, target, people, change=5.0, at=AT):
    return services.state_effect(
        strategy_id=strategy.pk,
        target_id=target.pk,
        expected_change=change,
        by=END,
        actor_id=people["operator"].pk,
        at=at,
    )


def names():
    lines = EventRecord.objects.filter(name__startswith="planning.").order_by("pk")
    return list(lines.values_list("name", flat=True))


def test_an_effect_is_stated_and_until_the_start_stated_anew(strategy, target, people):
    state(strategy, target, people)
    state(strategy, target, people, change=8.0)

    effect = StrategyEffect.objects.get()
    (row,) = queries.strategies_of_plan(strategy.plan_id, now=AT)
    assert (effect.expected_change, effect.by) == (8, END)
    assert row.may_state
    assert [(each.goal, each.expected) for each in row.effects] == [("活跃", "+8")]
    assert names() == ["planning.strategy_added", *["planning.effect_stated"] * 2]


def test_after_the_start_what_was_stated_stays(strategy, target, people):
    state(strategy, target, people)
    services.start_strategy(strategy_id=strategy.pk, actor_id=people["owner"].pk, at=AT)

    with pytest.raises(services.StrategyHasStarted):
        state(strategy, target, people, change=1.0)

    assert StrategyEffect.objects.get().expected_change == 5
    assert names()[-1] == "planning.strategy_started"


@pytest.mark.parametrize(("days", "refused"), [(2, False), (3, True)])
def test_once_the_first_day_has_gone_by_it_is_too_late(strategy, target, people, days, refused):
    at = AT + timedelta(days=days)
    if refused:
        with pytest.raises(services.StrategyHasStarted):
            state(strategy, target, people, at=at)
    else:
        state(strategy, target, people, at=at)
    assert StrategyEffect.objects.exists() is not refused


def test_the_first_day_cannot_be_moved_back_into_the_future(strategy, target, people):
    late = AT + timedelta(days=5)
    wanted = {
        "title": strategy.title,
        "owner_id": strategy.owner_id,
        "end": END,
        "description": "",
        "planned_minutes": 600,
        "material": "",
        "actor_id": people["owner"].pk,
        "at": late,
    }
    with pytest.raises(services.StrategyHasStarted):
        services.change_strategy(strategy_id=strategy.pk, start=date(2026, 3, 30), **wanted)
    assert not services.change_strategy(strategy_id=strategy.pk, start=START, **wanted)
    assert services.change_strategy(
        strategy_id=strategy.pk, start=START, **wanted | {"title": "新"}
    )
    assert Strategy.objects.get().start == START


def test_an_effect_on_another_plans_goal_is_refused(strategy, target, plan, people):
    other = Plan.objects.create(
        kind="annual",
        title="别的",
        start=START,
        end=END,
        owner=people["owner"],
        created_at=AT,
        created_by=people["owner"],
    )
    with pytest.raises(Target.DoesNotExist):
        state(add(other, people), target, people)


def test_an_effect_of_nothing_is_refused_by_the_database(strategy, target, people):
    with pytest.raises(IntegrityError), transaction.atomic():
        state(strategy, target, people, change=0.0)


def test_planned_runs_ends_and_nothing_comes_after(strategy, people):
    by = {"strategy_id": strategy.pk, "actor_id": people["owner"].pk, "at": AT}
    with pytest.raises(services.NotUnderWay):
        services.end_strategy(**by)
    services.start_strategy(**by)
    services.end_strategy(**by)
    for act in (services.start_strategy, services.end_strategy, services.drop_strategy):
        with pytest.raises(services.NotUnderWay):
            act(**by)

    assert Strategy.objects.get().status == "ended"
    assert names()[1:] == ["planning.strategy_started", "planning.strategy_ended"]


def test_a_closed_plan_takes_no_strategy(plan, people):
    Plan.objects.update(status="closed")

    with pytest.raises(services.PlanIsClosed):
        add(plan, people)
    assert not Strategy.objects.exists()


def test_the_list_costs_the_same_however_long(plan, target, people, django_assert_num_queries):
    for n in range(5):
        state(add(plan, people, title=str(n)), target, people)

    with django_assert_num_queries(3):
        rows = queries.strategies_of_plan(plan.pk, now=AT)
    assert [each.title for each in rows] == list("01234")


def test_a_version_freezes_strategies_with_their_effects(strategy, target, people):
    state(strategy, target, people)

    (entry,) = queries.entries_of("strategies", strategy.plan_id)
    assert (entry.ref, entry.facts["effects"]) == (f"strategy:{strategy.pk}", "活跃 +5")
