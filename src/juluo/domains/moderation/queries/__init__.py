"""Every read of flags, cases and claims that leaves the domain."""

from juluo.domains.moderation.queries.cases import (
    CaseView,
    FlagView,
    Record,
    case_view,
)
from juluo.domains.moderation.queries.claims import (
    ClaimRow,
    ClaimView,
    claim_view,
    claims,
    claims_waiting,
    history_claim,
)
from juluo.domains.moderation.queries.decisions import (
    DecisionView,
    decision_for,
    standing_suspension,
)
from juluo.domains.moderation.queries.flaggable import Flaggable, flaggable
from juluo.domains.moderation.queries.queue import (
    PAGE,
    Backlog,
    CaseRow,
    QueuePage,
    ReasonCount,
    backlog,
    first_aid,
    queue,
    reason_counts,
)

__all__ = [
    "PAGE",
    "Backlog",
    "CaseRow",
    "CaseView",
    "ClaimRow",
    "ClaimView",
    "DecisionView",
    "FlagView",
    "Flaggable",
    "QueuePage",
    "ReasonCount",
    "Record",
    "backlog",
    "case_view",
    "claim_view",
    "claims",
    "claims_waiting",
    "decision_for",
    "first_aid",
    "flaggable",
    "history_claim",
    "queue",
    "reason_counts",
    "standing_suspension",
]
