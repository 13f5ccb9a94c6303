"""Private messages over HTTP, for those who are in them."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import caller
from juluo.api.chats import BodyIn, Listed, LogOut, MessageIn, Sent, chatting, page
from juluo.api.fields import Id, Words
from juluo.domains.messaging import queries, types
from juluo.domains.messaging.services import conversations as services
from juluo.lib.keyset import parse_cursor

router = Router(tags=["private"])


class ConversationOut(Schema):
    """One of your conversations."""

    id: int
    name: str
    unread: int
    is_muted: bool
    last_at: datetime | None


class LetterIn(Schema):
    """The first message to a member, or to a few."""

    member_ids: list[Id] = Field(min_length=1, max_length=types.MOST_IN_A_CONVERSATION)
    body: Words = Field(max_length=types.LONGEST_MESSAGE)
    title: Words = Field("", max_length=100)


class Begun(Sent):
    """What was written, and where."""

    conversation_id: int


@router.get("/", response=list[ConversationOut], summary="List your conversations")
def conversations(request: HttpRequest) -> Any:
    """Return your conversations, last spoken first."""
    return queries.my_conversations(caller(request).member.pk)


@router.post("/", response={201: Begun}, summary="Write to somebody")
def begin(request: HttpRequest, given: LetterIn) -> Any:
    """Write to a member, or to a few; two have one conversation, in which this goes on."""
    with chatting():
        message = services.begin(**given.dict(), actor=caller(request).member, at=timezone.now())
    found = {
        "id": message.pk,
        "sent_at": message.sent_at,
        "conversation_id": message.conversation_id,
    }
    return Status(201, found)


@router.get("/{int:conversation_id}/messages/", response=LogOut, summary="Read a conversation")
def messages(request: HttpRequest, conversation_id: int, listed: Query[Listed]) -> Any:
    """Return a page of what was written, oldest first."""
    viewer_id = caller(request).member.pk
    head = queries.conversation_head(viewer_id=viewer_id, conversation_id=conversation_id)
    if head is None:
        raise Http404
    log = queries.conversation_log(
        conversation_id=conversation_id,
        viewer_id=viewer_id,
        before=parse_cursor(listed.before),
        after=parse_cursor(listed.after),
    )
    return page(log)


@router.post(
    "/{int:conversation_id}/messages/", response={201: Sent}, summary="Write into a conversation"
)
def send(request: HttpRequest, conversation_id: int, given: MessageIn) -> Any:
    """Write to those who are in it."""
    with chatting():
        message = services.send(
            conversation_id=conversation_id,
            **given.dict(),
            actor=caller(request).member,
            at=timezone.now(),
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
    """Take your own message back; its words are gone for everyone."""
    with chatting():
        services.delete(message_id=message_id, actor=caller(request).member, at=timezone.now())
    return Status(204, None)
