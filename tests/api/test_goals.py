"""Goals over HTTP: plain figures in, plain figures out, the past kept."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, override
from tests.api.conftest import AT

from juluo.domains.planning import queries
from juluo.domains.planning.models import Goal, Plan, Target, TargetRevision
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.over_the_lake

TODAY = timezone.now().date()
FIRST, LAST = TODAY - timedelta(days=60), TODAY + timedelta(days=60)


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="annual",
        title="p",
        start=FIRST,
        end=LAST + timedelta(days=1),
        owner=people["owner"],
        created_at=AT,
        created_by=people["owner"],
    )


@pytest.fixture
def given(plan):
    target = {"metric": "members.active", "target": 50, "baseline": 20}
    days = {"first": FIRST.isoformat(), "last": LAST.isoformat()}
    return {"plan_id": plan.pk, "title": "More", "targets": [target], **days}


def test_a_goal_is_set_changed_and_read_with_its_past(key_of, people, given, plan):
    caller = key_of("operator")

    status, made = caller.send("post", "/goals/", given)
    assert status == 201
    (target,) = made["targets"]
    assert (target["baseline"], target["target"], target["grain"]) == (20, 50, "month")
    assert target["reading"]["day"] == target["readings"][0]["day"]
    assert made["owner_id"] == people["operator"].pk

    address = f"/goals/targets/{target['id']}/"
    status, changed = caller.send("put", address, {"target": 40, "reason": "too steep"})
    assert status == 200
    revisions = changed["targets"][0]["revisions"]
    assert [(each["target"], each["reason"]) for each in revisions] == [(50, ""), (40, "too steep")]
    assert EventRecord.objects.filter(name="planning.target_changed").count() == 1

    for path in ("/goals/", f"/goals/?plan={plan.pk}"):
        status, rows = caller.send("get", path)
        assert [(each["id"], each["targets"][0]["target"]) for each in rows] == [(made["id"], 40)]
    assert caller.send("get", f"/goals/{made['id']}/")[1] == changed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"metric": "nobody"}, "metric"),
        ({"metric": "rhythm.hours"}, "metric"),
        ({"metric": "newcomers.retention_28d", "target": 2, "baseline": 0.1}, "target"),
        ({"metric": "members.stickiness", "target": 0.5, "baseline": None}, "baseline"),
        ({"spaces": [10**9]}, "spaces"),
        ({"sources": ["nowhere"]}, "sources"),
    ],
)
def test_what_cannot_be_a_target_is_refused_by_its_field(key_of, given, change, field):
    given["targets"][0] |= change

    status, body = key_of("operator").send("post", "/goals/", given)

    assert (status, body["error"]["code"]) == (422, "no_target")
    assert list(body["error"]["fields"]) == [f"targets.0.{field}"]
    assert not Goal.objects.exists()


def test_a_goal_that_makes_no_sense_is_refused(key_of, given, people):
    caller = key_of("operator")
    wrong = [
        ({"last": "2025-01-01"}, "last"),
        ({"last": "9999-12-31"}, "given.last"),
        ({"plan_id": 10**9}, "plan_id"),
        ({"plan_id": 10**40}, "given.plan_id"),
        ({"objective_id": 10**9}, "objective_id"),
        ({"owner_id": people["member"].pk}, "owner_id"),
        ({"title": "a\x00b"}, "given.title"),
        ({"title": "\ud800"}, "given.title"),
        ({"targets": []}, "given.targets"),
    ]
    for change, field in wrong:
        status, body = caller.send("post", "/goals/", given | change)
        assert (status, list(body["error"]["fields"])) == (422, [field])
    assert not Goal.objects.exists()


def test_nothing_changes_in_a_closed_plan(key_of, given, plan):
    caller = key_of("operator")
    target_id = caller.send("post", "/goals/", given)[1]["targets"][0]["id"]
    Plan.objects.update(status="closed")

    status, body = caller.send("post", "/goals/", given)
    assert (status, body["error"]["code"]) == (409, "plan_is_closed")
    change = {"target": 45, "reason": "more"}
    status, body = caller.send("put", f"/goals/targets/{target_id}/", change)
    assert (status, body["error"]["message"]) == (
        409,
        "This plan is closed; nothing in it changes any more.",
    )
    assert TargetRevision.objects.count() == Goal.objects.count() == 1


def test_a_change_says_why_and_asks_for_something(key_of, given):
    caller = key_of("operator")
    made = caller.send("post", "/goals/", given)[1]
    address = f"/goals/targets/{made['targets'][0]['id']}/"

    for body in (
        {"target": 45},
        {"target": 45, "reason": ""},
        {"target": 45, "reason": "x", "evidence": ["post:1"]},
    ):
        assert caller.send("put", address, body)[0] == 422
    assert TargetRevision.objects.count() == 1
    evidence = [f"goal:{made['id']}"]
    body = {"target": 45, "reason": "x", "evidence": evidence}
    assert caller.send("put", address, body)[0] == 200
    assert TargetRevision.objects.latest("pk").evidence == evidence


def test_a_moderator_reads_goals_and_sets_none(key_of, given):
    made = key_of("operator").send("post", "/goals/", given)[1]
    caller = key_of("moderator")

    assert caller.send("get", f"/goals/{made['id']}/")[0] == 200
    assert caller.send("post", "/goals/", given)[0] == 403
    change = {"target": 45, "reason": "x"}
    target_id = made["targets"][0]["id"]
    assert caller.send("put", f"/goals/targets/{target_id}/", change)[0] == 403
    assert Goal.objects.count() == TargetRevision.objects.count() == 1


def test_fields_nobody_asked_for_change_nothing(key_of, given, people):
    names = {each.name: 1 for each in Goal._meta.fields if isinstance(each, models.Field)}
    mine = {each.name: 1 for each in Target._meta.fields if isinstance(each, models.Field)}
    given["targets"][0] = {**mine, "measure": "level", "grain": "month"}
    given["targets"][0] |= {"status": "reached", "weight": 2, "metric": "members.active"}
    given["targets"][0] |= {"target": 50, "baseline": 20}

    status, made = key_of("operator").send(
        "post", "/goals/", {**names, "objective_id": None, **given, "weight": 3, "why": ""}
    )

    assert status == 201
    goal, target = Goal.objects.get(), Target.objects.get()
    assert (goal.pk, goal.dropped_at, goal.weight) == (made["id"], None, 3)
    assert goal.set_at.date() == TODAY
    assert (target.status, target.weight, target.value) == ("no_data", 2, 50)

    sneaky = {**mine, "goal_id": 9, "status": "reached", "weight": 9}
    sneaky |= {"target": 45, "baseline": 20, "reason": "x", "evidence": []}
    assert key_of("operator").send("put", f"/goals/targets/{target.pk}/", sneaky)[0] == 200
    target.refresh_from_db()
    assert (target.status, target.weight, target.value) == ("no_data", 2, 45)


def test_goals_cost_three_queries_however_many(key_of, given, django_assert_num_queries):
    caller = key_of("operator")
    for _ in range(3):
        assert caller.send("post", "/goals/", given)[0] == 201

    with django_assert_num_queries(3):
        assert len(queries.goal_figures(today=TODAY)) == 3


def test_a_target_is_refused_in_the_language_that_was_asked_for(key_of, given):
    given["targets"][0] |= {"metric": "members.stickiness", "target": 0.5, "baseline": None}

    answer = key_of("operator").post(
        "/api/v1/goals/",
        given,
        content_type="application/json",
        headers={"Accept-Language": "zh-Hans"},
    )

    assert answer.json()["error"]["message"] == _chinese(
        "Nothing was measured yet: say which figure it begins with."
    )


def _chinese(words):
    with override("zh-hans"):
        return gettext(words)
