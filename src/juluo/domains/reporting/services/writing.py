"""Notes that are printed with a report, and comments among those who make it."""

from datetime import datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Report, ReportComment, ReportNote
from juluo.domains.reporting.services.changes import NotThatFar, report_in
from juluo.events.base import reference
from juluo.events.reporting import (
    ReportCommented,
    ReportCommentSettled,
    ReportNoteRemoved,
    ReportNoteWritten,
)

_Status = Report.Status


class UnknownSection(Exception):
    """The report has no section of this key: a note there would never be printed."""


@transaction.atomic
def write_note(
    *, report_id: int, anchor: str, words: str, actor_id: int, at: datetime
) -> ReportNote:
    """Write a note under a section of a draft.

    :raises NotThatFar: if the report is no draft any more.
    :raises UnknownSection: if it has no section of this key.
    """
    report_in(report_id, _Status.DRAFT)
    if anchor not in queries.section_keys(report_id):
        raise UnknownSection
    note = ReportNote.objects.create(
        report_id=report_id,
        anchor=anchor,
        words=words.strip(),
        written_by_id=actor_id,
        written_at=at,
    )
    event = ReportNoteWritten(report_id=report_id, note_id=note.pk)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)
    return note


@transaction.atomic
def remove_note(*, note_id: int, actor_id: int, at: datetime) -> None:
    """Take a note off a draft; taken off already, nothing happens.

    :raises NotThatFar: if the report is no draft any more.
    """
    note = ReportNote.objects.get(pk=note_id)
    report_in(note.report_id, _Status.DRAFT)
    if not ReportNote.objects.filter(pk=note_id, removed_at=None).update(removed_at=at):
        return
    event = ReportNoteRemoved(report_id=note.report_id, note_id=note_id)
    record_audited(event, subject=reference("report", note.report_id), actor_id=actor_id, at=at)


@transaction.atomic
def comment_on_report(
    *, report_id: int, words: str, anchor: str = "", actor_id: int, at: datetime
) -> ReportComment:
    """Remark on a report, in whatever state it is but discarded.

    :raises NotThatFar: if it was discarded.
    """
    if Report.objects.get(pk=report_id).status == _Status.DROPPED:
        raise NotThatFar
    comment = ReportComment.objects.create(
        report_id=report_id,
        anchor=anchor,
        words=words.strip(),
        written_by_id=actor_id,
        written_at=at,
    )
    event = ReportCommented(report_id=report_id, comment_id=comment.pk)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)
    return comment


@transaction.atomic
def settle_comment(*, comment_id: int, actor_id: int, at: datetime) -> None:
    """Call a remark settled; settled already, nothing happens."""
    open_ones = ReportComment.objects.filter(pk=comment_id, settled_at=None)
    if not open_ones.update(settled_by_id=actor_id, settled_at=at):
        return
    report_id = ReportComment.objects.get(pk=comment_id).report_id
    event = ReportCommentSettled(report_id=report_id, comment_id=comment_id)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)
