"""What people fill in about reports."""

from juluo.domains.reporting.forms.actions import ActionForm, DecideActionForm
from juluo.domains.reporting.forms.plan_document import PlanDocumentForm
from juluo.domains.reporting.forms.reports import (
    DecisionForm,
    FileForm,
    MailForm,
    NewReportForm,
    ScheduleForm,
    ShareForm,
    WordsForm,
)

__all__ = [
    "ActionForm",
    "DecideActionForm",
    "DecisionForm",
    "FileForm",
    "MailForm",
    "NewReportForm",
    "PlanDocumentForm",
    "ScheduleForm",
    "ShareForm",
    "WordsForm",
]
