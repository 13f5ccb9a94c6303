"""The demonstration comes with a plan that is alive on the first look."""

from datetime import UTC, datetime

import pytest

from juluo.domains.finance import queries as money
from juluo.domains.insights import queries as insights
from juluo.domains.members import services as members
from juluo.domains.members.types import Member
from juluo.domains.planning import queries
from juluo.domains.planning.models import Strategy
from juluo.importers.demonstration import fill
from juluo.importers.demonstration.steering import steer

pytestmark = pytest.mark.over_the_lake

NOW = datetime(2026, 9, 21, 4, tzinfo=UTC)


@pytest.fixture
def owner(db, tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    return members.create_owner(
        email="o@example.org", password="correct horse 42", display_name="Owner", at=NOW
    )


def made(now):
    fill(now=now)
    return steer(now=now)


def test_it_is_steered_by_a_plan_that_lives(owner):
    made(NOW)
    today = insights.local_today(now=NOW)

    plans = {each.kind: each for each in queries.plans(today=today)}
    annual = plans["annual"]
    assert (annual.status, annual.version, str(annual.first)) == ("approved", 1, "2026-01-01")
    assert set(plans) == {"annual", "activity"}
    goals = queries.goal_figures(today=today, plan_id=annual.id)
    assert [each.status for each in goals[:2]] == ["on_pace", "off_pace"]
    assert not goals[2].targets[0].higher_is_better
    assert all(each.targets[0].reading.value is not None for each in goals)

    tasks = queries.task_list(today=today, plan_id=annual.id)
    assert [each.status for each in tasks] == ["done", "done", "todo", "todo", "todo"]
    assert [(each.is_late, each.is_linked) for each in tasks[2:]] == [
        *((True, False), (False, True), (False, False))
    ]
    for each in Strategy.objects.all():
        assert each.effects.get().stated_at.date() < each.start
    budget = money.budget_of_plan(annual.id)
    both = money.sources_and_uses([budget.id])
    assert (both.committed.plain, both.spent.plain) == ("3200.00", "186.00")
    assert both.total_sources == both.uses
    assert [each.status for each in money.expenses().rows] == ["submitted", "paid"]
    assert len(insights.alerts(language="en")) == 1
    assert len(insights.annotations(start=None, end=None)) >= 2


def test_it_is_made_once_and_its_staff_cannot_sign_in(owner):
    made(NOW)

    assert steer(now=NOW) is None
    staff = Member.objects.filter(role__in=["operator", "moderator"])
    assert [(each.email, each.has_usable_password()) for each in staff] == [(None, False)] * 2


@pytest.mark.parametrize("day", ["2026-01-01", "2026-12-31"])
def test_any_day_of_the_year_will_do(owner, day):
    made(datetime.fromisoformat(f"{day}T06:00:00+00:00"))

    goals = queries.goal_figures(today=datetime.fromisoformat(day).date(), plan_id=None)
    assert len(goals) == 3


def test_a_community_that_nobody_owns_gets_no_plan(db, tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    made(NOW)

    assert queries.plans(today=NOW.date()) == []
