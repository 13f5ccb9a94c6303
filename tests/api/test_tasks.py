"""Tasks and the schedule over HTTP."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone
from tests.api.conftest import AT

from juluo.domains.discussions.models import Post, Space
from juluo.domains.planning import services
from juluo.domains.planning.models import Plan, Task, TaskLink
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.over_the_lake

TODAY = timezone.now().date()


def day(offset):
    return (TODAY + timedelta(days=offset)).isoformat()


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="annual",
        title="p",
        start=TODAY - timedelta(days=100),
        end=TODAY + timedelta(days=100),
        owner=people["owner"],
        created_at=AT,
        created_by=people["owner"],
    )


@pytest.fixture
def other_plan(plan, people):
    return Plan.objects.create(
        kind="annual",
        title="q",
        start=plan.start,
        end=plan.end,
        owner=people["owner"],
        created_at=AT,
        created_by=people["owner"],
    )


def test_a_task_is_written_arranged_and_carried_through(key_of, people, plan):
    caller, mine = key_of("operator"), people["moderator"].pk
    given = {"title": "t", "plan_id": plan.pk, "start": day(-3), "due": day(-1)}

    status, made = caller.send("post", "/tasks/", given)
    assert (status, made["status"], made["is_late"], made["owner_id"]) == (201, "todo", True, None)
    address = f"/tasks/{made['id']}/"
    status, placed = caller.send("patch", address, {"owner_id": mine, "due": day(5)})
    assert (status, placed["owner_id"], placed["due"]) == (200, mine, day(5))
    assert (placed["start"], placed["title"]) == (day(-3), "t")

    owner = key_of("moderator")
    assert owner.send("post", f"{address}start/")[1]["status"] == "doing"
    assert owner.send("post", f"{address}finish/")[1]["status"] == "done"
    assert owner.send("post", f"{address}finish/")[0] == 200
    status, body = owner.send("post", f"{address}start/")
    assert (status, body["error"]["code"]) == (422, "wrong_state")
    assert owner.send("post", f"{address}reopen/")[1]["status"] == "todo"
    assert owner.send("post", f"{address}drop/")[1]["status"] == "dropped"
    assert EventRecord.objects.filter(name="planning.task_finished").count() == 1


def test_tasks_are_narrowed_and_read_on(key_of, people, plan):
    caller = key_of("operator")
    owner_id = people["moderator"].pk
    made = [
        caller.send("post", "/tasks/", given)[1]["id"]
        for given in (
            {"title": "a", "plan_id": plan.pk},
            {"title": "b", "owner_id": owner_id},
            {"title": "c", "plan_id": plan.pk, "owner_id": owner_id},
        )
    ]
    caller.send("post", f"/tasks/{made[0]}/finish/")

    def ids(address):
        return [each["id"] for each in caller.send("get", f"/tasks/{address}")[1]]

    assert ids("") == made
    assert ids(f"?plan={plan.pk}") == [made[0], made[2]]
    assert ids(f"?owner={owner_id}&status=todo") == made[1:]
    assert ids("?status=done") == made[:1]
    assert ids(f"?limit=1&after={made[0]}") == [made[1]]


def test_what_does_not_go_together_is_refused(key_of, people, plan, other_plan):
    caller = key_of("operator")
    services.make_phases(plan_id=other_plan.pk, actor_id=people["owner"].pk, at=AT)
    elsewhere = other_plan.phases.first().pk
    for given, code in (
        ({"start": day(2), "due": day(1)}, "due_before_start"),
        ({"plan_id": plan.pk, "phase_id": elsewhere}, "other_plan"),
        ({"plan_id": 10**9}, "refused"),
        ({"phase_id": 10**9}, "missing_part"),
        ({"owner_id": people["member"].pk}, "refused"),
        ({"title": ""}, "invalid"),
        ({"details": "\x00"}, "invalid"),
    ):
        status, body = caller.send("post", "/tasks/", {"title": "t"} | given)
        assert (status, body["error"]["code"]) == (422, code)
    assert not Task.objects.exists()

    made = caller.send("post", "/tasks/", {"title": "t", "start": day(2)})[1]
    status, body = caller.send("patch", f"/tasks/{made['id']}/", {"due": day(1)})
    assert (status, body["error"]["code"]) == (422, "due_before_start")
    assert Task.objects.get().due is None


def test_a_moderator_works_on_their_own_tasks_alone(key_of, people):
    caller = key_of("operator")
    mine, others = (
        caller.send("post", "/tasks/", {"title": "t", "owner_id": people[role].pk})[1]["id"]
        for role in ("moderator", "operator")
    )
    moderator = key_of("moderator")

    assert moderator.send("patch", f"/tasks/{mine}/", {"due": day(1)})[0] == 200
    refused = [
        moderator.send("patch", f"/tasks/{mine}/", {"start": day(1)}),
        moderator.send("patch", f"/tasks/{mine}/", {"owner_id": None}),
        moderator.send("patch", f"/tasks/{others}/", {"due": day(1)}),
        moderator.send("post", f"/tasks/{others}/finish/"),
        moderator.send("post", f"/tasks/{mine}/links/", {"kind": "post", "ref": "post:1"}),
        moderator.send("post", "/tasks/", {"title": "t"}),
    ]
    assert {status for status, _body in refused} == {403}
    assert list(Task.objects.filter(status="todo").values_list("start", flat=True)) == [None] * 2


def test_a_task_waits_for_a_post_or_is_closed_by_one_that_is_there(key_of, people):
    caller = key_of("operator")
    space = Space.objects.create(name="s", outside_id="1", opened_at=AT)
    post = Post.objects.create(
        kind="post", space=space, author=people["member"], title="x", body="x", published_at=AT
    )
    first, second = (caller.send("post", "/tasks/", {"title": "t"})[1]["id"] for _ in "ab")

    awaited = {"awaited": {"space_id": space.pk, "words": ["July"]}}
    status, waiting = caller.send("post", f"/tasks/{first}/links/", awaited)
    assert (status, waiting["status"]) == (201, "todo")
    assert TaskLink.objects.get().awaited["words"] == ["July"]
    link_id = waiting["links"][0]["id"]
    assert caller.send("delete", f"/tasks/{second}/links/{link_id}/")[0] == 404
    assert caller.send("delete", f"/tasks/{first}/links/{link_id}/")[0] == 204

    named = {"kind": "post", "ref": f"post:{post.pk}"}
    status, closed = caller.send("post", f"/tasks/{second}/links/", named)
    assert (status, closed["status"], closed["closed_by_ref"]) == (201, "done", f"post:{post.pk}")
    link_id = closed["links"][0]["id"]
    assert caller.send("delete", f"/tasks/{second}/links/{link_id}/")[0] == 422

    for wrong in (
        {"kind": "post", "ref": "post:999999"},
        {"kind": "awaited_post", "ref": f"space:{space.pk}"},
        {"awaited": {"space_id": 10**9}},
        {"awaited": {"space_id": space.pk, "member_id": 10**9}},
        {},
    ):
        assert caller.send("post", f"/tasks/{first}/links/", wrong)[0] == 422
    assert TaskLink.objects.count() == 1


def test_the_kind_of_work_is_told_and_narrows_the_list(key_of, people):
    caller = key_of("operator")
    told = caller.send("post", "/tasks/", {"title": "t", "kind_of_work": "content"})[1]
    untold = caller.send("post", "/tasks/", {"title": "u"})[1]

    listed = [
        [each["id"] for each in caller.send("get", f"/tasks/?kind_of_work={kind}")[1]]
        for kind in ("content", "", "service")
    ]

    assert (told["kind_of_work"], untold["kind_of_work"]) == ("content", "")
    assert listed == [[told["id"]], [untold["id"]], []]
    assert caller.send("post", "/tasks/", {"title": "v", "kind_of_work": "fun"})[0] == 422


def test_fields_nobody_asked_for_change_nothing(key_of, people):
    caller = key_of("operator")
    names = {each.name: 1 for each in Task._meta.fields if isinstance(each, models.Field)}
    sneaky = {**names, "status": "done", "origin": "x", "details": "", "start": None, "due": None}
    sneaky |= {
        "kind_of_work": "",
        "plan_id": None,
        "phase_id": None,
        "milestone_id": None,
        "strategy_id": None,
    }

    made = caller.send("post", "/tasks/", {**sneaky, "owner_id": None, "title": "t"})[1]
    caller.send("patch", f"/tasks/{made['id']}/", {**sneaky, "title": "u", "due": day(1)})

    task = Task.objects.get(pk=made["id"])
    assert (task.title, task.status, task.origin) == ("t", "todo", None)
    assert (task.created_by, task.closed_by_ref) == (people["operator"], "")


def test_the_schedule_says_what_gates_ask_for_and_how_they_were_passed(key_of, people, plan):
    caller, owner_id = key_of("moderator"), people["owner"].pk
    services.make_phases(plan_id=plan.pk, actor_id=owner_id, at=AT)
    first = plan.phases.first()
    services.pass_gate(phase_id=first.pk, gate="entry", actor_id=owner_id, at=AT)
    services.add_milestone(
        plan_id=plan.pk,
        phase_id=first.pk,
        title="m",
        owner_id=owner_id,
        due=TODAY - timedelta(days=1),
        actor_id=owner_id,
        at=AT,
    )

    status, found = caller.send("get", f"/plans/{plan.pk}/schedule/")

    assert status == 200
    assert [each["kind"] for each in found["phases"]] == [
        *("preparation", "launch", "execution", "monitoring", "closing")
    ]
    entry, leaving = found["phases"][0]["gates"]
    assert (entry["passed_by_id"], entry["is_met"], entry["findings"]) == (owner_id, True, [])
    assert (leaving["passed_at"], leaving["is_met"]) == (None, False)
    assert [each["kind"] for each in leaving["findings"]] == ["work_done"]
    assert [(each["title"], each["is_late"]) for each in found["milestones"]] == [("m", True)]
    assert caller.send("get", "/plans/999999/schedule/")[0] == 404


def test_nothing_changes_in_a_closed_plan(key_of, plan):
    caller = key_of("operator")
    given = {"title": "t", "plan_id": plan.pk}
    made = caller.send("post", "/tasks/", given)[1]["id"]
    Plan.objects.filter(pk=plan.pk).update(status="closed")

    for method, address, body in (
        ("post", "/tasks/", given),
        ("patch", f"/tasks/{made}/", {"due": day(1)}),
        ("post", f"/tasks/{made}/finish/", {}),
    ):
        status, answer = caller.send(method, address, body)
        assert (status, answer["error"]["code"]) == (409, "plan_is_closed"), address
    assert Task.objects.get().status == "todo"


def test_a_refusal_is_in_the_language_that_was_asked_for(key_of, plan):
    caller = key_of("operator")
    Plan.objects.filter(pk=plan.pk).update(status="closed")
    given = {"title": "t", "plan_id": plan.pk}

    answer = caller.post(
        "/api/v1/tasks/",
        given,
        content_type="application/json",
        headers={"Accept-Language": "zh-Hans"},
    )

    assert answer.json()["error"]["message"] == "这份计划已关闭，其中的内容不再改动。"
