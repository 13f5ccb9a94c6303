"""Reads of the risk register; one module for each subject."""

from juluo.domains.risks.queries.calibration import (
    BandShown,
    CalibrationShown,
    calibration_shown,
)
from juluo.domains.risks.queries.indicators import (
    IndicatorShown,
    Proposal,
    indicators_of,
    proposals_of,
)
from juluo.domains.risks.queries.levels import (
    STATUS_LOOKS,
    Level,
    cost_stored,
    cost_words,
    impact_levels,
    impact_name,
    probability_levels,
    probability_name,
    severity_look,
    severity_name,
)
from juluo.domains.risks.queries.links import (
    goal_choices,
    metric_choices,
    note_choices,
    response_choices,
)
from juluo.domains.risks.queries.needs import say_what_risks_need
from juluo.domains.risks.queries.page import (
    MitigationShown,
    ReviewShown,
    RiskPage,
    ScoreShown,
    risk_page,
)
from juluo.domains.risks.queries.part import RISKS_PART, risk_evidence, risk_evidence_words
from juluo.domains.risks.queries.register import (
    RiskLine,
    RiskRow,
    appetite,
    matrix_of,
    register,
    risk_lines,
)
from juluo.domains.risks.queries.starters import Starter, starters
from juluo.domains.risks.queries.window import RiskThen, risks_of_window

__all__ = [
    "RISKS_PART",
    "STATUS_LOOKS",
    "BandShown",
    "CalibrationShown",
    "IndicatorShown",
    "Level",
    "MitigationShown",
    "Proposal",
    "ReviewShown",
    "RiskLine",
    "RiskPage",
    "RiskRow",
    "RiskThen",
    "ScoreShown",
    "Starter",
    "appetite",
    "calibration_shown",
    "cost_stored",
    "cost_words",
    "goal_choices",
    "impact_levels",
    "impact_name",
    "indicators_of",
    "matrix_of",
    "metric_choices",
    "note_choices",
    "probability_levels",
    "probability_name",
    "proposals_of",
    "register",
    "response_choices",
    "risk_evidence",
    "risk_evidence_words",
    "risk_lines",
    "risk_page",
    "risks_of_window",
    "say_what_risks_need",
    "severity_look",
    "severity_name",
    "starters",
]
