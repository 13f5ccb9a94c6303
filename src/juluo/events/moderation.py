"""What can happen to what members flag, and to claims of imported history.

Nothing here says who flagged: a flag has no actor in the log.
"""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class Flagged(Event):
    """Someone flagged something; ``kind`` is what, ``reason`` a choice."""

    name: ClassVar[str] = "moderation.flagged"
    case_id: int
    kind: str
    reason: str
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class HiddenForNow(Event):
    """Several flags hid something until somebody has looked."""

    name: ClassVar[str] = "moderation.hidden_for_now"
    case_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseTaken(Event):
    """A moderator took a case to decide about it."""

    name: ClassVar[str] = "moderation.case_taken"
    case_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class CaseDecided(Event):
    """A moderator decided about a case; ``acts`` are choices, comma-separated.

    ``value`` is how long the case had waited, in seconds.
    """

    name: ClassVar[str] = "moderation.case_decided"
    case_id: int
    acts: str
    reason: str = ""
    guidelines: int | None = None
    space_id: int | None = None
    value: float = 0


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(Event):
    """A decision was taken back, with everything it did."""

    name: ClassVar[str] = "moderation.decision_withdrawn"
    case_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionObjected(Event):
    """Whom a decision was about said why it is wrong."""

    name: ClassVar[str] = "moderation.decision_objected"
    case_id: int
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(Event):
    """Another moderator looked at it again; ``outcome`` is a choice."""

    name: ClassVar[str] = "moderation.objection_decided"
    case_id: int
    outcome: str
    space_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class FirstAidChanged(Event):
    """Staff changed how many flags hide something for now."""

    name: ClassVar[str] = "moderation.first_aid_changed"
    hide_after: int
    days_old: int


@dataclass(frozen=True, kw_only=True)
class ClaimMade(Event):
    """A member said that imported history is theirs."""

    name: ClassVar[str] = "moderation.claim_made"
    claim_id: int
    member_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(Event):
    """A claim came true; ``how`` is a choice: a proof, or somebody's approval."""

    name: ClassVar[str] = "moderation.claim_approved"
    claim_id: int
    member_id: int
    person_id: int
    how: str


@dataclass(frozen=True, kw_only=True)
class ClaimDeclined(Event):
    """A claim was not believed, or its member took it back."""

    name: ClassVar[str] = "moderation.claim_declined"
    claim_id: int
    member_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ClaimUndone(Event):
    """A claim that had come true was undone: they are two again."""

    name: ClassVar[str] = "moderation.claim_undone"
    claim_id: int
    member_id: int
    person_id: int
