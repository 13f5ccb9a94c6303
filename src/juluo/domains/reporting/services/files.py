"""Make files of reports, in the background."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone as clock

from juluo.domains.members.services import audit, record_audited
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Report, ReportFile
from juluo.domains.reporting.services.changes import NotThatFar
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.reporting import ReportAsked, ReportFinished
from juluo.lib.durable_files import replace_durably
from juluo.lib.home import data_home

_Status = ReportFile.Status


def report_folder() -> Path:
    """Return the folder of finished files, made if missing."""
    folder = data_home() / "reports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def forget_files(report_id: int) -> None:
    """Take away all files of a report, from the disk too: what they say has changed.

    Call it inside the transaction of the change; the disk follows when that stands.
    """
    rows = ReportFile.objects.filter(report_id=report_id)
    paths = [report_folder() / each.stored_as for each in rows]
    rows.delete()
    transaction.on_commit(lambda: _unlink(paths))


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


@transaction.atomic
def ask_for_file(
    *, report_id: int, language: str, file_format: str, actor_id: int, at: datetime
) -> ReportFile:
    """Write down that a file is wanted; it is made in the background.

    A draft's file is always made anew, as notes may have changed; a frozen one is made once.

    :raises NotThatFar: if the report has no content yet.
    """
    report = Report.objects.get(pk=report_id)
    revision = queries.newest_revision(report_id)
    if revision is None:
        raise NotThatFar
    asked = {"asked_by_id": actor_id, "asked_at": at}
    found, is_new = ReportFile.objects.get_or_create(
        report=report,
        revision=revision.number,
        language=language,
        format=file_format,
        defaults=asked,
    )
    is_spent = report.is_open or found.status == _Status.FAILED
    if not is_new and is_spent and found.status not in {_Status.WAITING, _Status.MAKING}:
        ReportFile.objects.filter(pk=found.pk).update(status=_Status.WAITING, **asked)
        found.refresh_from_db()
    if found.status == _Status.WAITING:
        event = ReportAsked(report_id=report_id, format=file_format, language=language)
        record_audited(
            event,
            subject=reference("report", report_id),
            actor_id=actor_id,
            action="report.file_asked",
            details={"format": file_format, "language": language},
            at=at,
        )
    return found


def make_file(*, file_id: int, is_last_attempt: bool = False) -> None:
    """Write a report's file and mark it ready. Made twice, it is the same file.

    The last attempt goes on under the name of a failure: should it be killed as well, nobody is
    left to say so afterwards.
    """
    file = ReportFile.objects.filter(pk=file_id).first()
    if file is None or file.status == _Status.READY:
        return
    status = _Status.FAILED if is_last_attempt else _Status.MAKING
    ReportFile.objects.filter(pk=file_id).update(status=status)
    document = queries.document_of(file.report_id, file.language)
    path = report_folder() / file.stored_as
    draft = path.with_suffix(f".{file.format}.tmp")
    draft.write_bytes(queries.rendered(document, file.format))
    replace_durably(draft, path)
    with transaction.atomic():
        now = clock.now()
        ready = {"status": _Status.READY, "finished_at": now}
        if not ReportFile.objects.filter(pk=file_id).update(**ready):
            # The report moved on while its file was made.
            _unlink([path])
            return
        key = f"report-file-{file_id}-{file.asked_at.isoformat()}"
        event = ReportFinished(report_id=file.report_id)
        record(event, at=now, actor_id=file.asked_by_id, key=key)


def take_file(*, file_id: int, actor_id: int, at: datetime) -> Path | None:
    """Return where a finished file lies, and audit who took it; None if there is none."""
    file = ReportFile.objects.filter(pk=file_id, status=_Status.READY).first()
    path = report_folder() / file.stored_as if file else None
    if file is None or path is None or not path.exists():
        return None
    audit(
        actor_id=actor_id,
        action="report.downloaded",
        subject=reference("report", file.report_id),
        details={"format": file.format},
        at=at,
    )
    return path
