"""What can happen to reports."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ReportAsked(Event):
    """A member of staff asked for a report."""

    name: ClassVar[str] = "reporting.report_asked"
    report_id: int
    format: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ReportFinished(Event):
    """A report that was asked for lies ready as a file."""

    name: ClassVar[str] = "reporting.report_finished"
    report_id: int
