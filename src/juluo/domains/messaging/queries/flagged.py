"""Messages as whoever flags them, and whoever decides about them, needs them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from juluo.domains.members.types import Member
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import GroupMember, Message, Participant, PrivateMessage

CONTEXT = 5


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """What someone said before a flagged private message."""

    author_id: int
    author_name: str
    body: str
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageSaid:
    """A message with its words as they were typed; ``before`` only of private ones."""

    author_id: int | None
    author_name: str
    space_id: int | None
    body: str
    body_format: str
    is_away: bool
    is_of_two: bool = False
    before: tuple[LineSaid, ...] = ()


def message_for(*, message_id: int, viewer: Member) -> MessageSaid | None:
    """Return a message of a group to a member who may read it, while it stands there."""
    row = _message(message_id)
    if row is None or row.deleted_at is not None:
        return None
    places = GroupMember.objects.filter(group_id=row.group_id, member_id=viewer.pk)
    role = places.values_list("role", flat=True).first()
    if not permissions.standing(viewer, row.group, role=role).may_read:
        return None
    return _said(row)


def message_now(message_id: int) -> MessageSaid | None:
    """Return a message of a group as it is now; who may see it is the caller's to ask."""
    row = _message(message_id)
    return _said(row) if row else None


def private_for(*, message_id: int, viewer: Member) -> MessageSaid | None:
    """Return a private message, and a few before it, to someone in the conversation."""
    mine = Participant.objects.filter(member_id=viewer.pk, left_at=None).values("conversation_id")
    rows = PrivateMessage.objects.select_related("author", "conversation")
    row = rows.filter(pk=message_id, conversation_id__in=mine, deleted_at=None).first()
    if row is None:
        return None
    earlier = Q(sent_at__lt=row.sent_at) | Q(sent_at=row.sent_at, pk__lt=row.pk)
    before = rows.filter(earlier, conversation_id=row.conversation_id, deleted_at=None)
    return MessageSaid(
        author_id=row.author_id,
        author_name=row.author.display_name,
        space_id=None,
        body=row.body,
        body_format="markdown",
        is_away=False,
        is_of_two=bool(row.conversation.pair),
        before=tuple(
            LineSaid(
                author_id=each.author_id,
                author_name=each.author.display_name,
                body=each.body,
                sent_at=each.sent_at,
            )
            for each in before.order_by("-sent_at", "-pk")[:CONTEXT][::-1]
        ),
    )


def has_sent(*, author_id: int, words: str) -> bool:
    """Whether a message that was brought in from elsewhere by this author holds these words."""
    rows = Message.objects.filter(author_id=author_id, body__icontains=words)
    return rows.exclude(source="native").exists()


def _message(message_id: int) -> Message | None:
    return Message.objects.select_related("author", "group").filter(pk=message_id).first()


def _said(row: Message) -> MessageSaid:
    return MessageSaid(
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        space_id=row.group.space_id,
        body=row.body,
        body_format=row.body_format,
        is_away=row.deleted_at is not None,
    )
