"""Write, change and mark messages in chat groups."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from juluo.domains.members.services import Limit, audit, require_guidelines, take
from juluo.domains.members.types import Member
from juluo.domains.messaging import permissions, rules
from juluo.domains.messaging.models import ChatGroup, GroupMember, Message, MessageReaction
from juluo.domains.messaging.queries.privacy import is_blocked
from juluo.domains.messaging.rules import GroupStanding
from juluo.domains.messaging.services.groups import held, role_in
from juluo.domains.messaging.services.refusals import MayNotWrite, NotThere, TooMany, TooSoon
from juluo.domains.messaging.services.words import kept
from juluo.domains.notifications.services import tell
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.discussions import Reacted
from juluo.events.messaging import MessageEdited, MessageSent, MessageTakenBack
from juluo.lib.language import guess_language
from juluo.live.signals import signal

# In groups and conversations together: fast talk passes, a machine does not.
MESSAGES = Limit(burst=30, per_hour=900)
MARKS = Limit(burst=60, per_hour=600)


@transaction.atomic
def send(
    *, group_id: int, body: str, parent_id: int | None = None, actor: Member, at: datetime
) -> Message:
    """Write a message into a group; its moment is later than all before it.

    :raises Unsendable: if it says nothing, or too much.
    :raises NotThere: if the group is not for them, or what it replies to does not stand in it.
    :raises MayNotWrite: if they only read it, or it is closed.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    :raises TooMany: if they write faster than anyone reads.
    :raises TooSoon: if the group is slow and they have just written.
    """
    words = kept(body)
    group, standing = _readable(group_id, actor)
    if not standing.may_write:
        raise MayNotWrite
    require_guidelines(actor, at=at)
    if not take(key=f"message:{actor.pk}", limit=MESSAGES, at=at):
        raise TooMany
    moment = rules.next_moment(at=at, moved_at=_newest(group))
    _require_patience(group, standing, actor, moment)
    parent = _answered(group, parent_id)
    message = Message.objects.create(
        group=group, author=actor, parent=parent, body=words, sent_at=moment, changed_at=moment
    )
    _moved(group, moment)
    GroupMember.objects.filter(group=group, member=actor).update(last_read=moment)
    _record_sent(message, group, parent)
    _tell_answered(message, group, parent, actor)
    return message


@transaction.atomic
def edit(*, message_id: int, body: str, actor: Member, at: datetime) -> Message:
    """Change the words of one's own message.

    :raises Unsendable: if it says nothing, or too much.
    :raises NotThere: if it is not theirs, was taken back or came from elsewhere.
    :raises MayNotWrite: if they may not write in the group any more.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    """
    words = kept(body)
    message, group, standing = _message(message_id, actor)
    if message.author_id != actor.pk or message.deleted_at or message.source != "native":
        raise NotThere
    if not standing.may_write:
        raise MayNotWrite
    require_guidelines(actor, at=at)
    if message.body != words:
        message.body, message.edited_at = words, at
        keep_changed(message, group, at)
        event = MessageEdited(subject_id=_reference(message), space_id=group.space_id)
        record(event, at=at, actor_id=actor.pk)
    return message


@transaction.atomic
def delete(*, message_id: int, actor: Member, at: datetime) -> Message:
    """Take a message back: its author, an owner of the group, or staff. Its place stays.

    :raises NotThere: if they may not, or it is gone already.
    """
    message, group, standing = _message(message_id, actor)
    is_own = message.author_id == actor.pk
    if message.deleted_at or not (is_own or standing.may_change):
        raise NotThere
    message.deleted_at = at
    keep_changed(message, group, at)
    event = MessageTakenBack(subject_id=_reference(message), space_id=group.space_id)
    record(event, at=at, actor_id=actor.pk)
    if not is_own:
        audit(actor_id=actor.pk, action=event.name, subject=_reference(message), at=at)
    return message


@transaction.atomic
def react(*, message_id: int, emoji: str, actor: Member, at: datetime) -> Message:
    """Put one's mark on a message, or take it off again.

    :raises NotThere: if there is no such message for them, or no such mark.
    :raises MayNotWrite: if they only read the group.
    :raises TooMany: if they do nothing else.
    """
    message, group, standing = _message(message_id, actor)
    if emoji not in rules.EMOJI or message.deleted_at:
        raise NotThere
    if not standing.may_write:
        raise MayNotWrite
    if not take(key=f"mark:{actor.pk}", limit=MARKS, at=at):
        raise TooMany
    removed, _ = MessageReaction.objects.filter(message=message, member=actor, emoji=emoji).delete()
    counts = dict(message.reaction_counts)
    counts[emoji] = max(int(counts.get(emoji, 0)) + (-1 if removed else 1), 0)
    message.reaction_counts = {mark: count for mark, count in counts.items() if count}
    if not removed:
        MessageReaction.objects.create(message=message, member=actor, emoji=emoji, at=at)
        event = Reacted(
            subject_id=_reference(message),
            space_id=group.space_id,
            recipient_id=message.author_id,
            emoji=emoji,
        )
        # Put on and taken off again and again, it is still one mark.
        key = f"reacted:{_reference(message)}:{actor.pk}:{rules.EMOJI.index(emoji)}"
        record(event, at=at, actor_id=actor.pk, key=key)
    keep_changed(message, group, at)
    return message


@transaction.atomic
def mark_read(*, group_id: int, member_id: int, up_to: datetime) -> None:
    """Note that a member has read up to a moment; what was read stays read."""
    behind = GroupMember.objects.filter(group_id=group_id, member_id=member_id, last_read__lt=up_to)
    if behind.update(last_read=up_to):
        signal(f"member:{member_id}")


def _readable(group_id: int, actor: Member) -> tuple[ChatGroup, GroupStanding]:
    group = held(group_id)
    standing = permissions.standing(actor, group, role=role_in(group, actor.pk))
    if not standing.may_read:
        raise NotThere
    return group, standing


def _message(message_id: int, actor: Member) -> tuple[Message, ChatGroup, GroupStanding]:
    """Return a message they may read, with its group held."""
    found = Message.objects.filter(pk=message_id).values_list("group_id", flat=True).first()
    if found is None:
        raise NotThere
    group, standing = _readable(found, actor)
    # Read once more, now that nobody else can change it.
    return Message.objects.get(pk=message_id), group, standing


def _newest(group: ChatGroup) -> datetime | None:
    if group.moved_at is not None:
        return group.moved_at
    newest: datetime | None = Message.objects.filter(group=group).aggregate(newest=Max("sent_at"))[
        "newest"
    ]
    return newest


def _require_patience(
    group: ChatGroup, standing: GroupStanding, actor: Member, moment: datetime
) -> None:
    if not group.slow_seconds or standing.may_change:
        return
    own = Message.objects.filter(group=group, author=actor)
    last = own.aggregate(last=Max("sent_at"))["last"]
    wait = rules.seconds_to_wait(slow_seconds=group.slow_seconds, last_sent=last, at=moment)
    if wait:
        raise TooSoon(wait)


def _answered(group: ChatGroup, parent_id: int | None) -> Message | None:
    if parent_id is None:
        return None
    parent = Message.objects.filter(pk=parent_id, group=group, deleted_at=None).first()
    if parent is None:
        raise NotThere
    return parent


def keep_changed(message: Message, group: ChatGroup, at: datetime) -> None:
    """Keep a message of a held group that looks different now, and let open pages know."""
    message.changed_at = rules.next_moment(at=at, moved_at=_newest(group))
    message.save()
    _moved(group, message.changed_at)


def _moved(group: ChatGroup, moment: datetime) -> None:
    ChatGroup.objects.filter(pk=group.pk).update(moved_at=moment)
    signal(f"group:{group.pk}")


def _record_sent(message: Message, group: ChatGroup, parent: Message | None) -> None:
    event = MessageSent(
        subject_id=_reference(message),
        thread_id=_reference(parent or message),
        space_id=group.space_id,
        parent_id=_reference(parent) if parent else None,
        recipient_id=parent.author_id if parent else None,
        language=guess_language(message.body),
    )
    record(event, at=message.sent_at, actor_id=message.author_id)


def _tell_answered(
    message: Message, group: ChatGroup, parent: Message | None, actor: Member
) -> None:
    """Tell the author of what was answered: unless muted, blocked, gone, or their own."""
    if parent is None or parent.author_id in (None, actor.pk):
        return
    listening = GroupMember.objects.filter(
        group=group, member_id=parent.author_id, is_muted=False, role__in=permissions.INSIDE
    ).select_related("member")
    found = listening.first()
    if found is None or not permissions.can_reach_space(found.member, group.space_id):
        return
    if is_blocked(by=found.member_id, member_id=actor.pk):
        return
    tell(
        member_id=parent.author_id,
        kind="messaging.answered",
        key=f"answered:{message.pk}",
        facts={"group": group.name, "name": actor.display_name},
        url=f"/spaces/messages/{message.pk}/",
        at=message.sent_at,
    )


def _reference(message: Message) -> str:
    return reference("message", message.pk)
