"""Risks, what warns of them, what is done about them, and what became of them."""

from juluo.domains.risks.models.indicators import Episode, Indicator
from juluo.domains.risks.models.mitigations import Mitigation
from juluo.domains.risks.models.risks import Appetite, Review, Risk, RiskOutcome, RiskScore

__all__ = [
    "Appetite",
    "Episode",
    "Indicator",
    "Mitigation",
    "Review",
    "Risk",
    "RiskOutcome",
    "RiskScore",
]
