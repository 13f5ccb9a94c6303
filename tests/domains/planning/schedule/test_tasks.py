"""Tasks are written down, given to people, done, and wait for each other."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications import queries as notifications
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Milestone, Phase, Plan, Strategy, Task, TaskDependency
from juluo.eventlog.models import EventRecord

from .conftest import NOW, TODAY, names, status


def test_a_task_is_written_down_once_for_its_origin(plan, people, add):
    first = add(origin="risk:3:response:5", owner_id=people["moderator"].pk)
    again = add("something else", origin="risk:3:response:5")

    assert first == again
    assert Task.objects.get().title == "写月报"
    assert names() == ["task_added", "task_assigned"]
    assert notifications.unread_count(member_id=people["moderator"].pk) == 1


def test_the_plan_comes_from_the_strategy_the_phase_or_the_milestone(plan, people):
    strategy = Strategy.objects.create(
        plan=plan,
        title="新人计划",
        owner=people["owner"],
        start=plan.start,
        end=plan.end,
        created_at=NOW,
    )
    task_id = services.add_task(title="访谈", strategy_id=strategy.pk, actor_id=None, at=NOW)

    assert Task.objects.get(pk=task_id).plan_id == plan.pk


def test_parts_of_two_plans_make_no_task(plan, people, add):
    other = Plan.objects.create(
        kind="annual",
        title="全年",
        start=plan.start,
        end=plan.end,
        owner=people["owner"],
        created_at=NOW,
        created_by=people["owner"],
    )
    phase = Phase.objects.create(plan=other, kind="launch", start=plan.start, end=plan.end)

    with pytest.raises(services.OtherPlan):
        add(phase_id=phase.pk)
    assert not Task.objects.exists()
    assert names() == []


def test_the_last_day_never_comes_before_the_first(add):
    with pytest.raises(services.DueBeforeStart):
        add(start=TODAY, due=TODAY - timedelta(days=1))
    assert not Task.objects.exists()


def test_only_the_one_who_is_given_a_task_by_another_is_told(people, add):
    add(owner_id=people["operator"].pk)
    add("for the moderator", owner_id=people["moderator"].pk)

    assert notifications.unread_count(member_id=people["operator"].pk) == 0
    (told,) = notifications.inbox(member_id=people["moderator"].pk)
    assert "for the moderator" in told.words
    assert told.url.startswith("/console/tasks/")


def test_moving_a_task_keeps_its_length_and_tells_what_changed(people, add):
    task_id = add(start=date(2026, 3, 9), due=date(2026, 3, 12))
    services.place_task(
        task_id=task_id,
        owner_id=people["moderator"].pk,
        due=date(2026, 3, 6),
        actor_id=people["operator"].pk,
        at=NOW,
    )

    task = Task.objects.get()
    assert (task.start, task.due) == (date(2026, 3, 3), date(2026, 3, 6))
    assert names()[1:] == ["task_changed", "task_assigned"]
    changed = EventRecord.objects.get(name="planning.task_changed")
    assert changed.payload == {"task_id": task_id, "fields": "due,start"}
    services.place_task(
        task_id=task_id,
        owner_id=people["moderator"].pk,
        due=date(2026, 3, 6),
        actor_id=people["operator"].pk,
        at=NOW,
    )
    assert len(names()) == 3


def test_a_task_is_started_finished_and_reopened_each_once(people, add):
    actor = people["operator"].pk
    task_id = add()
    told = [
        services.start_task(task_id=task_id, actor_id=actor, at=NOW),
        services.start_task(task_id=task_id, actor_id=actor, at=NOW),
        services.finish_task(task_id=task_id, actor_id=actor, at=NOW),
        services.finish_task(task_id=task_id, actor_id=actor, at=NOW),
        services.drop_task(task_id=task_id, actor_id=actor, at=NOW),
        services.reopen_task(task_id=task_id, actor_id=actor, at=NOW),
        services.drop_task(task_id=task_id, actor_id=actor, at=NOW),
    ]

    assert told == [True, False, True, False, False, True, True]
    assert names() == [
        "task_added",
        "task_started",
        "task_finished",
        "task_reopened",
        "task_dropped",
    ]
    assert status(task_id) == "dropped"
    assert AuditEntry.objects.filter(subject=f"task:{task_id}").count() == 5


def test_the_circle_is_named_and_nothing_is_kept(people, add):
    a, b, c = (add(title) for title in ("甲", "乙", "丙"))
    actor = people["operator"].pk
    services.add_dependency(task_id=b, needs_id=a, actor_id=actor, at=NOW)
    services.add_dependency(task_id=c, needs_id=b, actor_id=actor, at=NOW)

    with pytest.raises(services.CircularDependency) as refused:
        services.add_dependency(task_id=a, needs_id=c, actor_id=actor, at=NOW)

    assert refused.value.titles == ("甲", "丙", "乙", "甲")
    assert TaskDependency.objects.count() == 2
    with pytest.raises(services.CircularDependency):
        services.add_dependency(task_id=a, needs_id=a, actor_id=actor, at=NOW)


def test_a_waiting_task_says_so_and_may_be_finished_all_the_same(people, add):
    first, then = add("先"), add("后")
    actor = people["operator"].pk
    services.add_dependency(task_id=then, needs_id=first, actor_id=actor, at=NOW)

    assert queries.task_row(then, today=TODAY).waits_for == ("先",)
    assert services.finish_task(task_id=then, actor_id=actor, at=NOW)
    services.finish_task(task_id=first, actor_id=actor, at=NOW)
    assert queries.task_row(then, today=TODAY).waits_for == ()
    services.remove_dependency(task_id=then, needs_id=first, actor_id=actor, at=NOW)
    assert not TaskDependency.objects.exists()


def test_milestones_are_set_moved_and_reached(plan, people):
    actor = people["operator"].pk
    milestone_id = services.add_milestone(
        plan_id=plan.pk, title="上线", owner_id=actor, due=TODAY, actor_id=actor, at=NOW
    )
    services.move_milestone(milestone_id=milestone_id, due=TODAY, actor_id=actor, at=NOW)
    later = TODAY + timedelta(days=1)
    services.move_milestone(milestone_id=milestone_id, due=later, actor_id=actor, at=NOW)
    assert services.reach_milestone(milestone_id=milestone_id, actor_id=actor, at=NOW)
    assert not services.reach_milestone(milestone_id=milestone_id, actor_id=actor, at=NOW)

    assert Milestone.objects.get().due == later
    assert names() == ["milestone_added", "milestone_changed", "milestone_reached"]


@pytest.fixture
def full(plan, people, add):
    """Twelve tasks, some late, some waiting, some linked; two milestones; five phases."""
    actor = people["operator"].pk
    services.make_phases(plan_id=plan.pk, actor_id=actor, at=NOW)
    phases = list(plan.phases.all())
    ids = [
        add(
            f"任务 {n}",
            phase_id=phases[n % 5].pk,
            owner_id=people["owner" if n % 2 else "moderator"].pk,
            due=TODAY + timedelta(days=n - 3),
            planned_minutes=60 * (n % 3),
        )
        for n in range(12)
    ]
    for n in (5, 6, 7):
        services.add_dependency(task_id=ids[n], needs_id=ids[n - 1], actor_id=actor, at=NOW)
    for n in range(2):
        services.add_milestone(
            plan_id=plan.pk, title=f"{n}", owner_id=actor, due=TODAY, actor_id=actor, at=NOW
        )
    return ids


def test_the_schedule_costs_four_queries_however_long(plan, full, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = queries.plan_schedule(plan_id=plan.pk, today=TODAY)

    assert [phase.kind for phase in found.phases] == [
        "preparation",
        "launch",
        "execution",
        "monitoring",
        "closing",
    ]
    assert [phase.is_current for phase in found.phases] == [True, False, False, False, False]
    assert len(found.all_tasks) == 12
    assert sum(row.is_late for row in found.all_tasks) == 3


def test_my_work_costs_a_fixed_number_of_queries(people, full, django_assert_num_queries):
    with django_assert_num_queries(6):
        work = queries.my_work(member_id=people["owner"].pk, now=NOW)

    assert [row.title for row in work.late] == ["任务 1"]
    assert [row.title for row in work.today] == ["任务 3"]
    # The week ends on Sunday, 8 March; tasks 5 and 7 wait for others.
    assert [row.title for row in work.waiting] == ["任务 5", "任务 7"]
    assert [row.title for row in work.this_week] == []
    assert [row.title for row in work.later] == ["任务 9", "任务 11"]


def test_lines_of_plans_and_strategies_say_how_their_tasks_stand(
    plan, people, full, django_assert_num_queries
):
    actor = people["operator"].pk
    services.finish_task(task_id=full[0], actor_id=actor, at=NOW)
    services.drop_task(task_id=full[1], actor_id=actor, at=NOW)
    services.start_task(task_id=full[2], actor_id=actor, at=NOW)

    with django_assert_num_queries(1):
        lines = queries.task_lines(plan_ids=[plan.pk], today=TODAY)

    assert lines == {
        f"plan:{plan.pk}": queries.TaskLine(
            total=11, done=1, doing=1, late=1, next_due=TODAY - timedelta(days=1)
        )
    }


def test_late_tasks_need_a_person_and_only_their_owner_hears(people, full):
    (need,) = queries.say_what_is_late(people["moderator"], NOW)
    assert need.words == "2 of your tasks are late."
    assert need.url == "/console/work/"
    assert queries.say_what_is_late(people["operator"], NOW) == []
    assert queries.say_what_is_late(people["member"], NOW) == []


def test_a_version_freezes_phases_milestones_and_tasks(plan, full):
    entries = queries.SCHEDULE_PART.entries(plan.pk)

    assert [entry.ref.split(":")[0] for entry in entries] == [
        *["phase"] * 5,
        *["milestone"] * 2,
        *["task"] * 12,
    ]
    first = entries[7]
    assert first.title == "任务 0"
    assert first.facts == {
        "start": None,
        "due": "2026-03-01",
        "owner": "Moderator",
        "minutes": None,
    }
    show = queries.SCHEDULE_PART.show
    assert show("due", "2026-03-01", "en") == "1 March 2026"
    assert show("minutes", 90, "en") == "1.5 h"
    assert show("minutes", 90, "zh-hans") == "1.5 小时"


def test_the_log_holds_ids_and_no_words(people, add):
    add("秘密", details="不要写进日志", owner_id=people["moderator"].pk)

    for row in EventRecord.objects.all():
        assert "秘密" not in str(row.payload)
        assert (row.subject_id, row.thread_id) == ("", "")


@pytest.mark.django_db(transaction=True)
def test_a_failed_change_leaves_no_event(people, add):
    task_id = add()
    before = EventRecord.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.start_task(task_id=task_id, actor_id=people["owner"].pk, at=NOW)
        raise ZeroDivisionError
    assert status(task_id) == "todo"
    assert EventRecord.objects.count() == before
