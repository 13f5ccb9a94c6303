"""The pages do what they say, keep what was typed, and let in who may."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from juluo.domains.planning import services
from juluo.domains.planning.models import (
    Absence,
    ContentSlot,
    GateCriterion,
    Milestone,
    PhaseAcceptance,
    Task,
    TaskLink,
    WeeklyHours,
)

from .conftest import NOW, TODAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browsers(people):
    """A browser for each role, reading English."""
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def _page(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_schedule_offers_the_phases_and_makes_them(plan, browsers):
    where = f"/console/plans/{plan.pk}/schedule/"
    assert "Make the phases" in _page(browsers["operator"].get(where))
    assert "Make the phases" not in _page(browsers["moderator"].get(where))

    browsers["operator"].post(f"/console/plans/{plan.pk}/phases/")

    shown = _page(browsers["moderator"].get(where))
    assert "Preparation" in shown
    assert "Closing" in shown


def test_a_task_is_added_to_the_plan_and_comes_back_with_its_errors(plan, browsers, people):
    where = f"/console/tasks/new/?plan={plan.pk}"
    typed = {
        "title": "写月报",
        "owner": people["moderator"].pk,
        "start": "2026-03-09",
        "due": "2026-03-06",
        "hours": "2.5",
    }
    shown = _page(browsers["operator"].post(where, typed), 422)
    assert "The last day comes before the first." in shown
    assert 'value="写月报"' in shown
    assert not Task.objects.exists()

    answer = browsers["operator"].post(where, typed | {"due": "2026-03-12"})

    assert answer.headers["Location"] == f"/console/plans/{plan.pk}/schedule/"
    task = Task.objects.get()
    assert (task.plan_id, task.planned_minutes, task.due) == (plan.pk, 150, date(2026, 3, 12))


def test_a_form_never_leads_to_another_site(plan, browsers):
    typed = {"title": "x", "next": "https://evil.example/"}
    answer = browsers["operator"].post("/console/tasks/new/", typed)

    assert answer.headers["Location"] == f"/console/tasks/{Task.objects.get().pk}/"


def test_owner_and_day_change_in_place_by_htmx_and_by_a_plain_form(browsers, people, add):
    task_id = add(due=TODAY)
    where = f"/console/tasks/{task_id}/place/"
    form = _page(browsers["operator"].get(where, headers={"hx-request": "true"}))
    assert form.strip().startswith("<tr")
    typed = {
        f"task-{task_id}-owner": people["moderator"].pk,
        f"task-{task_id}-due": "2026-03-09",
    }
    row = _page(browsers["operator"].post(where, typed, headers={"hx-request": "true"}))
    assert row.strip().startswith("<tr")
    assert "Moderator" in row
    assert "Saved: 写月报" in row

    wrong = typed | {f"task-{task_id}-due": "soon"}
    assert "<html" in _page(browsers["operator"].post(where, wrong), 422)
    answer = browsers["operator"].post(where, {f"task-{task_id}-owner": ""})
    assert answer.headers["Location"] == f"/console/tasks/{task_id}/"
    task = Task.objects.get()
    assert (task.owner_id, task.due) == (None, None)


def test_a_moderator_works_on_their_own_tasks_only(browsers, people, add):
    mine, others = add("mine", owner_id=people["moderator"].pk), add("others")
    for task_id, expected in ((mine, 302), (others, 404)):
        answer = browsers["moderator"].post(f"/console/tasks/{task_id}/step/", {"step": "finish"})
        assert answer.status_code == expected
        moved = browsers["moderator"].post(f"/console/tasks/{task_id}/move/", {"due": "2026-03-20"})
        assert moved.status_code == expected

    assert set(Task.objects.values_list("title", "status", "due")) == {
        ("mine", "done", date(2026, 3, 20)),
        ("others", "todo", None),
    }


def test_finishing_before_what_it_waits_for_warns(browsers, people, add):
    first, then = add("先"), add("后")
    services.add_dependency(task_id=then, needs_id=first, actor_id=people["operator"].pk, at=NOW)
    shown = _page(browsers["operator"].get(f"/console/tasks/{then}/"))
    assert "It waits for: 先. It can be finished all the same." in shown
    answer = browsers["operator"].post(
        f"/console/tasks/{then}/step/", {"step": "finish"}, follow=True
    )

    assert "although it waited for: 先" in _page(answer)


def test_a_circle_is_named_beside_the_form(browsers, people, add):
    first, then = add("先"), add("后")
    browsers["operator"].post(f"/console/tasks/{then}/needs/", {"needs": first})
    shown = _page(browsers["operator"].post(f"/console/tasks/{first}/needs/", {"needs": then}), 422)

    assert "They would wait for each other: 先 → 后 → 先" in shown
    browsers["operator"].post(f"/console/tasks/{then}/needs/{first}/remove/")
    assert Task.objects.get(pk=then).needs.count() == 0


def test_a_task_is_linked_to_what_was_found_or_awaited(browsers, add, space, happen):
    question = happen.publish("怎么报名？", kind="question")
    task_id = add()
    where = f"/console/tasks/{task_id}/link/"
    shown = _page(browsers["operator"].get(where, {"kind": "question", "words": "报名"}))
    assert f"post:{question.pk}" in shown

    browsers["operator"].post(where, {"kind": "question", "ref": f"post:{question.pk}"})
    assert (
        browsers["operator"].post(where, {"kind": "question", "ref": "post:9"}).status_code == 404
    )
    assert browsers["operator"].post(where, {"kind": "nothing", "ref": "x"}).status_code == 404
    assert "Select a valid choice" in _page(
        browsers["operator"].post(where, {"wait": "1", "space": "999"}), 422
    )
    awaited = {"wait": "1", "space": space.pk, "title_words": "三月 文摘", "format": "post"}
    browsers["operator"].post(where, awaited)

    kept = TaskLink.objects.order_by("pk").values_list("kind", "ref", "awaited")
    assert list(kept) == [
        ("question", f"post:{question.pk}", {}),
        (
            "awaited_post",
            f"space:{space.pk}",
            {
                "space_id": space.pk,
                "member_id": None,
                "words": ["三月", "文摘"],
                "format": "post",
            },
        ),
    ]
    page = _page(browsers["moderator"].get(f"/console/tasks/{task_id}/"))
    assert "The first post in “公告栏”, with “三月 文摘” in its title" in page
    happen.accept(question)
    happen.publish("三月文摘 · 2026")
    page = _page(browsers["moderator"].get(f"/console/tasks/{task_id}/"))
    assert "closed by what was done" in page


def test_a_gate_is_passed_from_its_page_and_its_record_stays(plan, browsers, people):
    services.make_phases(plan_id=plan.pk, actor_id=people["owner"].pk, at=NOW)
    phase = plan.phases.get(kind="execution")
    where = f"/console/phases/{phase.pk}/"
    shown = _page(browsers["operator"].get(where))
    assert "The plan’s state: Draft" in shown
    assert "Begin all the same" not in shown
    refused = browsers["operator"].post(f"{where}gate/", {"gate": "entry", "reason": "because"})
    assert "An owner may open the gate although something is missing" in _page(refused, 422)
    refused = browsers["owner"].post(f"{where}gate/", {"gate": "entry", "reason": ""})
    assert "Say why the gate opens all the same" in _page(refused, 422)
    assert not PhaseAcceptance.objects.exists()

    browsers["owner"].post(f"{where}gate/", {"gate": "entry", "reason": "董事会已口头同意"})

    shown = _page(browsers["moderator"].get(where))
    assert "董事会已口头同意" in shown
    assert "Although something was missing" in shown
    browsers["operator"].post(f"{where}gate/", {"gate": "exit"})
    phase.refresh_from_db()
    assert phase.status == "accepted"


def test_criteria_are_asked_for_with_what_their_kind_needs(plan, browsers, people, space):
    services.make_phases(plan_id=plan.pk, actor_id=people["owner"].pk, at=NOW)
    phase = plan.phases.get(kind="execution")
    where = f"/console/phases/{phase.pk}/criteria/"
    shown = _page(browsers["operator"].post(where, {"gate": "exit", "kind": "stated"}), 422)
    assert shown.count("This is needed for it.") == 2
    share = {
        "gate": "exit",
        "kind": "metric",
        "metric": "response.answered_1d",
        "window": "last_28",
        "compare": "at_least",
        "value": "80",
        "space": space.pk,
        "exclude_staff": "on",
    }
    browsers["operator"].post(where, share)

    criterion = GateCriterion.objects.get(kind="metric")
    assert criterion.terms == {
        "metric": "response.answered_1d",
        "filters": {"spaces": [space.pk], "exclude_staff": True},
        "window": "last_28",
        "at_least": True,
        "value": 0.8,
    }
    assert "at least 80.0%" in _page(browsers["operator"].get(f"/console/phases/{phase.pk}/"))


def test_a_phase_cannot_leave_the_plan(plan, browsers, people):
    services.make_phases(plan_id=plan.pk, actor_id=people["owner"].pk, at=NOW)
    phase = plan.phases.first()
    where = f"/console/phases/{phase.pk}/"
    shown = _page(
        browsers["operator"].post(where, {"first": "2025-12-31", "last": "2026-01-20"}), 422
    )
    assert "A phase lies within the plan’s days." in shown
    browsers["operator"].post(where, {"first": "2026-01-02", "last": "2026-01-20"})
    phase.refresh_from_db()
    assert (phase.start, phase.end) == (date(2026, 1, 2), date(2026, 1, 21))


def test_milestones_are_set_changed_and_reached(plan, browsers, people):
    typed = {"title": "上线", "owner": people["moderator"].pk, "due": "2026-03-10"}
    browsers["operator"].post(f"/console/plans/{plan.pk}/milestones/new/", typed)
    milestone = Milestone.objects.get()
    browsers["operator"].post(f"/console/milestones/{milestone.pk}/", typed | {"title": "改版上线"})
    browsers["moderator"].post(f"/console/milestones/{milestone.pk}/move/", {"due": "2026-03-11"})
    browsers["moderator"].post(f"/console/milestones/{milestone.pk}/reach/")

    milestone.refresh_from_db()
    assert (milestone.title, milestone.due) == ("改版上线", date(2026, 3, 11))
    assert milestone.reached_at == NOW
    shown = _page(browsers["moderator"].get(f"/console/plans/{plan.pk}/schedule/"))
    assert "改版上线" in shown
    assert "Not reached after all" in shown


def test_clicking_a_day_begins_a_task_of_that_day_and_leads_back(browsers, plan):
    shown = _page(browsers["operator"].get("/console/calendar/?day=2026-03-01"))
    assert "/console/tasks/new/?due=2026-03-17" in shown
    form = _page(
        browsers["operator"].get("/console/tasks/new/?due=2026-03-17&next=/console/calendar/")
    )
    assert 'value="2026-03-17"' in form
    answer = browsers["operator"].post(
        "/console/tasks/new/",
        {"title": "月中检查", "due": "2026-03-17", "plan": plan.pk, "next": "/console/calendar/"},
    )
    assert answer.headers["Location"] == "/console/calendar/"
    for view in ("month", "week", "list"):
        where = f"/console/calendar/?day=2026-03-17&view={view}"
        assert "月中检查" in _page(browsers["moderator"].get(where))
        assert "月中检查" not in _page(browsers["moderator"].get(f"{where}&plan={plan.pk + 1}"))


def test_a_task_moves_from_the_list_by_a_date(browsers, add):
    task_id = add(due=TODAY)
    back = "/console/calendar/?view=list"
    answer = browsers["operator"].post(
        f"/console/tasks/{task_id}/move/", {"due": "2026-03-08", "next": back}
    )
    assert answer.headers["Location"] == back
    answer = browsers["operator"].post(
        f"/console/tasks/{task_id}/move/", {"due": "someday"}, follow=True
    )
    assert "That is no day." in _page(answer)
    assert Task.objects.get().due == date(2026, 3, 8)


def test_my_work_shows_what_presses_and_the_calendar_file_the_same(browsers, people, add):
    add("写月报", owner_id=people["moderator"].pk, due=date(2026, 3, 3))
    shown = _page(browsers["moderator"].get("/console/work/"))
    assert "写月报" in shown
    assert "Nothing waits for you" in _page(browsers["owner"].get("/console/work/"))
    page = _page(browsers["moderator"].post("/console/work/feed/"))
    address = page.split('id="feed-address" value="http://testserver')[1].split('"')[0]

    answer = Client().get(address)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:写月报" in _page(answer)
    browsers["moderator"].post("/console/work/feed/", {"renew": "1"})
    assert Client().get(address).status_code == 404


def test_hours_and_absences_one_may_say_of_oneself_only(browsers, people):
    mine, owners = people["moderator"].pk, people["owner"].pk
    typed = {"hours": "12.5", "first": "2026-03-01"}
    shown = _page(
        browsers["moderator"].post("/console/capacity/hours/", typed | {"member": owners}), 422
    )
    assert "Select a valid choice" in shown
    browsers["moderator"].post("/console/capacity/hours/", typed | {"member": mine})
    browsers["operator"].post("/console/capacity/hours/", typed | {"member": owners})
    assert set(WeeklyHours.objects.values_list("member_id", "minutes")) == {
        (mine, 750),
        (owners, 750),
    }
    away = {"away-kind": "leave", "away-first": "2026-03-10", "away-last": "2026-03-09"}
    shown = _page(
        browsers["operator"].post("/console/capacity/absences/", away | {"away-member": owners}),
        422,
    )
    assert "The last day comes before the first." in shown
    away["away-last"] = "2026-03-12"
    browsers["operator"].post("/console/capacity/absences/", away | {"away-member": owners})
    absence = Absence.objects.get()
    assert (absence.start, absence.end) == (date(2026, 3, 10), date(2026, 3, 13))
    remove = f"/console/capacity/absences/{absence.pk}/remove/"
    assert browsers["moderator"].post(remove).status_code == 404
    browsers["owner"].post(remove)
    assert not Absence.objects.exists()


def test_a_line_of_content_makes_slots_within_the_plan(plan, browsers, people, space):
    where = f"/console/plans/{plan.pk}/content/"
    assert "No content is planned yet" in _page(browsers["moderator"].get(where))
    typed = {
        "theme": "每周精选",
        "format": "post",
        "space": space.pk,
        "author": people["moderator"].pk,
        "rhythm": "weeks",
        "every": "2",
        "weekday": "2",
        "nth": "1",
        "start": "2026-04-01",
        "hours": "1",
        "title_words": "精选",
    }
    shown = _page(browsers["operator"].post(f"{where}new/", typed), 422)
    assert "This day is not in the plan." in shown
    browsers["operator"].post(f"{where}new/", typed | {"start": "2026-03-01"})

    assert list(ContentSlot.objects.values_list("day", flat=True)) == [
        date(2026, 3, 4),
        date(2026, 3, 18),
    ]
    shown = _page(browsers["moderator"].get(where))
    assert "every 2 weeks on Wednesday" in shown
    assert "0 of 1" in shown
    line = ContentSlot.objects.first().line
    browsers["operator"].post(f"/console/content/{line.pk}/drop/")
    assert set(Task.objects.values_list("status", flat=True)) == {"dropped"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_speaks_both_languages(plan, browsers, people, add, language):
    services.make_phases(plan_id=plan.pk, actor_id=people["owner"].pk, at=NOW)
    task_id = add(due=TODAY)
    browser = Client(headers={"accept-language": language})
    browser.force_login(people["owner"])
    pages = [
        f"/console/plans/{plan.pk}/schedule/",
        f"/console/plans/{plan.pk}/gantt/?zoom=year",
        f"/console/plans/{plan.pk}/content/new/",
        f"/console/phases/{plan.phases.first().pk}/",
        f"/console/tasks/{task_id}/",
        f"/console/tasks/{task_id}/link/",
        "/console/work/",
        "/console/capacity/",
        "/console/calendar/",
    ]
    for page in pages:
        shown = _page(browser.get(page))
        assert ("日程" in shown or "日历" in shown) == (language == "zh-hans"), page
