"""The week: what stands on one line, what the review keeps, what templates propose."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Goal, Phase, Plan, TargetReading, WeekReview
from juluo.domains.planning.rules.goals import Aim, Wanted
from juluo.domains.planning.rules.proposals import PROPOSALS, goal_days, proposal
from juluo.eventlog.models import EventRecord

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)


@pytest.fixture
def running(people):
    """A plan with a goal, a strategy that should move it, and two tasks, one of them late."""
    owner = {"owner_id": people["operator"].pk}
    actor = {"actor_id": people["operator"].pk, "at": AT}
    plan = services.make_plan(
        kind="annual",
        title="2025",
        start=date(2025, 1, 1),
        end=date(2026, 1, 1),
        **owner,
        **actor,
    )
    goal = services.set_goal(
        plan_id=plan.pk,
        title="More people",
        start=date(2025, 3, 1),
        end=date(2026, 1, 1),
        targets=[Wanted(aim=Aim(metric="members.active"), baseline=20, value=40)],
        **owner,
        **actor,
    )
    strategy = services.add_strategy(
        plan_id=plan.pk,
        title="Weekly topic",
        start=date(2025, 3, 5),
        end=date(2025, 6, 1),
        **owner,
        **actor,
    )
    target = goal.targets.get()
    services.state_effect(
        strategy_id=strategy.pk,
        target_id=target.pk,
        expected_change=10,
        by=date(2025, 6, 1),
        **actor,
    )
    for title, due in (("Late", date(2025, 3, 6)), ("Soon", date(2025, 3, 12))):
        services.add_task(
            plan_id=plan.pk, strategy_id=strategy.pk, title=title, due=due, **owner, **actor
        )
    return plan, goal, target, strategy


def read(target, day, value, status):
    TargetReading.objects.create(
        target=target, day=day, value=value, status=status, data_version="x"
    )


def test_goal_strategy_tasks_and_result_stand_on_one_line(running):
    _plan, goal, target, strategy = running
    read(target, date(2025, 3, 4), 21, "on_pace")
    read(target, date(2025, 3, 9), 24, "on_pace")

    (line,) = queries.steering_lines(now=AT + 7 * DAY)

    assert line.goal.goal_id == goal.pk
    (under,) = line.strategies
    assert (under.id, under.expected, under.so_far) == (strategy.pk, "+10", "+3")
    assert (under.tasks.total, under.tasks.done, under.tasks.late) == (2, 0, 1)
    assert line.late_tasks == 1


def test_what_is_off_pace_comes_before_what_is_late(running, people):
    plan, _goal, _target, _strategy = running
    other = services.set_goal(
        plan_id=plan.pk,
        title="Answers",
        owner_id=people["owner"].pk,
        start=date(2025, 3, 1),
        end=date(2026, 1, 1),
        targets=[Wanted(aim=Aim(metric="response.answered_1d"), baseline=0.2, value=0.4)],
        actor_id=people["owner"].pk,
        at=AT,
    )
    other.targets.update(status="off_pace")
    read(other.targets.get(), date(2025, 3, 9), 0.1, "off_pace")

    lines = queries.steering_lines(now=AT + 7 * DAY)

    assert [line.goal.title for line in lines] == ["Answers", "More people"]


def test_lines_cost_the_same_however_many_goals(running, people, django_assert_max_num_queries):
    plan, *_others = running
    for n in range(6):
        services.set_goal(
            plan_id=plan.pk,
            title=f"G{n}",
            owner_id=people["owner"].pk,
            start=date(2025, 3, 1),
            end=date(2026, 1, 1),
            targets=[Wanted(aim=Aim(metric="members.new"), baseline=1, value=2)],
            actor_id=people["owner"].pk,
            at=AT,
        )

    with django_assert_max_num_queries(10):
        assert len(queries.steering_lines(now=AT + 7 * DAY)) == 7


def test_a_week_is_what_was_done_what_is_late_and_what_moved(running, people):
    _plan, _goal, target, _strategy = running
    read(target, date(2025, 3, 9), 24, "on_pace")
    target.status = "at_risk"
    target.save()
    (soon,) = [row for row in queries.week_of_work(monday=AT.date(), now=AT).ahead if row.id]
    services.finish_task(task_id=soon.id, actor_id=people["operator"].pk, at=AT + 8 * DAY)

    week = queries.week_of_work(monday=date(2025, 3, 10), now=AT + 9 * DAY)

    assert [row.title for row in week.done] == [soon.title]
    assert week.done_count == 1
    assert [(str(move.before.label), str(move.now.label)) for move in week.moves] == [
        ("On pace", "At risk")
    ]


def test_what_was_decided_is_kept_once_for_each_week(people):
    actor = people["operator"].pk
    monday = date(2025, 3, 3)
    services.keep_week_review(monday=monday, decisions="Ask Lin", actor_id=actor, at=AT)
    services.keep_week_review(monday=monday, decisions="Ask Mei", actor_id=actor, at=AT)

    assert queries.week_review(monday).decisions == "Ask Mei"
    assert WeekReview.objects.count() == 1
    assert EventRecord.objects.filter(name="planning.week_reviewed").count() == 2


def test_the_page_of_the_week_hides_money_from_moderators(running, people):
    for role, sees in (("moderator", False), ("operator", True)):
        client = Client()
        client.force_login(people[role])
        with time_machine.travel(AT + 2 * DAY, tick=False):
            page = client.get(reverse("web:steer")).content.decode()
        assert ('<th scope="col">Budget' in page) is sees
        assert "Weekly topic" in page


def test_owner_and_last_day_change_in_place_and_lead_back(running, people):
    _plan, goal, *_others = running
    client = Client()
    client.force_login(people["operator"])
    here = reverse("web:steer")

    answer = client.post(
        reverse("planning:goal_owner", args=[goal.pk]),
        {"owner": people["owner"].pk, "next": here},
    )
    assert answer.headers["Location"] == here
    client.post(
        reverse("planning:goal_days", args=[goal.pk]),
        {"first": "2025-03-01", "last": "2025-11-30", "reason": "Earlier", "next": here},
    )

    goal.refresh_from_db()
    assert (goal.owner, goal.end) == (people["owner"], date(2025, 12, 1))


@pytest.mark.parametrize("kind", list(Plan.Kind.values))
def test_every_kind_of_plan_proposes_goals_that_can_be_asked(kind):
    for each in PROPOSALS[kind]:
        assert each.aim.is_total or each.aim.grain in each.aim.definition.grains
        assert proposal(kind, each.key) is each
        share = each.aim.definition.unit == "share"
        assert each.value(0.4 if share else 40.0) != (0.4 if share else 40.0)


def test_a_proposed_goal_begins_today_where_the_plan_has_begun():
    start, end = date(2025, 1, 1), date(2026, 1, 1)

    assert goal_days(start, end, today=date(2025, 3, 1)) == (date(2025, 3, 1), end)
    assert goal_days(start, end, today=date(2024, 3, 1)) == (start, end)
    assert goal_days(start, end, today=date(2027, 3, 1)) == (start, end)


def test_a_plan_from_a_template_has_phases_and_offers_goals(people):
    client = Client()
    client.force_login(people["operator"])

    answer = client.post(
        reverse("planning:new_plan"),
        {
            "kind": "activity",
            "title": "Reading week",
            "first": "2027-03-01",
            "last": "2027-03-28",
            "owner": people["operator"].pk,
            "baseline": "on",
        },
    )

    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("planning:proposed_goals", args=[plan.pk])
    assert Phase.objects.filter(plan=plan).count() == 5
    assert plan.baselines.count() == 1
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Nothing to propose yet" in page
    assert not Goal.objects.exists()


def test_an_activity_that_is_signed_off_stands_on_the_time_axis(people):
    owner = people["owner"].pk
    plan = services.make_plan(
        kind="activity",
        title="Reading week",
        start=date(2025, 3, 10),
        end=date(2025, 3, 17),
        owner_id=owner,
        actor_id=owner,
        at=AT,
    )
    services.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)
    assert insights.annotations() == []
    services.decide(plan_id=plan.pk, number=1, decision="approved", actor_id=owner, at=AT)

    (note,) = insights.annotations()
    assert (note.words, note.first, note.last) == (
        "Reading week",
        date(2025, 3, 10),
        date(2025, 3, 16),
    )
    marks, _notes = insights.marked([date(2025, 3, 3), date(2025, 3, 10)], Grain.WEEK)
    assert [(mark.first, mark.last) for mark in marks] == [(1, 1)]
