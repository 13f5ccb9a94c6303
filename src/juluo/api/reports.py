"""Reports over HTTP: asked for, read, commented, decided, taken away as files."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone, translation
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Refused, refusals
from juluo.api.fields import Day, Id, Words
from juluo.domains.finance.permissions import can_see_money
from juluo.domains.members.permissions import Viewer
from juluo.domains.planning import queries as planning
from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.services import (
    AlreadyBegun,
    NotThatFar,
    SecondPersonNeeded,
    UnknownSection,
)
from juluo.domains.reporting.types import CYCLES, Kind, NotACycle, cycle_days, cycle_of
from juluo.lib.documents.keeping import to_plain

router = Router(tags=["reports"])
_Kind = Literal[
    "weekly", "monthly", "quarterly", "half_year", "annual", "window", "activity", "work"
]
_REFUSALS: dict[type[Exception], str] = {
    UnknownSection: "The report has no such section.",
    NotThatFar: "The report is not in a state in which this can be done.",
    SecondPersonNeeded: "Who submitted it leaves the signature to another owner.",
}


class Listed(Schema):
    """Which reports; without anything, all but the discarded ones."""

    status: Literal["", "making", "failed", "draft", "submitted", "signed", "issued", "dropped"] = (
        ""
    )
    kind: _Kind | Literal[""] = ""


class ReportOut(Schema):
    """A report; ``last`` is the last day it covers."""

    id: int
    kind: str
    title: str
    first: date
    last: date
    plan_id: int | None
    with_money: bool
    status: str
    edition: int
    asked_at: datetime
    submitted_at: datetime | None
    signed_at: datetime | None
    issued_at: datetime | None
    replaces: int | None
    replaced_by: int | None
    open_comments: int


class ReportIn(Schema):
    """The kind and its days: a cycle's name, or first (and last) day, or an activity's plan."""

    kind: _Kind
    cycle: str = Field("", max_length=8, description="2026, 2026-H1, 2026-Q1, 2026-03, 2026-W14.")
    first: Day | None = Field(None, description="For a cycle: any day in it.")
    last: Day | None = None
    plan_id: Id | None = None
    with_money: bool = False


class Language(Schema):
    """The language of the document."""

    lang: Literal["en", "zh"] = "en"


class WordsIn(Schema):
    """What is said, and under which section (its key; empty for the whole)."""

    words: Words = Field(min_length=1, max_length=2000)
    section: Words = Field("", max_length=80)


class NoteIn(Schema):
    """A word on a decision."""

    note: Words = Field("", max_length=500)


class FileIn(Schema):
    """Which file is wanted."""

    format: Literal["docx", "pptx", "pdf", "html"]
    lang: Literal["en", "zh"] = "en"


class FileOut(Schema):
    """A file of a report; it is ready, or on its way."""

    id: int
    report_id: int
    format: str
    language: str
    status: str


class Made(Schema):
    """The id of what was made."""

    id: int


@router.get("/", response=list[ReportOut], summary="List reports")
def report_list(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return the newest reports, first."""
    bearer = allow(request, permissions.can_see_reports)
    return queries.reports(bearer.member, state=listed.status, kind=listed.kind)


@router.post("/", response={202: ReportOut}, summary="Ask for a report")
def ask(request: HttpRequest, given: ReportIn) -> Any:
    """Begin a report; its draft is composed in the background, in both languages."""
    bearer = allow(request, permissions.can_make_report)
    if given.with_money and not can_see_money(bearer.member):
        raise Refused("You may not see money.", code="forbidden", with_money="Not allowed.")
    start, end = _days(given)
    now = timezone.now()
    try:
        made = services.begin_report(
            kind=Kind(given.kind),
            start=start,
            end=end,
            plan_id=given.plan_id,
            with_money=given.with_money,
            actor_id=bearer.member.pk,
            at=now,
        )
    except AlreadyBegun as error:
        words = f"Report {error.report_id} is under way on these days."
        raise Refused(words, code="already_begun") from error
    return Status(202, queries.report(bearer.member, made.pk))


def _days(given: ReportIn) -> tuple[date, date]:
    plan = None
    if given.plan_id is not None:
        plan = planning.plan_card(given.plan_id, today=timezone.now().date())
        if plan is None:
            raise Refused("There is no such plan.", code="no_plan", plan_id="There is none.")
    if given.kind == "activity":
        if plan is None:
            raise Refused(
                "An activity's report is on its plan.", code="no_plan", plan_id="Name it."
            )
        return plan.first, plan.last + timedelta(days=1)
    if given.cycle:
        try:
            return cycle_days(given.cycle)
        except NotACycle as error:
            raise Refused("There is no such cycle.", code="no_cycle", cycle="Unknown.") from error
    if given.first is None:
        raise Refused("Say which days.", code="no_days", first="Name the cycle or a day.")
    if Kind(given.kind) in CYCLES:
        return cycle_of(Kind(given.kind), given.first)
    if given.last is None or given.last < given.first:
        raise Refused("Say the last day.", code="no_days", last="Not before the first day.")
    return given.first, given.last + timedelta(days=1)


@router.get("/{int:report_id}/", response=ReportOut, summary="Read a report's state")
def report(request: HttpRequest, report_id: int) -> Any:
    """Return one report."""
    return _readable(allow(request, permissions.can_see_reports).member, report_id)


@router.get("/{int:report_id}/document/", response=dict[str, Any], summary="Read a report")
def document(request: HttpRequest, report_id: int, language: Query[Language]) -> Any:
    """Return all that a report says: sections, blocks, and the evidence of every number."""
    _readable(allow(request, permissions.can_see_reports).member, report_id)
    if queries.newest_revision(report_id) is None:
        raise Refused("It has no content yet.", code="not_that_far")
    with translation.override(queries.LOCALES[language.lang]):
        found = queries.document_of(report_id, language.lang)
        return to_plain(found, with_names=True)


@router.post("/{int:report_id}/notes/", response={201: Made}, summary="Write a note")
def note(request: HttpRequest, report_id: int, given: WordsIn) -> Any:
    """Write a note under a section of a draft; it is printed with your name."""
    bearer = allow(request, permissions.can_make_report)
    _readable(bearer.member, report_id)
    with refusals(_REFUSALS):
        made = services.write_note(
            report_id=report_id,
            anchor=given.section,
            words=given.words,
            actor_id=bearer.member.pk,
            at=timezone.now(),
        )
    return Status(201, {"id": made.pk})


@router.post("/{int:report_id}/comments/", response={201: Made}, summary="Remark on a report")
def comment(request: HttpRequest, report_id: int, given: WordsIn) -> Any:
    """Remark on a report, for those who make it; it is never printed."""
    bearer = allow(request, permissions.can_comment)
    _readable(bearer.member, report_id)
    with refusals(_REFUSALS):
        made = services.comment_on_report(
            report_id=report_id,
            anchor=given.section,
            words=given.words,
            actor_id=bearer.member.pk,
            at=timezone.now(),
        )
    return Status(201, {"id": made.pk})


@router.post("/{int:report_id}/submit/", response=ReportOut, summary="Submit a draft")
def submit(request: HttpRequest, report_id: int) -> Any:
    """Freeze a draft with its notes and actions, and lay it before the owners."""
    bearer = allow(request, permissions.can_make_report)
    _readable(bearer.member, report_id)
    with refusals(_REFUSALS):
        services.submit_report(report_id=report_id, actor_id=bearer.member.pk, at=timezone.now())
    return queries.report(bearer.member, report_id)


@router.post("/{int:report_id}/sign/", response=ReportOut, summary="Sign a report off")
def sign(request: HttpRequest, report_id: int, given: NoteIn) -> Any:
    """Sign a submitted report off."""
    bearer = allow(request, permissions.can_sign_report)
    _readable(bearer.member, report_id)
    with refusals(_REFUSALS):
        services.sign_report(
            report_id=report_id, note=given.note, actor_id=bearer.member.pk, at=timezone.now()
        )
    return queries.report(bearer.member, report_id)


@router.post("/{int:report_id}/return/", response=ReportOut, summary="Send a report back")
def send_back(request: HttpRequest, report_id: int, given: NoteIn) -> Any:
    """Send a report back with a word on why; it is a draft again."""
    bearer = allow(request, permissions.can_sign_report)
    _readable(bearer.member, report_id)
    if not given.note.strip():
        raise Refused("Say why.", code="no_reason", note="Say why.")
    with refusals(_REFUSALS):
        services.return_report(
            report_id=report_id, note=given.note, actor_id=bearer.member.pk, at=timezone.now()
        )
    return queries.report(bearer.member, report_id)


@router.post("/{int:report_id}/issue/", response=ReportOut, summary="Issue a report")
def issue(request: HttpRequest, report_id: int) -> Any:
    """Issue a signed report; it is mailed to those who wait for it, and never changes."""
    bearer = allow(request, permissions.can_make_report)
    _readable(bearer.member, report_id)
    with refusals(_REFUSALS):
        services.issue_report(report_id=report_id, actor_id=bearer.member.pk, at=timezone.now())
    return queries.report(bearer.member, report_id)


@router.post("/{int:report_id}/files/", response={202: FileOut}, summary="Ask for a file")
def ask_for_file(request: HttpRequest, report_id: int, given: FileIn) -> Any:
    """Let a file be made in the background; ask again to see whether it is ready."""
    bearer = allow(request, permissions.can_make_report)
    _readable(bearer.member, report_id)
    if not queries.can_make(given.format):
        raise Refused("This server cannot make such files.", code="cannot_make")
    with refusals(_REFUSALS):
        file = services.ask_for_file(
            report_id=report_id,
            language=given.lang,
            file_format=given.format,
            actor_id=bearer.member.pk,
            at=timezone.now(),
        )
    return Status(202, file)


@router.get("/files/{int:file_id}/", summary="Take a file away")
def file(request: HttpRequest, file_id: int) -> Any:
    """Return a finished file; who took it is kept in the audit."""
    bearer = allow(request, permissions.can_make_report)
    found = queries.finished_file(file_id)
    if found is None:
        raise Http404
    _readable(bearer.member, found.report_id)
    path = services.take_file(file_id=file_id, actor_id=bearer.member.pk, at=timezone.now())
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type=queries.FORMATS[found.format],
    )


def _readable(viewer: Viewer, report_id: int) -> queries.ReportRow:
    row = queries.report(viewer, report_id)
    if row is None:
        raise Http404
    return row
