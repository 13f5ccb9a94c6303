"""Every change of the risk register; one module for each subject."""

from juluo.domains.risks.services.appetite import set_appetite
from juluo.domains.risks.services.changes import RiskIsClosed
from juluo.domains.risks.services.indicators import add_indicator, end_indicator
from juluo.domains.risks.services.looking import look_at_indicators
from juluo.domains.risks.services.mitigations import (
    MitigationIsDropped,
    drop_mitigation,
    prepare_mitigation,
    start_mitigation,
)
from juluo.domains.risks.services.outcomes import reopen_risk, state_outcome
from juluo.domains.risks.services.risks import change_risk, write_risk
from juluo.domains.risks.services.scores import answer_proposal, review_risk, score_risk

__all__ = [
    "MitigationIsDropped",
    "RiskIsClosed",
    "add_indicator",
    "answer_proposal",
    "change_risk",
    "drop_mitigation",
    "end_indicator",
    "look_at_indicators",
    "prepare_mitigation",
    "reopen_risk",
    "review_risk",
    "score_risk",
    "set_appetite",
    "start_mitigation",
    "state_outcome",
    "write_risk",
]
