"""Bring in chat groups and messages from elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from juluo.domains.discussions import services as discussions
from juluo.domains.discussions.types import MarkedSubject
from juluo.domains.messaging.models import ChatGroup, Message
from juluo.domains.messaging.types import OutsideGroup, OutsideMessage
from juluo.eventlog.recording import Happening, record_many
from juluo.events.base import reference
from juluo.events.messaging import MessageSent
from juluo.lib.language import guess_language
from juluo.lib.outside_keys import outside_key


@dataclass(frozen=True, slots=True)
class _Known:
    """A message that is here, and its author."""

    pk: int
    author_id: int | None

    @property
    def subject(self) -> str:
        return reference("message", self.pk)


@transaction.atomic
def bring_in_groups(*, source: str, groups: Sequence[OutsideGroup]) -> int:
    """Make the chat groups from elsewhere that are not here yet; return how many are new."""
    known = set(
        ChatGroup.objects.filter(
            source=source, outside_id__in=[each.outside_id for each in groups]
        ).values_list("outside_id", flat=True)
    )
    fresh = ChatGroup.objects.bulk_create(
        ChatGroup(
            name=each.name[:150],
            space_id=each.space_id,
            source=source,
            outside_id=each.outside_id,
            opened_at=each.opened_at,
        )
        for each in groups
        if each.outside_id not in known
    )
    return len(fresh)


@transaction.atomic
def bring_in_messages(*, source: str, messages: Sequence[OutsideMessage]) -> int:
    """Store messages from elsewhere with their marks and events; return how many are new.

    A message that is here already is left as it is.
    """
    known = _known(source, messages)
    new = [each for each in messages if each.outside_id not in known]
    waiting = new
    while waiting:
        ids = {each.outside_id for each in waiting}
        # A message waits for the one it answers; a circle of messages waits for nobody.
        ready = [each for each in waiting if each.parent not in ids] or waiting
        _store(source, ready, known)
        waiting = [each for each in waiting if each.outside_id not in known]
    record_many(_happenings(source, new, known))
    discussions.record_marks(
        source=source, subjects=[_marked(m, known[m.outside_id]) for m in new if m.marks]
    )
    return len(new)


def _known(source: str, messages: Sequence[OutsideMessage]) -> dict[str, _Known]:
    wanted = {m.outside_id for m in messages} | {m.thread for m in messages}
    wanted |= {m.parent for m in messages}
    rows = Message.objects.filter(source=source, outside_id__in=[each for each in wanted if each])
    return {
        outside_id: _Known(pk, author_id)
        for outside_id, pk, author_id in rows.values_list("outside_id", "pk", "author_id")
    }


def _store(source: str, messages: Sequence[OutsideMessage], known: dict[str, _Known]) -> None:
    rows = Message.objects.bulk_create(
        Message(
            group_id=each.group_id,
            author_id=each.author_id,
            parent_id=known[each.parent].pk if each.parent in known else None,
            body=each.body,
            body_format=each.body_format,
            files=[{"name": name, "kind": kind} for name, kind in each.files],
            sent_at=each.sent_at,
            edited_at=each.edited_at,
            source=source,
            outside_id=each.outside_id,
            reaction_counts=discussions.counted(each.marks),
        )
        for each in messages
    )
    known.update({row.outside_id: _Known(row.pk, row.author_id) for row in rows})


def _happenings(
    source: str, messages: Sequence[OutsideMessage], known: dict[str, _Known]
) -> Iterator[Happening]:
    for each in messages:
        here = known[each.outside_id]
        opening, parent = known.get(each.thread or ""), known.get(each.parent or "")
        recipient = parent or opening
        yield Happening(
            event=MessageSent(
                subject_id=here.subject,
                thread_id=(opening or here).subject,
                space_id=each.space_id,
                parent_id=parent.subject if parent else None,
                recipient_id=recipient.author_id if recipient else None,
                language=guess_language(each.body),
            ),
            at=each.sent_at,
            actor_id=each.author_id,
            key=outside_key(source, "message", each.outside_id),
            source=source,
        )


def _marked(each: OutsideMessage, here: _Known) -> MarkedSubject:
    return MarkedSubject(
        subject=here.subject,
        outside_id=each.outside_id,
        space_id=each.space_id,
        author_id=each.author_id,
        published_at=each.sent_at,
        marks=each.marks,
    )
