"""One private conversation, for someone who is in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from juluo.domains.members.types import Member
from juluo.domains.messaging import rules
from juluo.domains.messaging.models import Conversation, Participant, PrivateMessage
from juluo.domains.messaging.queries import privacy
from juluo.domains.messaging.queries.lines import (
    LogPage,
    News,
    Place,
    by_day,
    changed_rows,
    joined,
    news_of,
    page_of,
)


@dataclass(frozen=True, kw_only=True)
class ConversationHead:
    """What stands above a conversation. ``other_*`` is set where it is one of two."""

    id: int
    name: str
    others: tuple[tuple[int, str], ...]
    other_id: int | None
    moved_at: datetime
    last_read: datetime
    is_muted: bool
    i_block: bool
    may_write: bool


def conversation_head(*, viewer_id: int, conversation_id: int) -> ConversationHead | None:
    """Return a conversation to someone who is in it; to everybody else None."""
    mine = (
        Participant.objects.select_related("conversation")
        .filter(conversation_id=conversation_id, member_id=viewer_id, left_at=None)
        .first()
    )
    if mine is None:
        return None
    rows = Participant.objects.filter(conversation_id=conversation_id, left_at=None)
    found = rows.exclude(member_id=viewer_id).order_by("member__display_name", "pk")
    others = tuple(found.values_list("member_id", "member__display_name"))
    other_id = others[0][0] if mine.conversation.pair and others else None
    i_block = other_id is not None and privacy.is_blocked(by=viewer_id, member_id=other_id)
    takes = other_id is None or privacy.takes_messages(member_id=other_id, of=viewer_id)
    return ConversationHead(
        id=conversation_id,
        name=mine.conversation.title or joined([name for _pk, name in others]),
        others=others,
        other_id=other_id,
        moved_at=mine.conversation.moved_at,
        last_read=mine.last_read,
        is_muted=mine.is_muted,
        i_block=i_block,
        may_write=takes and not i_block,
    )


def conversation_with(*, viewer_id: int, member_id: int) -> int | None:
    """Return the conversation that two members have, if they have one."""
    pair = rules.pair_of(viewer_id, member_id)
    return Conversation.objects.filter(pair=pair).values_list("pk", flat=True).first()


def may_hear_conversation(member: Member, conversation_id: int) -> bool:
    """Whether a member's open pages are told of a conversation: if they are in it."""
    return Participant.objects.filter(
        conversation_id=conversation_id, member_id=member.pk, left_at=None
    ).exists()


def conversation_log(
    *,
    conversation_id: int,
    viewer_id: int,
    before: Place | None = None,
    after: Place | None = None,
) -> LogPage:
    """Return a page of a conversation to someone who is in it. One query."""
    shown, older, newer = page_of(
        _rows(conversation_id, viewer_id), before=before, after=after, since=None
    )
    return LogPage(days=by_day(shown, viewer_id=viewer_id, marks={}), older=older, newer=newer)


def conversation_news(*, conversation_id: int, viewer_id: int, since: datetime) -> News:
    """Return what happened in a conversation after a moment. One query."""
    found = changed_rows(_rows(conversation_id, viewer_id), since=since)
    return news_of(found, since=since, viewer_id=viewer_id, marks={})


@dataclass(frozen=True, kw_only=True)
class OwnMessage:
    """One's own private message, to change it."""

    conversation_id: int
    body: str


def own_private_message(*, message_id: int, viewer_id: int) -> OwnMessage | None:
    """Return a private message to its author, while it stands."""
    rows = PrivateMessage.objects.filter(pk=message_id, author_id=viewer_id, deleted_at=None)
    row = rows.values("conversation_id", "body").first()
    return OwnMessage(**row) if row else None


def _rows(conversation_id: int, viewer_id: int) -> QuerySet[PrivateMessage]:
    mine = Participant.objects.filter(member_id=viewer_id, left_at=None)
    return PrivateMessage.objects.filter(
        conversation_id=conversation_id, conversation_id__in=mine.values("conversation_id")
    ).select_related("author", "parent__author")
