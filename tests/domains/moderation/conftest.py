"""A space, a hidden one, chats, and people who stand differently towards what is flagged there."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from juluo.domains.discussions.models import Answer, Comment, Post, Space, SpaceMember
from juluo.domains.members import services as members
from juluo.domains.members.models import Identity
from juluo.domains.messaging import services as chats
from juluo.domains.messaging.models import ChatGroup, GroupMember
from juluo.domains.messaging.services import conversations
from juluo.domains.moderation import services
from juluo.domains.moderation.models import Case

JOINED = datetime(2025, 1, 1, 9, tzinfo=UTC)
AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
PASSWORD = "correct horse 42"


def make_member(name, role="member", *, day=0, at=None):
    """Make a member; ``day`` sets apart the days on which they joined."""
    return members.create_member(
        email=f"{name}@example.org",
        password=PASSWORD,
        display_name=name.title(),
        role=role,
        at=at or JOINED + timedelta(days=day),
    )


def make_world():
    """Make a small world with something to flag of every kind, all of the author."""
    names = ("author", "flagger", "second", "third", "keeper", "other_keeper", "stranger")
    crowd = {name: make_member(name, day=day) for day, name in enumerate(names)}
    for role in ("moderator", "moderator2", "operator", "owner"):
        crowd[role] = make_member(role, role.rstrip("2"))
    space = Space.objects.create(name="here", opened_at=JOINED)
    elsewhere = Space.objects.create(name="elsewhere", opened_at=JOINED)
    for place, who in ((space, "keeper"), (elsewhere, "other_keeper")):
        SpaceMember.objects.create(
            space=place, member=crowd[who], role="moderator", joined_at=JOINED
        )
    by = {"author": crowd["author"], "published_at": AT}
    post = Post.objects.create(space=space, title="A title", body="bad words", **by)
    question = Post.objects.create(space=space, kind="question", title="Why?", body="?", **by)
    answer = Answer.objects.create(question=question, body="bad answer", **by)
    comment = Comment.objects.create(post=post, body="bad comment", **by)
    Post.objects.filter(pk=post.pk).update(comment_count=1)
    Post.objects.filter(pk=question.pk).update(answer_count=1)
    group = ChatGroup.objects.create(name="chat", space=space, opened_at=JOINED)
    for who in ("author", "flagger"):
        GroupMember.objects.create(
            group=group, member=crowd[who], joined_at=JOINED, last_read=JOINED
        )
    message = chats.send(group_id=group.pk, body="bad message", actor=crowd["author"], at=AT)
    private = _make_private(crowd)
    return SimpleNamespace(
        **crowd,
        space=space,
        elsewhere=elsewhere,
        post=post,
        question=question,
        answer=answer,
        comment=comment,
        message=message,
        private=private,
    )


def _make_private(crowd):
    for number in range(7):
        said = conversations.begin(
            member_ids=[crowd["flagger"].pk],
            body=f"private {number}",
            actor=crowd["author"],
            at=AT + timedelta(seconds=number),
        )
    return said


@pytest.fixture
def world(db):
    """A small world with something to flag of every kind."""
    return make_world()


def flagged(world, subject=None, by="flagger", reason="insult", **more):
    """Flag something, the post unless said otherwise, and return its open case."""
    subject = subject or f"post:{world.post.pk}"
    services.flag(subject=subject, member=getattr(world, by), reason=reason, **{"at": AT, **more})
    return Case.objects.get(subject=subject, status="open")


def make_person(name="老王", outside_id="u1", source="discourse"):
    """Make someone known from elsewhere only."""
    person = members.create_member(email=None, display_name=name, at=JOINED)
    Identity.objects.create(member=person, source=source, outside_id=outside_id, name=name)
    return person
