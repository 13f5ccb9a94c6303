"""The pages of goals: a goal in three fields, history asked first, changes in place."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.made_up import NOW, make_community

from juluo.domains.insights.services import annotate
from juluo.domains.planning import services, tasks
from juluo.domains.planning.models import Goal, Strategy, StrategyEffect, Target, TargetReading
from juluo.jobs import schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def plan(people):
    make_community()
    return services.make_plan(
        kind="quarterly",
        title="二季度",
        start=date(2026, 1, 1),
        end=date(2026, 7, 1),
        owner_id=people["operator"].pk,
        actor_id=people["operator"].pk,
        at=NOW,
    )


@pytest.fixture
def browsers(people):
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def three_fields(people, **more):
    """Return what the form sends when only metric, target and last day were typed."""
    proposed = {
        "first": "2026-03-10",
        "owner": str(people["operator"].pk),
        "measure": "level",
        "weight": "1",
    }
    typed = {"metric": "members.active", "value": "25", "last": "2026-06-30"}
    return proposed | typed | more


def test_metric_target_and_last_day_make_a_goal(plan, people, browsers):
    address = f"/console/plans/{plan.pk}/goals/new/"
    form = browsers["operator"].get(address).content.decode()
    assert 'value="2026-03-10"' in form
    assert 'value="2026-06-30"' in form

    answer = browsers["operator"].post(address, three_fields(people))

    goal = Goal.objects.get()
    target = goal.targets.get()
    assert answer.headers["Location"] == f"/console/goals/{goal.pk}/"
    assert (goal.title, goal.end) == ("Active members: 25", date(2026, 7, 1))
    assert (target.value, target.grain) == (25, "month")
    assert target.baseline > 10
    assert TargetReading.objects.get().target_id == target.pk
    page = browsers["moderator"].get(f"/console/goals/{goal.pk}/").content.decode()
    assert "What history said when it was set" in page
    assert "/console/explorer/?key=members.active&amp;first=2026-03-10&amp;last=2026-06-30" in page
    assert "Change the owner" not in page


def test_history_is_asked_before_anything_is_saved(plan, people, browsers):
    sent = three_fields(people, check="1", measure="level", grain="week")
    page = browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", sent)

    words = page.content.decode()
    assert page.status_code == 200
    assert "What history says" in words
    assert "past stretches of 16 weeks a rise of" in words
    assert 'data-chart="checked-chart"' in words
    assert 'value="25"' in words
    assert not Goal.objects.exists()


def test_history_is_told_in_chinese_too(plan, people, browsers):
    sent = three_fields(people, check="1", grain="week")
    address = f"/console/plans/{plan.pk}/goals/new/"
    page = browsers["operator"].post(address, sent, headers={"accept-language": "zh-hans"})

    assert "历史数据怎么说" in page.content.decode()
    assert "升幅达到" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"metric": "rhythm.hours"}, "Select a valid choice"),
        ({"value": ""}, "This field is required"),
        ({"value": "nan"}, "Enter a number"),
        ({"metric": "response.answered_1d", "value": "120"}, "A share is 100 percent"),
        ({"last": "2026-03-01"}, "The last day comes before the first"),
        ({"last": "2026-03-20", "grain": "month"}, "No whole period of this length"),
        ({"first": "2026-02-31"}, "Enter a valid date"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_lost(plan, people, browsers, wrong, said):
    sent = three_fields(people, why="因为", **wrong)
    page = browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", sent)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert "因为" in page.content.decode()
    assert not Goal.objects.exists()


def test_a_level_can_be_held(plan, people, browsers):
    sent = three_fields(people, value="20", baseline="20")
    checked = browsers["operator"].post(
        f"/console/plans/{plan.pk}/goals/new/", sent | {"check": "1", "grain": "week"}
    )
    assert "The target is to hold the level. In " in checked.content.decode()

    browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", sent)
    target = Target.objects.get()
    assert (target.baseline, target.value, target.direction) == (20, 20, "up")
    page = browsers["operator"].get(f"/console/goals/{target.goal_id}/")
    assert page.status_code == 200


def test_the_chart_of_a_goal_shows_the_notes_of_its_days(plan, people, browsers):
    annotate(
        kind="campaign",
        words="新春征文",
        start=date(2026, 2, 2),
        end=date(2026, 2, 9),
        actor_id=people["operator"].pk,
        at=NOW,
    )
    browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", three_fields(people))

    page = browsers["operator"].get(f"/console/goals/{Goal.objects.get().pk}/").content.decode()

    assert "新春征文" in page
    assert "markLine" in page


def test_percent_and_hours_are_typed_as_people_say_them(plan, people, browsers):
    browsers["owner"].post(
        f"/console/plans/{plan.pk}/goals/new/",
        three_fields(people, metric="response.answered_1d", value="60", baseline="40"),
    )
    target = Target.objects.get()
    assert (target.value, target.baseline) == (0.6, 0.4)
    page = browsers["owner"].get(f"/console/targets/{target.pk}/change/").content.decode()
    assert 'value="60.0"' in page

    browsers["owner"].post(
        f"/console/targets/{target.pk}/change/",
        {"value": "55", "baseline": "40.0", "reason": "够了"},
    )
    target.refresh_from_db()
    assert (target.value, target.baseline, target.revisions.count()) == (0.55, 0.4, 2)


def test_owner_and_days_change_in_place_and_without_script(plan, people, browsers):
    browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", three_fields(people))
    goal = Goal.objects.get()

    row = browsers["operator"].post(
        f"/console/goals/{goal.pk}/owner/",
        {"owner": people["owner"].pk},
        headers={"hx-request": "true"},
    )
    plain = browsers["operator"].post(
        f"/console/goals/{goal.pk}/days/",
        {"first": "2026-03-10", "last": "2026-05-31", "reason": "早一点"},
    )

    goal.refresh_from_db()
    assert row.content.decode().lstrip().startswith(f'<li class="j-goal" id="goal-{goal.pk}">')
    assert plain.headers["Location"] == f"/console/goals/{goal.pk}/"
    assert (goal.owner_id, goal.end) == (people["owner"].pk, date(2026, 6, 1))
    refused = browsers["operator"].post(
        f"/console/goals/{goal.pk}/days/", {"first": "2026-05-01", "last": "2026-04-01"}
    )
    assert refused.status_code == 422


def test_a_strategy_says_what_it_should_do_and_is_carried_through(plan, people, browsers, clock):
    browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", three_fields(people))
    browser = browsers["operator"]
    sent = {
        "title": "每周话题",
        "owner": people["operator"].pk,
        "first": "2026-03-11",
        "last": "2026-06-30",
        "hours": "10",
    }
    where = browser.post(f"/console/plans/{plan.pk}/strategies/new/", sent).headers["Location"]
    effect = {"target": Target.objects.get().pk, "change": "4", "by": "2026-06-30"}
    assert browser.post(f"{where}effect/", effect | {"change": "0"}).status_code == 422
    browser.post(f"{where}effect/", effect)
    browser.post(f"{where}turn/", {"to": "start"})
    late = browser.post(f"{where}effect/", effect | {"change": "1"}, follow=True)

    strategy = Strategy.objects.get()
    assert (strategy.status, strategy.planned_minutes) == ("running", 600)
    assert StrategyEffect.objects.get().expected_change == 4
    assert "has started" in late.content.decode()
    assert browser.post(f"{where}turn/", {"to": "moon"}).status_code == 404


def test_targets_are_read_every_quarter_of_an_hour(plan, people, browsers, clock):
    entry = schedule._ENTRIES["juluo.domains.planning.tasks.readings.read_targets"]
    assert entry.expression == "*/15 * * * *"
    browsers["operator"].post(f"/console/plans/{plan.pk}/goals/new/", three_fields(people))
    clock.move_to(datetime(2026, 3, 11, 9, tzinfo=UTC))

    tasks.read_targets.call()

    assert [str(each.day) for each in TargetReading.objects.order_by("day")] == [
        "2026-03-10",
        "2026-03-11",
    ]
