"""What is done out there closes the task in here, once, and only what was meant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from juluo.domains.discussions.models import Space
from juluo.domains.notifications import queries as notifications
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import ContentSlot, Task, TaskLink
from juluo.domains.planning.rules.content import Cadence, Rhythm
from juluo.domains.planning.rules.links import Awaited
from juluo.domains.reporting.models import Report
from juluo.eventlog.models import Delivery, EventRecord
from juluo.eventlog.recording import record
from juluo.eventlog.subscriptions import deliver
from juluo.events.importing import ImportFinished
from juluo.events.reporting import ReportFinished, ReportIssued
from juluo.importers.models import ImportRun

from .conftest import NOW, TODAY, names, status

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wait_for(people, space):
    """Return a function that lets a task wait for a publication."""

    def link(task_id, **given):
        awaited = Awaited(**({"space_id": space.pk} | given))
        return services.link_task(
            task_id=task_id,
            kind=queries.AWAITED,
            ref=awaited.ref,
            awaited=awaited.as_json(),
            actor_id=people["operator"].pk,
            at=NOW,
        )

    return link


def _link(task_id, kind, ref, people):
    return services.link_task(
        task_id=task_id, kind=kind, ref=ref, actor_id=people["operator"].pk, at=NOW
    )


def test_publishing_the_awaited_post_closes_the_task(people, add, wait_for, happen):
    task_id = add(owner_id=people["moderator"].pk, start=TODAY)
    assert not wait_for(task_id, words=("文摘",), member_id=people["operator"].pk)

    happen.publish("别的事")
    happen.publish("三月文摘", author="member")
    assert status(task_id) == "todo"
    post = happen.publish("三月文摘")

    task = Task.objects.get(pk=task_id)
    assert (task.status, task.closed_by_ref, task.done_at) == ("done", f"post:{post.pk}", NOW)
    told = [row.words for row in notifications.inbox(member_id=people["moderator"].pk)]
    assert any("写月报" in words for words in told)
    finished = EventRecord.objects.get(name="planning.task_finished")
    assert finished.payload == {"task_id": task_id, "closed_by_ref": f"post:{post.pk}"}
    assert finished.actor_id is None


def test_told_twice_it_closes_once(people, add, wait_for, happen):
    task_id = add()
    wait_for(task_id)
    happen.publish()
    Delivery.objects.update(status=Delivery.Status.WAITING, not_before=NOW - timedelta(days=900))
    deliver()

    assert names().count("task_finished") == 1
    services.reopen_task(task_id=task_id, actor_id=people["operator"].pk, at=NOW)
    Delivery.objects.update(status=Delivery.Status.WAITING, not_before=NOW - timedelta(days=900))
    deliver()
    assert status(task_id) == "todo"


def test_the_local_day_of_the_start_counts_and_the_evening_before_does_not(add, wait_for, happen):
    task_id = add(start=date(2026, 3, 5))
    wait_for(task_id)

    # 23:59 and 00:00 in Shanghai.
    happen.publish(at=datetime(2026, 3, 4, 15, 59, tzinfo=UTC))
    assert status(task_id) == "todo"
    happen.publish(at=datetime(2026, 3, 4, 16, 0, tzinfo=UTC))
    assert status(task_id) == "done"


def test_an_accepted_answer_closes_the_question_and_its_task(people, add, happen):
    question = happen.publish("怎么报名？", kind="question")
    task_id = add("回答提问")
    assert not _link(task_id, "question", f"post:{question.pk}", people)

    happen.accept(question)

    assert Task.objects.get(pk=task_id).closed_by_ref == f"post:{question.pk}"


def test_what_is_done_already_closes_the_task_when_it_is_linked(people, add, wait_for, happen):
    question = happen.publish("怎么报名？", kind="question")
    happen.accept(question)
    solved, written, awaiting = add("一"), add("二"), add("三", start=TODAY)

    assert _link(solved, "question", f"post:{question.pk}", people)
    assert _link(written, "post", f"post:{question.pk}", people)
    assert wait_for(awaiting, format="question")
    assert {status(each) for each in (solved, written, awaiting)} == {"done"}


def test_a_report_and_an_import_close_their_tasks(people, add, plan):
    report = Report.objects.create(
        start=TODAY,
        end=TODAY + timedelta(days=1),
        status="draft",
        asked_by=people["owner"],
        asked_at=NOW,
    )
    run = ImportRun.objects.create(format="slack", source="slack", label="a.zip", asked_at=NOW)
    first, second = add("做报告"), add("导入")
    _link(first, "report", f"report:{report.pk}", people)
    _link(second, "import", f"import:{run.pk}", people)
    with transaction.atomic():
        record(ReportFinished(report_id=report.pk), at=NOW)
        record(ReportIssued(report_id=report.pk, kind="window", edition=1), at=NOW)
        record(ImportFinished(run_id=run.pk + 1, format="slack", value=1), at=NOW)
    deliver()
    assert (status(first), status(second)) == ("done", "todo")
    with transaction.atomic():
        record(ImportFinished(run_id=run.pk, format="slack", value=1), at=NOW)
    deliver()

    assert Task.objects.get(pk=second).closed_by_ref == f"import:{run.pk}"


def test_imported_history_closes_only_what_lies_on_or_after_the_start(people, add, wait_for, space):
    from juluo.domains.discussions.models import Post

    early, late = add("早", start=date(2026, 3, 1)), add("晚", start=date(2026, 3, 3))
    wait_for(early)
    wait_for(late)
    Post.objects.create(
        space=space,
        author=people["member"],
        title="旧帖",
        body="x",
        published_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        source="slack",
        outside_id="1",
    )
    before = Delivery.objects.count()
    with transaction.atomic():
        record(ImportFinished(run_id=9, format="slack", value=1), at=NOW)
    deliver()

    assert (status(early), status(late)) == ("done", "todo")
    assert Task.objects.get(pk=early).done_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    # Those who listen hear of the import itself, none of the post.
    new = Delivery.objects.order_by("pk")[before:]
    assert {each.record.name for each in new} == {ImportFinished.name}


def test_a_task_with_two_links_is_done_with_the_last(people, add, happen):
    questions = [happen.publish(f"问 {n}", kind="question") for n in range(2)]
    task_id = add()
    for each in questions:
        _link(task_id, "question", f"post:{each.pk}", people)

    happen.accept(questions[0])
    assert status(task_id) == "todo"
    happen.accept(questions[1])
    assert status(task_id) == "done"


def test_dropped_and_finished_tasks_are_left_alone(people, add, wait_for, happen):
    dropped, finished = add("一"), add("二")
    actor = people["operator"].pk
    for task_id in (dropped, finished):
        wait_for(task_id)
    services.drop_task(task_id=dropped, actor_id=actor, at=NOW)
    services.finish_task(task_id=finished, actor_id=actor, at=NOW)
    happen.publish()

    assert status(dropped) == "dropped"
    assert Task.objects.get(pk=finished).closed_by_ref == ""
    assert names().count("task_finished") == 1


def test_an_untied_task_no_longer_closes(people, add, wait_for, happen):
    task_id = add()
    wait_for(task_id)
    link = TaskLink.objects.get()
    assert services.unlink_task(link_id=link.pk, actor_id=people["operator"].pk, at=NOW)
    assert not services.unlink_task(link_id=link.pk, actor_id=people["operator"].pk, at=NOW)
    happen.publish()

    assert status(task_id) == "todo"


def test_an_event_costs_one_query_where_nothing_waits(
    shanghai, space, django_assert_num_queries, add, wait_for
):
    from juluo.events.discussions import PostPublished

    wait_for(add(), space_id=space.pk + 1)
    event = PostPublished(subject_id="post:1", thread_id="post:1", space_id=space.pk)
    with django_assert_num_queries(1):
        assert services.hear(event, at=NOW, now=NOW) == 0


def test_a_post_in_another_space_closes_nothing(add, wait_for, happen):
    task_id = add()
    wait_for(task_id)
    happen.publish(where=Space.objects.create(name="闲聊", opened_at=NOW))

    assert status(task_id) == "todo"


def _line(plan, people, space, **given):
    return services.add_content_line(
        **{
            "plan_id": plan.pk,
            "theme": "每周精选",
            "format": "post",
            "space_id": space.pk,
            "author_id": people["moderator"].pk,
            "cadence": Cadence(rhythm=Rhythm.WEEKS, weekday=2),
            "start": date(2026, 3, 1),
            "planned_minutes": 90,
            "actor_id": people["operator"].pk,
            "at": NOW,
        }
        | given
    )


def test_a_line_makes_a_slot_for_each_of_its_days_and_tells_its_author_once(plan, people, space):
    line_id = _line(plan, people, space)

    days = list(ContentSlot.objects.values_list("day", "task__start", "task__due"))
    assert days == [
        (date(2026, 3, 4), date(2026, 2, 18), date(2026, 3, 4)),
        (date(2026, 3, 11), date(2026, 3, 5), date(2026, 3, 11)),
        (date(2026, 3, 18), date(2026, 3, 12), date(2026, 3, 18)),
        (date(2026, 3, 25), date(2026, 3, 19), date(2026, 3, 25)),
    ]
    assert notifications.unread_count(member_id=people["moderator"].pk) == 1
    assert services.drop_content_line(line_id=line_id, actor_id=people["operator"].pk, at=NOW)
    assert set(Task.objects.values_list("status", flat=True)) == {"dropped"}


def test_each_publication_fills_the_nearest_slot_and_one_only(plan, people, space, happen):
    _line(plan, people, space)
    first = happen.publish("其一")
    happen.publish("其二", at=datetime(2026, 3, 10, 2, tzinfo=UTC))

    filled = list(ContentSlot.objects.values_list("day", "published_ref", "published_on"))
    assert filled[0] == (date(2026, 3, 4), f"post:{first.pk}", TODAY)
    assert filled[1][2] == date(2026, 3, 10)
    assert filled[2][1] is None
    assert names().count("slot_filled") == 2


def test_looking_back_fills_as_if_it_had_been_told(plan, people, space):
    from juluo.domains.discussions.models import Post

    for day in (4, 12, 12, 31):
        Post.objects.create(
            space=space,
            author=people["moderator"],
            title=f"第 {day} 期",
            body="x",
            published_at=datetime(2026, 3, day, 2, tzinfo=UTC),
        )
    _line(plan, people, space)

    filled = list(ContentSlot.objects.values_list("day", "published_on"))
    assert filled == [
        (date(2026, 3, 4), date(2026, 3, 4)),
        (date(2026, 3, 11), date(2026, 3, 12)),
        (date(2026, 3, 18), date(2026, 3, 12)),
        (date(2026, 3, 25), date(2026, 3, 31)),
    ]
    assert services.look_back(now=NOW) == 0


def test_a_slot_that_was_ticked_off_by_hand_still_learns_what_was_published(
    plan, people, space, happen
):
    _line(plan, people, space)
    slot = ContentSlot.objects.first()
    services.finish_task(task_id=slot.task_id, actor_id=people["moderator"].pk, at=NOW)
    post = happen.publish()

    slot.refresh_from_db()
    assert slot.published_ref == f"post:{post.pk}"
    assert Task.objects.get(pk=slot.task_id).closed_by_ref == ""
    assert names().count("task_finished") == 1


def test_the_content_plan_counts_published_missed_and_gaps(
    plan, people, space, happen, django_assert_num_queries
):
    _line(plan, people, space)
    _line(
        plan,
        people,
        space,
        theme="每月一问",
        format="question",
        cadence=Cadence(rhythm=Rhythm.ONCE),
        start=date(2026, 3, 2),
        author_id=None,
    )
    happen.publish()
    # The space's name, the lines, the slots; nothing grows with their number.
    with django_assert_num_queries(3):
        found = queries.content_plan(
            plan_id=plan.pk, plan_last=date(2026, 3, 31), today=date(2026, 3, 12)
        )

    assert (found.published, found.due, found.missed, found.planned) == (1, 3, 1, 5)
    assert [slot.state for slot in found.slots] == [
        "missed",
        "published",
        "late",
        "planned",
        "planned",
    ]
    assert found.gaps == (date(2026, 3, 30),)
    assert [(each.name, each.planned, each.published, each.missed) for each in found.authors] == [
        ("Moderator", 3, 1, 0),
        ("nobody yet", 0, 0, 1),
    ]


def test_a_kind_that_a_higher_part_registers_closes_links_too(people, add):
    from dataclasses import dataclass
    from typing import ClassVar

    from juluo.domains.planning import subscribers
    from juluo.domains.planning.queries import links as registry
    from juluo.domains.planning.types import Closing, LinkKind
    from juluo.eventlog.subscriptions import unsubscribe
    from juluo.events.base import EVENT_TYPES, Event

    @dataclass(frozen=True, kw_only=True)
    class GatheringEnded(Event):
        name: ClassVar[str] = "tests.gathering_ended"
        gathering_id: int

    queries.register_link_kind(
        LinkKind(
            key="gathering",
            label="A gathering",
            closes_on=(GatheringEnded,),
            refs=lambda event: (f"gathering:{event.gathering_id}",),
            heard=lambda event, links, at: [
                Closing(link_id=link.id, ref=link.ref, at=at) for link in links
            ],
            find=lambda _words: [],
            title=lambda ref, _awaited: ref,
            url=lambda _ref: "",
        )
    )
    subscribers.listen()
    try:
        task_id = add("办好聚会")
        _link(task_id, "gathering", "gathering:4", people)
        with transaction.atomic():
            record(GatheringEnded(gathering_id=4), at=NOW)
        deliver()
        assert Task.objects.get(pk=task_id).closed_by_ref == "gathering:4"
    finally:
        registry._KINDS.pop("gathering")
        unsubscribe("domains.planning.subscribers.close_links_on_GatheringEnded")
        EVENT_TYPES.pop("tests.gathering_ended")
