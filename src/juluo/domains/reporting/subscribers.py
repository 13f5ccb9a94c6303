"""What is asked of reports is done in the background, whoever asked for it."""

from datetime import datetime

from juluo.domains.reporting import queries
from juluo.domains.reporting.tasks import compose_report, mail_report, make_file
from juluo.eventlog.subscriptions import subscribe
from juluo.events.reporting import ReportAsked, ReportBegun, ReportIssued


@subscribe(ReportBegun, soon=True)
def compose_what_was_begun(event: ReportBegun, *, record_id: int, at: datetime) -> None:
    """Compose a report that somebody waits for."""
    _ = record_id, at
    compose_report.enqueue(report_id=event.report_id)


@subscribe(ReportAsked, soon=True)
def make_what_was_asked(event: ReportAsked, *, record_id: int, at: datetime) -> None:
    """Make the files that wait."""
    _ = record_id, at
    for each in queries.files_of(event.report_id):
        if each.status == "waiting":
            make_file.enqueue(file_id=each.id)


@subscribe(ReportIssued)
def mail_what_was_issued(event: ReportIssued, *, record_id: int, at: datetime) -> None:
    """Mail a report to those who wait for it by its schedule."""
    _ = record_id, at
    reader_ids, file_format = queries.readers_of(event.report_id)
    for member_id in reader_ids:
        mail_report.enqueue(report_id=event.report_id, member_id=member_id, file_format=file_format)
