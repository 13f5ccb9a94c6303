"""The reports that were asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from juluo.domains.reporting.models import Report
from juluo.domains.reporting.queries.rendering import file_name
from juluo.domains.reporting.types import ReportRequest

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One report in the list; ``last`` is the last day it covers."""

    id: int
    first: date
    last: date
    language: str
    format: str
    format_label: str
    status: str
    status_label: str
    asked_by: str
    asked_at: datetime
    stored_as: str
    file_name: str
    data_version: str

    @property
    def is_pending(self) -> bool:
        """Whether it is still to come."""
        return self.status in {Report.Status.WAITING, Report.Status.MAKING}


def recent_reports() -> list[ReportRow]:
    """Return the newest reports first. One query."""
    rows = Report.objects.select_related("asked_by").order_by("-asked_at", "-id")[:PAGE]
    return [_row(report) for report in rows]


def finished_report(report_id: int) -> ReportRow | None:
    """Return a report that lies ready; None if there is none."""
    ready = Report.objects.select_related("asked_by").filter(status=Report.Status.READY)
    report = ready.filter(pk=report_id).first()
    return _row(report) if report else None


def _row(report: Report) -> ReportRow:
    asked = ReportRequest(start=report.start, end=report.end, language=report.language)
    return ReportRow(
        id=report.pk,
        first=report.start,
        last=report.end - timedelta(days=1),
        language=report.get_language_display(),
        format=report.format,
        format_label=report.get_format_display(),
        status=report.status,
        status_label=report.get_status_display(),
        asked_by=report.asked_by.display_name,
        asked_at=report.asked_at,
        stored_as=report.stored_as,
        file_name=file_name(asked, report.format),
        data_version=report.data_version,
    )
