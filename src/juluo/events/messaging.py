"""What can happen in chat groups."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event, Verb


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """A chat message appeared in a group that belongs to a space.

    ``thread_id`` is the message that opened the thread (its own reference outside threads);
    ``parent_id`` is the message it replies to, if any.
    """

    name: ClassVar[str] = "messaging.message_sent"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int
    parent_id: str | None = None
    recipient_id: int | None = None
    language: str = ""
