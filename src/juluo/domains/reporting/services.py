"""Ask for reports and make them."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone as clock

from juluo.domains.members.services import record_audited
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.types import ReportRequest
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.reporting import ReportAsked, ReportFinished
from juluo.lib.durable_files import replace_durably
from juluo.lib.home import data_home


def report_folder() -> Path:
    """Return the folder of finished reports, made if missing."""
    folder = data_home() / "reports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@transaction.atomic
def ask_for_report(
    *, asked: ReportRequest, file_format: str, actor_id: int, at: datetime
) -> Report:
    """Write down that a report is wanted; whoever calls enqueues the making of it."""
    report = Report.objects.create(
        start=asked.start,
        end=asked.end,
        language=asked.language,
        format=file_format,
        asked_by_id=actor_id,
        asked_at=at,
    )
    event = ReportAsked(report_id=report.pk, format=file_format, language=asked.language)
    record_audited(
        event,
        subject=reference("report", report.pk),
        actor_id=actor_id,
        action="report.asked",
        details={"format": file_format, "language": asked.language},
        at=at,
    )
    return report


def make_report(*, report_id: int, is_last_attempt: bool = False) -> None:
    """Write a report's file and mark it ready. Made twice, it is the same report.

    The last attempt goes on under the name of a failure: should it be killed as well, nobody is
    left to say so afterwards.
    """
    report = Report.objects.get(pk=report_id)
    if report.status == Report.Status.READY:
        return
    status = Report.Status.FAILED if is_last_attempt else Report.Status.MAKING
    Report.objects.filter(pk=report_id).update(status=status)
    asked = ReportRequest(start=report.start, end=report.end, language=report.language)
    document = queries.composed(asked, now=clock.now()).document
    path = report_folder() / report.stored_as
    draft = path.with_suffix(f".{report.format}.tmp")
    draft.write_bytes(queries.rendered(document, report.format))
    replace_durably(draft, path)
    with transaction.atomic():
        now = clock.now()
        Report.objects.filter(pk=report_id).update(
            status=Report.Status.READY, finished_at=now, data_version=document.data_version
        )
        key = f"report-{report_id}-finished"
        record(ReportFinished(report_id=report_id), at=now, actor_id=report.asked_by_id, key=key)
