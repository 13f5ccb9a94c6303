"""Cases, what became of them, and claims of imported history."""

from juluo.domains.moderation.models.cases import (
    Case,
    Decision,
    FirstAid,
    Flag,
    Objection,
    Sanction,
)
from juluo.domains.moderation.models.claims import Claim

__all__ = ["Case", "Claim", "Decision", "FirstAid", "Flag", "Objection", "Sanction"]
