"""What a decision about a flag does to messages; and handing them over with their author.

Who may decide is asked by whoever calls; here nobody is told, nothing is audited. Of private
messages the event log learns nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from juluo.domains.messaging import rules
from juluo.domains.messaging.models import Conversation, Message, PrivateMessage
from juluo.domains.messaging.services.groups import held
from juluo.domains.messaging.services.messages import keep_changed
from juluo.domains.messaging.services.refusals import NotThere
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.messaging import MessagePutBack, MessageTakenBack
from juluo.live.signals import signal

_CHUNK = 500


@transaction.atomic
def hold_message(*, message_id: int, actor_id: int | None, at: datetime) -> bool:
    """Take a message of a group away; return whether it stood there until now.

    :raises NotThere: if there is no such message.
    """
    return _set_away(message_id, actor_id=actor_id, is_away=True, at=at)


@transaction.atomic
def let_message_go(*, message_id: int, actor_id: int | None, at: datetime) -> bool:
    """Put back a message of a group that a decision took away; return whether it was away.

    :raises NotThere: if there is no such message.
    """
    return _set_away(message_id, actor_id=actor_id, is_away=False, at=at)


@transaction.atomic
def hold_private(*, message_id: int, at: datetime) -> bool:
    """Take a private message away; its words are kept. Return whether it stood there until now.

    :raises NotThere: if there is no such message.
    """
    return _set_private_away(message_id, is_away=True, at=at)


@transaction.atomic
def let_private_go(*, message_id: int, at: datetime) -> bool:
    """Put back a private message that a decision took away; return whether it was away.

    :raises NotThere: if there is no such message.
    """
    return _set_private_away(message_id, is_away=False, at=at)


@transaction.atomic
def hand_over_messages(*, person_id: int, member_id: int) -> list[int]:
    """Make a member the author of a person's messages; return which."""
    rows = Message.objects.filter(author_id=person_id)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(author_id=member_id)
    return moved


@transaction.atomic
def hand_back_messages(*, person_id: int, member_id: int, moved: Sequence[int]) -> None:
    """Take back what :func:`hand_over_messages` did, where the member still has them."""
    for start in range(0, len(moved), _CHUNK):
        rows = Message.objects.filter(pk__in=moved[start : start + _CHUNK], author_id=member_id)
        rows.update(author_id=person_id)


def _set_away(message_id: int, *, actor_id: int | None, is_away: bool, at: datetime) -> bool:
    found = Message.objects.filter(pk=message_id).values_list("group_id", flat=True).first()
    if found is None:
        raise NotThere
    group = held(found)
    message = Message.objects.get(pk=message_id)
    if (message.deleted_at is not None) == is_away:
        return False
    message.deleted_at = at if is_away else None
    keep_changed(message, group, at)
    happened = MessageTakenBack if is_away else MessagePutBack
    event = happened(subject_id=reference("message", message_id), space_id=group.space_id)
    record(event, at=at, actor_id=actor_id)
    return True


def _set_private_away(message_id: int, *, is_away: bool, at: datetime) -> bool:
    rows = PrivateMessage.objects.filter(pk=message_id)
    place = rows.values_list("conversation_id", flat=True).first()
    if place is None:
        raise NotThere
    conversation = Conversation.objects.select_for_update().get(pk=place)
    message = rows.get()
    if (message.deleted_at is not None) == is_away:
        return False
    message.deleted_at = at if is_away else None
    message.changed_at = rules.next_moment(at=at, moved_at=conversation.moved_at)
    message.save(update_fields=["deleted_at", "changed_at"])
    Conversation.objects.filter(pk=place).update(moved_at=message.changed_at)
    signal(f"conversation:{place}")
    return True
