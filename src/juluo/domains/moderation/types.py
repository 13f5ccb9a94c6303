"""Values other packages may hold in their hands."""

from juluo.domains.moderation.models import Case, Claim, Decision, Objection, Sanction
from juluo.domains.moderation.models.cases import Reason

Act = Decision.Act
Kind = Case.Kind
Status = Case.Status
Outcome = Objection.Outcome
SanctionKind = Sanction.Kind
ClaimStatus = Claim.Status
How = Claim.How

__all__ = [
    "Act",
    "ClaimStatus",
    "How",
    "Kind",
    "Outcome",
    "Reason",
    "SanctionKind",
    "Status",
]
