"""Follow members, tags and threads."""

from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Follow, Post
from juluo.domains.discussions.services.entering import (
    MARKING,
    NotAllowed,
    NotThere,
    not_too_fast,
    readable_standing,
    someone,
)
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.discussions import Followed, Unfollowed


@transaction.atomic
def follow(*, kind: str, what: str, member_id: int, at: datetime) -> bool:
    """Follow a ``member`` or ``thread`` by id, or a ``tag``; return whether that is news.

    :raises NotThere: if there is no such thing, or none that they may read.
    :raises NotAllowed: if they would follow themselves.
    :raises TooFast: if they marked too much lately.
    """
    member = someone(member_id)
    not_too_fast("mark", MARKING, member_id=member_id, at=at)
    target = _target(kind, what, member)
    _row, is_new = Follow.objects.get_or_create(member=member, **target, defaults={"at": at})
    if is_new:
        event = Followed(kind=kind, subject_id=_subject(kind, what))
        record(event, at=at, actor_id=member_id)
    return is_new


@transaction.atomic
def unfollow(*, kind: str, what: str, member_id: int, at: datetime) -> bool:
    """No longer follow something; return whether they did."""
    deleted, _ = Follow.objects.filter(
        member_id=someone(member_id).pk, **_named(kind, what)
    ).delete()
    if deleted:
        event = Unfollowed(kind=kind, subject_id=_subject(kind, what))
        record(event, at=at, actor_id=member_id)
    return bool(deleted)


def _target(kind: str, what: str, member: Member) -> dict[str, Any]:
    target = _named(kind, what)
    if kind == "thread":
        post = Post.objects.filter(pk=target["post_id"], deleted_at=None).first()
        if post is None:
            raise NotThere
        readable_standing(post.space_id, member)
    elif kind == "member":
        if target["followed_id"] == member.pk:
            raise NotAllowed
        if members.active_member(target["followed_id"]) is None:
            raise NotThere
    return target


def _named(kind: str, what: str) -> dict[str, Any]:
    """Return the columns that name what is followed.

    :raises NotThere: if this names nothing.
    """
    if kind == "tag" and rules.tag_named(what):
        return {"tag": rules.tag_named(what)}
    columns = {"member": "followed_id", "thread": "post_id"}
    if kind not in columns or not what.isdecimal() or len(what) > 18:
        raise NotThere
    return {columns[kind]: int(what)}


def _subject(kind: str, what: str) -> str | None:
    """Return the log's reference to what is followed; a tag is text and stays out of the log."""
    return {
        "member": lambda: reference("member", int(what)),
        "thread": lambda: reference("post", int(what)),
    }.get(kind, lambda: None)()
