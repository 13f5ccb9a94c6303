"""What can happen to a member's account."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event, Verb


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    """Someone became known to the community: signed up, or was named by an import."""

    name: ClassVar[str] = "members.joined"
    member_id: int
    # How they came here, where it is known.
    channel: str = ""
    # False where the source records no date of joining and the moment is only a bound.
    dated: bool = True


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member left the community, where the source records it."""

    name: ClassVar[str] = "members.left"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """A member signed in: presence, nothing more."""

    name: ClassVar[str] = "members.signed_in"
    verb: ClassVar[Verb] = Verb.PRESENCE
    member_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A member was given another role."""

    name: ClassVar[str] = "members.role_changed"
    member_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class KindChanged(Event):
    """Staff said that an account is a person, a bot, a test or a system account."""

    name: ClassVar[str] = "members.kind_changed"
    member_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class MemberSuspended(Event):
    """Staff closed an account to its member."""

    name: ClassVar[str] = "members.suspended"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberReinstated(Event):
    """Staff opened a suspended account again."""

    name: ClassVar[str] = "members.reinstated"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class BecameOne(Event):
    """Someone known from elsewhere turned out to be a member: from now on they are one."""

    name: ClassVar[str] = "members.became_one"
    member_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PartedAgain(Event):
    """Someone known from elsewhere was not this member after all."""

    name: ClassVar[str] = "members.parted_again"
    member_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ApiTokenMade(Event):
    """A member made a key for the HTTP API."""

    name: ClassVar[str] = "members.api_token_made"
    token_id: int
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    """A member ended a key for the HTTP API."""

    name: ClassVar[str] = "members.api_token_revoked"
    token_id: int


@dataclass(frozen=True, kw_only=True)
class NameChanged(Event):
    """A member goes by another name."""

    name: ClassVar[str] = "members.name_changed"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """A member changed their public page; ``fields`` names what, comma-separated."""

    name: ClassVar[str] = "members.profile_changed"
    member_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class ProfileTidied(Event):
    """Staff took away what a member wrote and drew of themselves."""

    name: ClassVar[str] = "members.profile_tidied"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """A member agreed to something being done with what they said of themselves."""

    name: ClassVar[str] = "members.consent_given"
    member_id: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A member no longer agrees to it."""

    name: ClassVar[str] = "members.consent_withdrawn"
    member_id: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class GuidelinesPublished(Event):
    """Staff published a version of the community's guidelines."""

    name: ClassVar[str] = "members.guidelines_published"
    number: int


@dataclass(frozen=True, kw_only=True)
class GuidelinesAccepted(Event):
    """A member accepted a version of the guidelines."""

    name: ClassVar[str] = "members.guidelines_accepted"
    member_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class GuidelinesReminded(Event):
    """Staff reminded those who had not accepted the current version."""

    name: ClassVar[str] = "members.guidelines_reminded"
    number: int
