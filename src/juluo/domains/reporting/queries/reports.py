"""Reports in lists and at the head of their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from juluo.domains.members.permissions import Viewer
from juluo.domains.reporting.models import (
    Report,
    ReportCheck,
    ReportComment,
    ReportFile,
    ReportNote,
    ReportSchedule,
    ReportShare,
)
from juluo.domains.reporting.permissions import can_read_report
from juluo.domains.reporting.queries.rendering import report_file_name
from juluo.ui.looks import Look

PAGE = 50
STATUS_LOOKS = {
    Report.Status.MAKING: Look(tone="blue", icon="hourglass"),
    Report.Status.FAILED: Look(tone="red", icon="alert-triangle"),
    Report.Status.DRAFT: Look(tone="secondary", icon="pencil"),
    Report.Status.SUBMITTED: Look(tone="orange", icon="signature"),
    Report.Status.SIGNED: Look(tone="blue", icon="circle-check"),
    Report.Status.ISSUED: Look(tone="green", icon="checks"),
    Report.Status.DROPPED: Look(tone="secondary", icon="trash"),
}
FILE_LOOKS = {
    ReportFile.Status.WAITING: Look(tone="blue", icon="clock"),
    ReportFile.Status.MAKING: Look(tone="blue", icon="hourglass"),
    ReportFile.Status.READY: Look(tone="green", icon="circle-check"),
    ReportFile.Status.FAILED: Look(tone="red", icon="alert-triangle"),
}


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A report in a list; ``last`` is the last day it covers."""

    id: int
    kind: str
    title: str
    first: date
    last: date
    plan_id: int | None
    with_money: bool
    status: str
    status_label: str
    look: Look
    edition: int
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    submitted_by: str
    submitted_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    issued_by: str
    issued_at: datetime | None
    decision_note: str
    replaces: int | None
    replaced_by: int | None
    open_comments: int

    @property
    def is_pending(self) -> bool:
        """Whether its content is still to come."""
        return self.status == Report.Status.MAKING


def reports(viewer: Viewer, *, state: str = "", kind: str = "") -> list[ReportRow]:
    """Return the newest reports a viewer may read, first; discarded ones only if asked for.

    Two queries.
    """
    rows = Report.objects.filter(status=state) if state else _alive()
    if kind:
        rows = rows.filter(kind=kind)
    if not can_read_report(viewer, with_money=True):
        rows = rows.filter(with_money=False)
    return [_row(each) for each in _with_all(rows).order_by("-asked_at", "-id")[:PAGE]]


def report(viewer: Viewer, report_id: int) -> ReportRow | None:
    """Return a report that a viewer may read; None if there is none."""
    found = _with_all(Report.objects.filter(pk=report_id)).first()
    if found is None or not can_read_report(viewer, with_money=found.with_money):
        return None
    return _row(found)


def issued_on(*, kind: str, start: date, end: date, with_money: bool) -> Report | None:
    """Return the newest issued report of a kind on exactly these days, on no plan; or None."""
    same = Report.objects.filter(kind=kind, start=start, end=end, plan=None, with_money=with_money)
    return same.filter(status=Report.Status.ISSUED).order_by("-edition").first()


def title_of(report: Report) -> str:
    """Return what a report is called in the language that is active: its kind and its days."""
    first, last = report.start, report.end - timedelta(days=1)
    days = " – ".join(formats.date_format(each, "DATE_FORMAT") for each in (first, last))
    name = report.plan.title if report.plan is not None else ""
    kind = str(report.get_kind_display())
    if report.kind == Report.Kind.WINDOW:
        kind = _("Report")
    return " · ".join(each for each in (kind, name, days) if each)


def _alive() -> QuerySet[Report]:
    return Report.objects.exclude(status=Report.Status.DROPPED)


def _with_all(rows: QuerySet[Report]) -> QuerySet[Report]:
    counted = Count("comments", filter=Q(comments__settled_at=None))
    people = ("asked_by", "submitted_by", "signed_by", "issued_by", "plan")
    newer = "replaced_by"
    return rows.select_related(*people).prefetch_related(newer).annotate(open_comments=counted)


def _row(each: Report) -> ReportRow:
    newer = [one for one in each.replaced_by.all() if one.status == Report.Status.ISSUED]
    return ReportRow(
        id=each.pk,
        kind=each.kind,
        title=title_of(each),
        first=each.start,
        last=each.end - timedelta(days=1),
        plan_id=each.plan_id,
        with_money=each.with_money,
        status=each.status,
        status_label=each.get_status_display(),
        look=STATUS_LOOKS[Report.Status(each.status)],
        edition=each.edition,
        asked_by_id=each.asked_by_id,
        asked_by=each.asked_by.display_name,
        asked_at=each.asked_at,
        submitted_by=each.submitted_by.display_name if each.submitted_by else "",
        submitted_at=each.submitted_at,
        signed_by=each.signed_by.display_name if each.signed_by else "",
        signed_at=each.signed_at,
        issued_by=each.issued_by.display_name if each.issued_by else "",
        issued_at=each.issued_at,
        decision_note=each.decision_note,
        replaces=each.replaces_id,
        replaced_by=newer[-1].pk if newer else None,
        open_comments=getattr(each, "open_comments", 0),
    )


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """A file of a report."""

    id: int
    report_id: int
    language: str
    format: str
    label: str
    status: str
    status_label: str
    look: Look
    asked_by: str
    asked_at: datetime
    stored_as: str
    file_name: str

    @property
    def is_pending(self) -> bool:
        """Whether it is still to come."""
        return self.status in {ReportFile.Status.WAITING, ReportFile.Status.MAKING}


def files_of(report_id: int) -> list[FileRow]:
    """Return a report's files, newest first. One query."""
    rows = ReportFile.objects.filter(report_id=report_id).select_related("asked_by", "report")
    return [_file_row(each) for each in rows.order_by("-asked_at", "-id")[:PAGE]]


def finished_file(file_id: int) -> FileRow | None:
    """Return a file that lies ready; None if there is none."""
    ready = ReportFile.objects.filter(pk=file_id, status=ReportFile.Status.READY)
    file = ready.select_related("asked_by", "report").first()
    return _file_row(file) if file else None


def _file_row(file: ReportFile) -> FileRow:
    return FileRow(
        id=file.pk,
        report_id=file.report_id,
        language=file.get_language_display(),
        format=file.format,
        label=file.get_format_display(),
        status=file.status,
        status_label=file.get_status_display(),
        look=FILE_LOOKS[ReportFile.Status(file.status)],
        asked_by=file.asked_by.display_name,
        asked_at=file.asked_at,
        stored_as=file.stored_as,
        file_name=report_file_name(file.report, file.language, file.format),
    )


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A note or a comment: ``is_settled`` says of a comment whether it is."""

    id: int
    anchor: str
    words: str
    by_id: int
    by: str
    at: datetime
    is_settled: bool = False
    settled_by: str = ""


def comments_of(report_id: int) -> list[Remark]:
    """Return what was remarked on a report, oldest first. One query."""
    rows = ReportComment.objects.filter(report_id=report_id)
    return [
        Remark(
            id=each.pk,
            anchor=each.anchor,
            words=each.words,
            by_id=each.written_by_id,
            by=each.written_by.display_name,
            at=each.written_at,
            is_settled=each.settled_at is not None,
            settled_by=each.settled_by.display_name if each.settled_by else "",
        )
        for each in rows.select_related("written_by", "settled_by")
    ]


def notes_of(report_id: int) -> list[Remark]:
    """Return the notes that stand beside a report's figures, oldest first. One query."""
    rows = ReportNote.objects.filter(report_id=report_id, removed_at=None)
    return [
        Remark(
            id=each.pk,
            anchor=each.anchor,
            words=each.words,
            by_id=each.written_by_id,
            by=each.written_by.display_name,
            at=each.written_at,
        )
        for each in rows.select_related("written_by")
    ]


def report_of_comment(comment_id: int) -> int | None:
    """Return the report that a comment is on."""
    rows = ReportComment.objects.filter(pk=comment_id)
    return rows.values_list("report_id", flat=True).first()


def report_of_note(note_id: int) -> int | None:
    """Return the report that a note is on."""
    return ReportNote.objects.filter(pk=note_id).values_list("report_id", flat=True).first()


@dataclass(frozen=True, kw_only=True)
class ShareRow:
    """A link to a report."""

    id: int
    report_id: int
    label: str
    language: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    opened: int
    last_opened_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Whether it still leads to the report."""
        return self.ended_at is None and self.expires_at > now


def shares_of(report_id: int) -> list[ShareRow]:
    """Return a report's links, newest first. One query."""
    rows = ReportShare.objects.filter(report_id=report_id).select_related("made_by")
    return [_share_row(each) for each in rows]


def share(share_id: int) -> ShareRow | None:
    """Return one link; None if there is none."""
    found = ReportShare.objects.filter(pk=share_id).select_related("made_by").first()
    return _share_row(found) if found else None


def _share_row(each: ReportShare) -> ShareRow:
    return ShareRow(
        id=each.pk,
        report_id=each.report_id,
        label=each.label,
        language=each.get_language_display(),
        made_by=each.made_by.display_name,
        made_at=each.made_at,
        expires_at=each.expires_at,
        ended_at=each.ended_at,
        opened=each.opened,
        last_opened_at=each.last_opened_at,
    )


@dataclass(frozen=True, kw_only=True)
class ScheduleRow:
    """A schedule of reports, running or ended."""

    id: int
    kind: str
    kind_label: str
    with_money: bool
    wait_days: int
    recipients: Sequence[str]
    mailed_format: str
    made_by: str
    made_at: datetime


def schedules() -> list[ScheduleRow]:
    """Return the schedules that run. Two queries."""
    rows = ReportSchedule.objects.filter(ended_at=None).select_related("made_by")
    return [
        ScheduleRow(
            id=each.pk,
            kind=each.kind,
            kind_label=each.get_kind_display(),
            with_money=each.with_money,
            wait_days=each.wait_days,
            recipients=[one.display_name for one in each.recipients.all()],
            mailed_format=each.get_mailed_format_display() if each.mailed_format else "",
            made_by=each.made_by.display_name,
            made_at=each.made_at,
        )
        for each in rows.prefetch_related("recipients")
    ]


def readers_of(report_id: int) -> tuple[list[int], str]:
    """Return who waits for a report by its schedule, and the format that is mailed."""
    schedule = ReportSchedule.objects.filter(reports__pk=report_id).first()
    if schedule is None:
        return [], ""
    return list(schedule.recipients.values_list("pk", flat=True)), schedule.mailed_format


@dataclass(frozen=True, kw_only=True)
class CheckShown:
    """What an issued report's figures were when they were asked again."""

    asked_at: datetime
    finished_at: datetime | None
    asked: int
    same: int
    changed: Sequence[tuple[int, str, int]]
    is_of_now: bool


def last_check(report_id: int, *, data_version: str) -> CheckShown | None:
    """Return the newest check of a report; None if there was none."""
    check = ReportCheck.objects.filter(report_id=report_id).order_by("-asked_at", "-pk").first()
    if check is None:
        return None
    return CheckShown(
        asked_at=check.asked_at,
        finished_at=check.finished_at,
        asked=check.asked,
        same=check.same,
        changed=[(each["number"], each["key"], each["points"]) for each in check.changed],
        is_of_now=check.data_version == data_version,
    )
