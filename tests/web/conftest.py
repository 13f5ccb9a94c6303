"""A small community for the pages."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from tests.web.money import make_money

from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.members import services
from juluo.domains.messaging.models import ChatGroup, Message
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.services import report_folder
from juluo.importers.models import ImportRun

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
ROLES = ("owner", "operator", "moderator", "member")


@pytest.fixture(autouse=True)
def _forget_the_second_line_of_limits():
    cache.clear()


@pytest.fixture
def people(db):
    """One account for each role, by role."""
    return {
        role: services.create_member(
            email=f"{role}@example.org",
            password="correct horse 42",
            display_name=role.title(),
            role=role,
            at=AT,
        )
        for role in ROLES
    }


@pytest.fixture
def community(people):
    """A space with a post, a solved question and a chat group; one plain member to decide about."""
    target = services.create_member(email=None, display_name="林晓梅", at=AT)
    space = Space.objects.create(name="新手村", opened_at=AT)
    post = Post.objects.create(
        space=space, author=target, title="你好", body="**强调。**后面", published_at=AT
    )
    question = Post.objects.create(
        space=space, author=target, title="怎么用？", body="?", kind="question", published_at=AT
    )
    answer = Answer.objects.create(question=question, author=target, body="这样", published_at=AT)
    Comment.objects.create(post=post, author=target, body="好", published_at=AT)
    group = ChatGroup.objects.create(name="闲聊", space=space, opened_at=AT)
    Message.objects.create(group=group, author=target, body="早", sent_at=AT)
    owner = people["owner"]
    run = ImportRun.objects.create(
        format="slack", source="slack", label="a.zip", asked_at=AT, asked_by_id=owner.pk
    )
    report = Report.objects.create(
        start=date(2025, 3, 1),
        end=date(2025, 4, 1),
        language="en",
        format="html",
        status="ready",
        asked_by=owner,
        asked_at=AT,
    )
    path = report_folder() / report.stored_as
    path.write_text("<p>ready</p>")
    return SimpleNamespace(
        run=run,
        report=report,
        people=people,
        target=target,
        space=space,
        post=post,
        question=question,
        answer=answer,
        group=group,
        money=make_money(people),
    )
