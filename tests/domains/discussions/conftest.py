"""Spaces of each visibility, and people who stand differently towards them."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from juluo.domains.discussions.models import Answer, Comment, Post, Space, SpaceMember
from juluo.domains.members import services as members

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
VISIBILITIES = ("public", "members", "private", "hidden")


def make_member(name, role="member"):
    return members.create_member(
        email=f"{name}@example.org", display_name=name.title(), role=role, at=AT
    )


@pytest.fixture
def crowd(db):
    """One member for each way to stand towards a space."""
    return SimpleNamespace(
        author=make_member("author"),
        joined=make_member("joined"),
        keeper=make_member("keeper"),
        outsider=make_member("outsider"),
        moderator=make_member("moderator", "moderator"),
        operator=make_member("operator", "operator"),
    )


def make_space(crowd, visibility="members", **values):
    """Make a space with a post, an answered question and a comment, all of the author."""
    space = Space.objects.create(
        name=f"canary-name-{visibility}", visibility=visibility, opened_at=AT, **values
    )
    for who, role in (("author", "member"), ("joined", "member"), ("keeper", "moderator")):
        SpaceMember.objects.create(space=space, member=getattr(crowd, who), role=role, joined_at=AT)
    by = {"author": crowd.author, "published_at": AT}
    post = Post.objects.create(space=space, title="canary-title", body="canary-body", **by)
    question = Post.objects.create(
        space=space, kind="question", title="canary-question", body="?", answer_count=1, **by
    )
    answer = Answer.objects.create(question=question, body="canary-answer", **by)
    comment = Comment.objects.create(post=post, body="canary-comment", answers_opening=True, **by)
    Post.objects.filter(pk=post.pk).update(comment_count=1)
    return SimpleNamespace(
        space=space, post=post, question=question, answer=answer, comment=comment
    )


@pytest.fixture
def place(crowd):
    """A space that every member may read, with some talk in it."""
    return make_space(crowd)
