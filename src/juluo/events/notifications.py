"""What can happen to how members are told of things."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PreferencesChanged(Event):
    """A member wants to be told of things in another way."""

    name: ClassVar[str] = "notifications.preferences_changed"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SubjectMuted(Event):
    """A member wants to hear no more of a space, a thread or the like."""

    name: ClassVar[str] = "notifications.subject_muted"
    member_id: int
    subject_id: str


@dataclass(frozen=True, kw_only=True)
class SubjectUnmuted(Event):
    """A member wants to hear of it again."""

    name: ClassVar[str] = "notifications.subject_unmuted"
    member_id: int
    subject_id: str


@dataclass(frozen=True, kw_only=True)
class MailStopped(Event):
    """A member ended a sort of mail by the link in it; ``scope`` says which."""

    name: ClassVar[str] = "notifications.mail_stopped"
    member_id: int
    scope: str
