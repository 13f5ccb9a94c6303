"""What can happen in chat groups and between members."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event, Verb


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """A chat message appeared in a group; ``space_id`` is that of the group's space, if any.

    ``thread_id`` is the message that opened the thread (its own reference outside threads);
    ``parent_id`` is the message it replies to, if any.
    """

    name: ClassVar[str] = "messaging.message_sent"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int | None = None
    parent_id: str | None = None
    recipient_id: int | None = None
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class ChatGroupOpened(Event):
    """A member opened a chat group."""

    name: ClassVar[str] = "messaging.group_opened"
    group_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Event):
    """A member came into a chat group."""

    name: ClassVar[str] = "messaging.group_joined"
    group_id: int
    member_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Event):
    """A member left a chat group, or was removed from it by the actor."""

    name: ClassVar[str] = "messaging.group_left"
    group_id: int
    member_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MessageTakenBack(Event):
    """A chat message was deleted by its author, or by the actor."""

    name: ClassVar[str] = "messaging.message_taken_back"
    subject_id: str
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MessageEdited(Event):
    """The author of a chat message changed its words."""

    name: ClassVar[str] = "messaging.message_edited"
    subject_id: str
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MessagePutBack(Event):
    """A chat message that was taken away by a decision stands in its place again."""

    name: ClassVar[str] = "messaging.message_put_back"
    subject_id: str
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PrivateMessageSent(Event):
    """A member wrote a private message: not what, not where, not to whom."""

    name: ClassVar[str] = "messaging.private_message_sent"
    verb: ClassVar[Verb] = Verb.PARTICIPATION
