"""A closed plan stays as it is: each service refuses, each page says so and loses nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client

from juluo.domains.planning import queries, services
from juluo.domains.planning.models import GateCriterion, Milestone, Phase, Plan, Task, TaskLink
from juluo.domains.planning.rules.content import Cadence
from juluo.domains.planning.types import Awaited
from juluo.eventlog.models import EventRecord

from .conftest import NOW, TODAY, names, status

LATER = TODAY + timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What stands in the plan."""

    plan: int
    phase: int
    criterion: int
    asked: int
    milestone: int
    reached: int
    task: int
    done: int
    other: int
    link: int
    line: int
    space: int


@pytest.fixture
def parts(plan, people, space, add):
    """A plan with one of everything, open still."""
    operator = people["operator"].pk
    who = {"actor_id": operator, "at": NOW}
    services.make_phases(plan_id=plan.pk, **who)
    phase = Phase.objects.order_by("position")[0]
    asked = services.add_criterion(
        phase_id=phase.pk, gate="entry", kind="stated", words="?", person_id=operator, **who
    )
    milestone = {"plan_id": plan.pk, "title": "m", "owner_id": operator, "due": TODAY}
    reached = services.add_milestone(**milestone, **who)
    services.reach_milestone(milestone_id=reached, **who)
    first, done, other = add("a", due=TODAY, owner_id=operator), add("b"), add("c")
    services.finish_task(task_id=done, **who)
    services.add_dependency(task_id=first, needs_id=other, **who)
    awaited = Awaited(space_id=space.pk, words=("月报",), format="post")
    about = {"kind": queries.AWAITED, "ref": awaited.ref, "awaited": awaited.as_json()}
    services.link_task(task_id=first, **about, **who)
    line = services.add_content_line(
        plan_id=plan.pk, theme="t", format="question", space_id=space.pk, **rhythm(), **who
    )
    return Parts(
        plan=plan.pk,
        phase=phase.pk,
        criterion=GateCriterion.objects.exclude(pk=asked).filter(phase=phase)[0].pk,
        asked=asked,
        milestone=services.add_milestone(**milestone, **who),
        reached=reached,
        task=first,
        done=done,
        other=other,
        link=TaskLink.objects.get(task_id=first).pk,
        line=line,
        space=space.pk,
    )


def rhythm():
    return {"cadence": Cadence(rhythm="weekly", weekday=0), "start": TODAY}


def words_of_a_task():
    return {"title": "z", "details": "", "owner_id": None, "start": None, "due": None} | {
        "planned_minutes": 0,
        "strategy_id": None,
        "phase_id": None,
        "milestone_id": None,
    }


# Each service that writes what belongs to a plan, by how it is called on the parts of one.
WRITES = {
    "add_task": lambda p: {"plan_id": p.plan, "title": "z"},
    "add_task to a phase": lambda p: {"phase_id": p.phase, "title": "z"},
    "change_task": lambda p: {"task_id": p.task, **words_of_a_task()},
    "place_task": lambda p: {"task_id": p.task, "owner_id": None, "due": LATER},
    "arrange_task": lambda p: {"task_id": p.task, "due": LATER},
    "start_task": lambda p: {"task_id": p.task},
    "finish_task": lambda p: {"task_id": p.task},
    "drop_task": lambda p: {"task_id": p.task},
    "reopen_task": lambda p: {"task_id": p.done},
    "add_dependency": lambda p: {"task_id": p.other, "needs_id": p.done},
    "remove_dependency": lambda p: {"task_id": p.task, "needs_id": p.other},
    "link_task": lambda p: {"task_id": p.task, "kind": "question", "ref": "post:1"},
    "unlink_task": lambda p: {"link_id": p.link},
    "make_phases": lambda p: {"plan_id": p.plan},
    "change_phase": lambda p: {
        "phase_id": p.phase,
        "start": date(2026, 1, 2),
        "end": date(2026, 1, 9),
    },
    "add_criterion": lambda p: {"phase_id": p.phase, "gate": "entry", "kind": "work_done"},
    "remove_criterion": lambda p: {"criterion_id": p.criterion},
    "state_criterion": lambda p: {"criterion_id": p.asked, "holds": True},
    "pass_gate": lambda p: {"phase_id": p.phase, "gate": "entry", "override": "so"},
    "add_milestone": lambda p: {"plan_id": p.plan, "title": "n", "owner_id": 1, "due": LATER},
    "change_milestone": lambda p: {
        "milestone_id": p.milestone,
        "phase_id": None,
        "title": "n",
        "owner_id": 1,
        "due": LATER,
    },
    "move_milestone": lambda p: {"milestone_id": p.milestone, "due": LATER},
    "reach_milestone": lambda p: {"milestone_id": p.milestone},
    "reopen_milestone": lambda p: {"milestone_id": p.reached},
    "add_content_line": lambda p: {
        "plan_id": p.plan,
        "theme": "u",
        "format": "article",
        "space_id": p.space,
        **rhythm(),
    },
    "drop_content_line": lambda p: {"line_id": p.line},
}


@pytest.mark.parametrize("write", WRITES)
def test_a_service_refuses_to_change_it(write, parts, people):
    Plan.objects.update(status="closed")
    before = (names(), list(Task.objects.order_by("pk").values()), EventRecord.objects.count())
    service = getattr(services, write.split()[0])

    with pytest.raises(services.PlanIsClosed):
        service(**WRITES[write](parts), actor_id=people["operator"].pk, at=NOW)

    after = (names(), list(Task.objects.order_by("pk").values()), EventRecord.objects.count())
    assert after == before


def test_notes_are_not_attached_any_more(plan):
    Plan.objects.update(status="closed")

    with pytest.raises(services.PlanIsClosed):
        services.attach_notes(plan_id=plan.pk, note_ids=[])


def test_what_is_published_closes_nothing_until_it_opens_again(parts, happen, people):
    Plan.objects.update(status="closed")
    happen.publish("三月月报")
    assert status(parts.task) == "todo"

    services.reopen_plan(plan_id=parts.plan, actor_id=people["owner"].pk, at=NOW)
    assert status(parts.task) == "done"


def test_nobody_is_asked_to_work_on_it(parts, people):
    operator = people["operator"].pk
    assert not queries.my_work(member_id=operator, now=NOW).is_empty

    Plan.objects.update(status="closed")
    assert queries.my_work(member_id=operator, now=NOW + timedelta(days=60)).is_empty
    assert queries.late_count(member_id=operator, today=LATER) == 0


@pytest.fixture
def operator(people):
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["operator"])
    return client


CLOSED = "This plan is closed; nothing in it changes any more."


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/console/tasks/{0.task}/edit/", {"title": "written with care"}),
        ("/console/tasks/new/?plan={0.plan}", {"title": "written with care"}),
        ("/console/plans/{0.plan}/milestones/new/", {"title": "written with care", "due": LATER}),
        ("/console/phases/{0.phase}/", {"first": "2026-01-02", "last": "2026-01-09"}),
    ],
)
def test_a_form_that_comes_too_late_says_so_and_keeps_what_was_typed(
    address, given, parts, operator, people
):
    Plan.objects.update(status="closed")
    given = {"owner": people["operator"].pk} | given

    page = operator.post(address.format(parts), given)

    assert page.status_code == 422
    text = page.content.decode()
    assert CLOSED in text
    assert str(given.get("title", given.get("last"))) in text


def test_a_button_that_is_pressed_too_late_says_so_on_the_page_it_is_on(parts, operator):
    Plan.objects.update(status="closed")
    here = f"/console/plans/{parts.plan}/schedule/"

    page = operator.post(
        f"/console/tasks/{parts.task}/step/", {"step": "finish", "next": here}, follow=True
    )

    assert page.redirect_chain == [(here, 302)]
    assert CLOSED in page.content.decode()
    assert status(parts.task) == "todo"


def test_a_button_without_a_page_leads_to_the_plans(parts, operator):
    Plan.objects.update(status="closed")
    foreign = {"step": "finish", "next": "https://elsewhere.example/"}

    page = operator.post(f"/console/tasks/{parts.task}/step/", foreign)

    assert (page.status_code, page.url) == (302, "/console/plans/")


def test_an_htmx_button_lets_the_page_be_loaded_again(parts, operator):
    Plan.objects.update(status="closed")

    page = operator.post(
        f"/console/milestones/{parts.milestone}/reach/", headers={"HX-Request": "true"}
    )

    assert (page.status_code, page.headers["HX-Refresh"]) == (204, "true")
    assert Milestone.objects.get(pk=parts.milestone).reached_at is None


def test_the_page_of_a_task_offers_nothing(parts, operator):
    Plan.objects.update(status="closed")

    text = operator.get(f"/console/tasks/{parts.task}/").content.decode()

    assert f"/console/tasks/{parts.task}/step/" not in text
    assert f"/console/tasks/{parts.task}/edit/" not in text
