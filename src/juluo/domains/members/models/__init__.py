"""Members: their accounts, what staff did, and what members say of themselves."""

from juluo.domains.members.models.accounts import (
    ApiToken,
    AuditEntry,
    Identity,
    Member,
    MemberManager,
    RateBucket,
)
from juluo.domains.members.models.guidelines import Acceptance, Guidelines
from juluo.domains.members.models.profiles import CompositionAnswer, Consent, FormerName, Profile

__all__ = [
    "Acceptance",
    "ApiToken",
    "AuditEntry",
    "CompositionAnswer",
    "Consent",
    "FormerName",
    "Guidelines",
    "Identity",
    "Member",
    "MemberManager",
    "Profile",
    "RateBucket",
]
