"""Write privately. The log learns that someone wrote: not what, not where, not to whom."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from juluo.domains.members.services import Limit, require_guidelines, take
from juluo.domains.members.types import Member
from juluo.domains.messaging import rules
from juluo.domains.messaging.models import (
    Block,
    Conversation,
    MessageSetting,
    Participant,
    PrivateMessage,
)
from juluo.domains.messaging.queries import privacy
from juluo.domains.messaging.services.messages import MESSAGES
from juluo.domains.messaging.services.refusals import (
    DoesNotWishIt,
    NotThere,
    TooLarge,
    TooMany,
    TooManyStrangers,
)
from juluo.domains.messaging.services.words import kept
from juluo.domains.notifications.services import tell
from juluo.eventlog.recording import record
from juluo.events.messaging import PrivateMessageSent
from juluo.live.signals import rights_changed, signal

STRANGERS_OF_NEW_MEMBERS = Limit(burst=5, per_hour=5 / 24)
STRANGERS = Limit(burst=30, per_hour=2)


@transaction.atomic
def begin(
    *, member_ids: Collection[int], body: str, title: str = "", actor: Member, at: datetime
) -> PrivateMessage:
    """Write to a member, or to a few: two have one conversation, in which this goes on.

    :raises NotThere: if there is no such member, or none but themselves.
    :raises TooLarge: if so many people make a chat group.
    :raises DoesNotWishIt: if one of them takes no messages from this member.
    :raises TooManyStrangers: if they have written to as many strangers as a day allows.
    """
    others = sorted(set(member_ids) - {actor.pk})
    if not others or any(privacy.reachable(each) is None for each in others):
        raise NotThere
    if len(others) >= rules.MOST_IN_A_CONVERSATION:
        raise TooLarge
    pair = rules.pair_of(actor.pk, others[0]) if len(others) == 1 else ""
    found = Conversation.objects.filter(pair=pair).first() if pair else None
    if found is None:
        _require_welcome(others, actor, at)
        found = _made(pair, others, title, actor, at)
    return send(conversation_id=found.pk, body=body, actor=actor, at=at)


@transaction.atomic
def send(
    *, conversation_id: int, body: str, parent_id: int | None = None, actor: Member, at: datetime
) -> PrivateMessage:
    """Write into a conversation.

    :raises Unsendable: if it says nothing, or too much.
    :raises NotThere: if they are not in it, or what it replies to does not stand in it.
    :raises DoesNotWishIt: if the other one takes no messages from them.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    :raises TooMany: if they write faster than anyone reads.
    """
    words = kept(body)
    conversation = _held(conversation_id, actor)
    others = list(
        Participant.objects.filter(conversation=conversation, left_at=None).exclude(member=actor)
    )
    _require_wish(conversation, others, actor)
    require_guidelines(actor, at=at)
    if not take(key=f"message:{actor.pk}", limit=MESSAGES, at=at):
        raise TooMany
    moment = rules.next_moment(at=at, moved_at=conversation.moved_at)
    message = PrivateMessage.objects.create(
        conversation=conversation,
        author=actor,
        parent=_answered(conversation, parent_id),
        body=words,
        sent_at=moment,
        changed_at=moment,
    )
    _moved(conversation, moment)
    Participant.objects.filter(conversation=conversation, member=actor).update(last_read=moment)
    record(PrivateMessageSent(), at=moment, actor_id=actor.pk)
    _tell_others(conversation, others, actor, moment)
    return message


@transaction.atomic
def edit(*, message_id: int, body: str, actor: Member, at: datetime) -> PrivateMessage:
    """Change the words of one's own message.

    :raises Unsendable: if it says nothing, or too much.
    :raises NotThere: if it is not theirs, or was taken back.
    :raises DoesNotWishIt: if the other one takes no messages from them.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    """
    words = kept(body)
    message, conversation = _own(message_id, actor)
    others = list(
        Participant.objects.filter(conversation=conversation, left_at=None).exclude(member=actor)
    )
    _require_wish(conversation, others, actor)
    require_guidelines(actor, at=at)
    if message.body != words:
        message.body, message.edited_at = words, at
        _changed(message, conversation, at)
    return message


@transaction.atomic
def delete(*, message_id: int, actor: Member, at: datetime) -> PrivateMessage:
    """Take one's own message back, for everyone: its words are gone from the database, too.

    :raises NotThere: if it is not theirs, or gone already.
    """
    message, conversation = _own(message_id, actor)
    message.body, message.deleted_at = "", at
    _changed(message, conversation, at)
    return message


@transaction.atomic
def mark_read(*, conversation_id: int, member_id: int, up_to: datetime) -> None:
    """Note that a member has read up to a moment; what was read stays read."""
    behind = Participant.objects.filter(
        conversation_id=conversation_id, member_id=member_id, last_read__lt=up_to
    )
    if behind.update(last_read=up_to):
        signal(f"member:{member_id}")


@transaction.atomic
def mute(*, conversation_id: int, muted: bool, actor: Member) -> None:
    """Be told nothing of a conversation, or be told again.

    :raises NotThere: if they are not in it.
    """
    mine = Participant.objects.filter(conversation_id=conversation_id, member=actor, left_at=None)
    if not mine.update(is_muted=muted):
        raise NotThere
    signal(f"member:{actor.pk}")


@transaction.atomic
def leave(*, conversation_id: int, actor: Member, at: datetime) -> None:
    """Leave a conversation of several; a conversation of two is ended by blocking.

    :raises NotThere: if they are not in it, or it is one of two.
    """
    conversation = _held(conversation_id, actor)
    if conversation.pair:
        raise NotThere
    Participant.objects.filter(conversation=conversation, member=actor).update(left_at=at)
    signal(f"conversation:{conversation_id}", f"member:{actor.pk}")
    rights_changed(actor.pk)


@transaction.atomic
def block(*, member_id: int, actor: Member, at: datetime) -> None:
    """Be left alone by someone: they cannot write, and nothing of theirs is told.

    :raises NotThere: if there is no such member, or it is themselves.
    """
    if member_id == actor.pk or not Member.objects.filter(pk=member_id).exists():
        raise NotThere
    Block.objects.get_or_create(blocker=actor, blocked_id=member_id, defaults={"at": at})
    signal(f"member:{actor.pk}")


@transaction.atomic
def unblock(*, member_id: int, actor: Member) -> None:
    """Let someone write again."""
    Block.objects.filter(blocker=actor, blocked_id=member_id).delete()
    signal(f"member:{actor.pk}")


@transaction.atomic
def choose_who_may_write(*, who: str, actor: Member) -> None:
    """Say who may begin to write to a member.

    :raises NotThere: if there is no such choice.
    """
    if who not in MessageSetting.Who.values:
        raise NotThere
    MessageSetting.objects.update_or_create(member=actor, defaults={"who": who})


def _held(conversation_id: int, actor: Member) -> Conversation:
    """Return a conversation they are in, held until the transaction ends."""
    mine = Participant.objects.filter(member=actor, left_at=None).values("conversation_id")
    rows = Conversation.objects.select_for_update().filter(pk=conversation_id, pk__in=mine)
    found = rows.first()
    if found is None:
        raise NotThere
    return found


def _own(message_id: int, actor: Member) -> tuple[PrivateMessage, Conversation]:
    rows = PrivateMessage.objects.filter(pk=message_id, author=actor, deleted_at=None)
    found = rows.values_list("conversation_id", flat=True).first()
    if found is None:
        raise NotThere
    conversation = _held(found, actor)
    message = rows.first()
    if message is None:
        raise NotThere
    return message, conversation


def _require_wish(
    conversation: Conversation, others: Collection[Participant], actor: Member
) -> None:
    """Refuse in a conversation of two whose other one does not want to hear, or is not heard."""
    if not conversation.pair:
        return
    for other in others:
        if privacy.is_blocked(by=actor.pk, member_id=other.member_id):
            raise DoesNotWishIt
        if not privacy.takes_messages(member_id=other.member_id, of=actor.pk):
            raise DoesNotWishIt


def _require_welcome(others: Collection[int], actor: Member, at: datetime) -> None:
    is_new = not actor.is_staff and at - actor.joined_at < rules.NEW_FOR
    limit = STRANGERS_OF_NEW_MEMBERS if is_new else STRANGERS
    for each in others:
        if privacy.is_blocked(by=actor.pk, member_id=each):
            raise DoesNotWishIt
        if not privacy.takes_messages(member_id=each, of=actor.pk):
            raise DoesNotWishIt
        is_stranger = not privacy.has_written(author_id=each, to=actor.pk)
        if is_stranger and not take(key=f"strangers:{actor.pk}", limit=limit, at=at):
            raise TooManyStrangers


def _made(
    pair: str, others: Collection[int], title: str, actor: Member, at: datetime
) -> Conversation:
    """Make a conversation; of two who begin at once, both find the same one."""
    values = {"title": title, "begun_by": actor, "begun_at": at, "moved_at": at}
    if pair:
        conversation, is_new = Conversation.objects.get_or_create(pair=pair, defaults=values)
    else:
        conversation, is_new = Conversation.objects.create(**values), True
    if is_new:
        Participant.objects.bulk_create(
            Participant(conversation=conversation, member_id=each, joined_at=at, last_read=at)
            for each in sorted({actor.pk, *others})
        )
        for each in others:
            rights_changed(each)
    return conversation


def _answered(conversation: Conversation, parent_id: int | None) -> PrivateMessage | None:
    if parent_id is None:
        return None
    parent = PrivateMessage.objects.filter(
        pk=parent_id, conversation=conversation, deleted_at=None
    ).first()
    if parent is None:
        raise NotThere
    return parent


def _changed(message: PrivateMessage, conversation: Conversation, at: datetime) -> None:
    message.changed_at = rules.next_moment(at=at, moved_at=conversation.moved_at)
    message.save()
    _moved(conversation, message.changed_at)


def _moved(conversation: Conversation, moment: datetime) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(moved_at=moment)
    signal(f"conversation:{conversation.pk}")


def _tell_others(
    conversation: Conversation, others: Collection[Participant], actor: Member, at: datetime
) -> None:
    """Tell those who want to hear, once until they have read."""
    blocking = privacy.blockers_of(member_id=actor.pk, among=[each.member_id for each in others])
    for each in sorted(others, key=lambda other: other.member_id):
        if each.is_muted or each.member_id in blocking:
            continue
        signal(f"member:{each.member_id}")
        tell(
            member_id=each.member_id,
            kind="messaging.private",
            key=f"private:{conversation.pk}:{each.last_read.timestamp()}",
            facts={"name": actor.display_name},
            url=f"/chats/with/{conversation.pk}/",
            at=at,
        )
