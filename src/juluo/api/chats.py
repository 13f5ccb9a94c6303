"""Chat groups over HTTP: which there are, what is said, joining, writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import caller
from juluo.api.errors import Forbidden, Refused, TooMany, code_of
from juluo.api.fields import Id, Words
from juluo.domains.messaging import queries, services, types
from juluo.lib.keyset import cursor_text, parse_cursor

router = Router(tags=["chats"])
REASONS: dict[type[Exception], str] = {
    services.GuidelinesFirst: "Accept the guidelines on the site before you write.",
    services.Unsendable: "Write something, of at most 4000 characters.",
    services.TooSoon: "This group is in slow mode: wait a little.",
    services.TooLarge: "So many people make a chat group, not a conversation.",
    services.DoesNotWishIt: "They take no messages from you at the moment.",
    services.LastOwner: "Make someone else an owner first.",
}


class GroupOut(Schema):
    """A group you are in; ``role`` is your place."""

    id: int
    name: str
    role: str
    unread: int
    is_muted: bool
    last_at: datetime | None
    space_name: str


class OpenGroup(Schema):
    """A group you could join."""

    id: int
    name: str
    about: str
    join_rule: str
    members: int
    space_name: str


class Groups(Schema):
    """The groups you are in or invited to, and those you could join."""

    mine: list[GroupOut]
    to_join: list[OpenGroup]


class GroupDetail(Schema):
    """One group."""

    id: int
    name: str
    about: str
    space_id: int | None
    join_rule: str
    slow_seconds: int
    is_closed: bool
    members: int
    role: str | None
    may_read: bool
    may_write: bool
    may_change: bool


class MessageOut(Schema):
    """One message; ``html`` is safe."""

    id: int
    author_id: int | None
    author_name: str
    html: str
    sent_at: datetime
    edited_at: datetime | None
    reactions: list[tuple[str, int]]
    quoted_id: int | None
    is_deleted: bool
    is_own: bool


class LogOut(Schema):
    """A page of a log, oldest first; go on with ``before=older`` or ``after=newer``."""

    messages: list[MessageOut]
    older: str
    newer: str


class Listed(Schema):
    """Which page of a log; the last one where nothing is said."""

    before: str = Field("", max_length=60)
    after: str = Field("", max_length=60)


class GroupIn(Schema):
    """A new group."""

    name: Words = Field(min_length=1, max_length=60)
    about: Words = Field("", max_length=500)
    join_rule: Literal["open", "request", "invite"] = "open"
    space_id: Id | None = None


class MessageIn(Schema):
    """A message, and which one it answers."""

    body: Words = Field(max_length=types.LONGEST_MESSAGE, description="Markdown.")
    parent_id: Id | None = None


class BodyIn(Schema):
    """New words."""

    body: Words = Field(max_length=types.LONGEST_MESSAGE)


class MarkIn(Schema):
    """One of the marks that can be put."""

    emoji: Words = Field(max_length=40, description=" ".join(types.EMOJI))


class Sent(Schema):
    """What was written."""

    id: int
    sent_at: datetime


@contextmanager
def chatting() -> Iterator[None]:
    """Answer what the services of chats refuse.

    :raises Http404: for what is not there, or not for them.
    :raises Forbidden: where they only read.
    :raises TooMany: if they write faster than anyone reads.
    :raises Refused: for the other reasons.
    """
    try:
        yield
    except services.NotThere:
        raise Http404 from None
    except services.MayNotWrite:
        raise Forbidden from None
    except (services.TooMany, services.TooManyStrangers):
        raise TooMany from None
    except tuple(REASONS) as error:
        raise Refused(REASONS[type(error)], code=code_of(type(error))) from None


def page(log: queries.LogPage) -> dict[str, Any]:
    """Return a log's page as it is sent."""
    return {
        "messages": [message for day in log.days for message in day.messages],
        "older": cursor_text(*log.older) if log.older else "",
        "newer": cursor_text(*log.newer) if log.newer else "",
    }


@router.get("/", response=Groups, summary="List chat groups")
def groups(request: HttpRequest) -> Any:
    """Return the groups you are in or invited to, and those you could join."""
    member = caller(request).member
    return {"mine": queries.my_groups(member), "to_join": queries.groups_to_join(member)}


@router.post("/", response={201: GroupDetail}, summary="Open a chat group")
def open_group(request: HttpRequest, given: GroupIn) -> Any:
    """Open a group that you own; in a space, moderators do."""
    with chatting():
        group = services.open_group(**given.dict(), actor=caller(request).member, at=timezone.now())
    return Status(201, _head(request, group.pk))


@router.get("/{int:group_id}/", response=GroupDetail, summary="Read about a group")
def group(request: HttpRequest, group_id: int) -> Any:
    """Return a group and what you may do in it."""
    return _head(request, group_id)


@router.post("/{int:group_id}/join/", response=GroupDetail, summary="Join, or ask to be let in")
def join(request: HttpRequest, group_id: int) -> Any:
    """Join an open group, take up an invitation, or ask to be let in."""
    with chatting():
        services.join(group_id=group_id, actor=caller(request).member, at=timezone.now())
    return _head(request, group_id)


@router.post("/{int:group_id}/leave/", response={204: None}, summary="Leave a group")
def leave(request: HttpRequest, group_id: int) -> Any:
    """Leave a group, refuse an invitation, or no longer ask."""
    with chatting():
        services.leave(group_id=group_id, actor=caller(request).member, at=timezone.now())
    return Status(204, None)


@router.get("/{int:group_id}/messages/", response=LogOut, summary="Read a group's log")
def messages(request: HttpRequest, group_id: int, listed: Query[Listed]) -> Any:
    """Return a page of what was said, oldest first; the last page where nothing is said."""
    if not _head(request, group_id).may_read:
        raise Http404
    log = queries.log(
        group_id=group_id,
        before=parse_cursor(listed.before),
        after=parse_cursor(listed.after),
        viewer_id=caller(request).member.pk,
    )
    return page(log)


@router.post("/{int:group_id}/messages/", response={201: Sent}, summary="Write into a group")
def send(request: HttpRequest, group_id: int, given: MessageIn) -> Any:
    """Write a message."""
    with chatting():
        message = services.send(
            group_id=group_id, **given.dict(), actor=caller(request).member, at=timezone.now()
        )
    return Status(201, {"id": message.pk, "sent_at": message.sent_at})


@router.patch("/messages/{int:message_id}/", response={204: None}, summary="Change a message")
def edit(request: HttpRequest, message_id: int, given: BodyIn) -> Any:
    """Change the words of your own message."""
    with chatting():
        services.edit(
            message_id=message_id,
            body=given.body,
            actor=caller(request).member,
            at=timezone.now(),
        )
    return Status(204, None)


@router.delete("/messages/{int:message_id}/", response={204: None}, summary="Take a message back")
def delete(request: HttpRequest, message_id: int) -> Any:
    """Take a message back: its author, an owner of the group, or a moderator."""
    with chatting():
        services.delete(message_id=message_id, actor=caller(request).member, at=timezone.now())
    return Status(204, None)


@router.post("/messages/{int:message_id}/mark/", response={204: None}, summary="Mark a message")
def mark(request: HttpRequest, message_id: int, given: MarkIn) -> Any:
    """Put a mark on a message, or take it off again."""
    with chatting():
        services.react(
            message_id=message_id,
            emoji=given.emoji,
            actor=caller(request).member,
            at=timezone.now(),
        )
    return Status(204, None)


def _head(request: HttpRequest, group_id: int) -> queries.GroupHead:
    head = queries.group_head(viewer=caller(request).member, group_id=group_id)
    if head is None:
        raise Http404
    return head
