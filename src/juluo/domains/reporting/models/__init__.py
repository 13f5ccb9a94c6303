"""Reports, what people wrote beside them, who gets them, and what was promised in them."""

from juluo.domains.reporting.models.actions import Action, ActionOutcome
from juluo.domains.reporting.models.reports import Report, ReportCheck, ReportFile, Revision
from juluo.domains.reporting.models.sharing import ReportSchedule, ReportShare
from juluo.domains.reporting.models.writing import ReportComment, ReportNote

__all__ = [
    "Action",
    "ActionOutcome",
    "Report",
    "ReportCheck",
    "ReportComment",
    "ReportFile",
    "ReportNote",
    "ReportSchedule",
    "ReportShare",
    "Revision",
]
