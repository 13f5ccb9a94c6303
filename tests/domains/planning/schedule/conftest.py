"""A quarter's plan in a Shanghai community, and short ways to say what happens to it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils.translation import override

from juluo.domains.community.models import Community
from juluo.domains.discussions.models import Answer, Post, Space
from juluo.domains.planning import services
from juluo.domains.planning.models import Plan, Task
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import record
from juluo.eventlog.subscriptions import deliver
from juluo.events.discussions import AnswerAccepted, PostPublished, QuestionAsked

# A Wednesday; the community's clock is eight hours ahead.
NOW = datetime(2026, 3, 4, 2, tzinfo=UTC)
TODAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _in_english():
    """Pages of other tests leave their language behind in this thread."""
    with override("en"):
        yield


@pytest.fixture
def shanghai(db):
    Community.objects.create(pk=1, name="晨读社", timezone="Asia/Shanghai", language="zh-hans")


@pytest.fixture
def plan(people, shanghai):
    owner = people["owner"]
    return Plan.objects.create(
        kind="quarterly",
        title="第一季度",
        start=date(2026, 1, 1),
        end=date(2026, 4, 1),
        owner=owner,
        created_at=NOW,
        created_by=owner,
    )


@pytest.fixture
def add(people, plan):
    """Return a function that writes a task of the plan down, as the operator."""

    def make(title="写月报", **given):
        given = {"plan_id": plan.pk, "actor_id": people["operator"].pk, "at": NOW} | given
        return services.add_task(title=title, **given)

    return make


@pytest.fixture
def space(shanghai):
    return Space.objects.create(name="公告栏", opened_at=NOW)


@pytest.fixture
def happen(people, space):
    """Return functions that let something happen in the space, and tell those who listen."""

    def publish(title="三月文摘", *, at=NOW, author="operator", kind="post", where=None):
        where = where or space
        post = Post.objects.create(
            space=where, author=people[author], title=title, body="x", kind=kind, published_at=at
        )
        event = PostPublished if kind == "post" else QuestionAsked
        ref = f"post:{post.pk}"
        told = event(subject_id=ref, thread_id=ref, space_id=where.pk)
        with transaction.atomic():
            record(told, at=at, actor_id=people[author].pk)
        deliver()
        return post

    def accept(question, *, at=NOW):
        answer = Answer.objects.create(
            question=question, author=people["member"], body="y", published_at=at
        )
        Post.objects.filter(pk=question.pk).update(accepted_answer=answer)
        event = AnswerAccepted(
            subject_id=f"answer:{answer.pk}", thread_id=f"post:{question.pk}", space_id=space.pk
        )
        with transaction.atomic():
            record(event, at=at, actor_id=question.author_id)
        deliver()

    return SimpleNamespace(publish=publish, accept=accept)


def status(task_id):
    return Task.objects.get(pk=task_id).status


def names():
    """Return the names of the planning events in the log, oldest first."""
    rows = EventRecord.objects.filter(name__startswith="planning.").order_by("pk")
    return [name.removeprefix("planning.") for name in rows.values_list("name", flat=True)]
