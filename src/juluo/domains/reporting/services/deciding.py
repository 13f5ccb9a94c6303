"""From a draft to an issued report: frozen, signed off by an owner, and never changed again."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from juluo.domains.members import queries as members
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Action, ActionOutcome, Report
from juluo.domains.reporting.services.changes import NotThatFar, report_in
from juluo.domains.reporting.services.composing import add_revision
from juluo.domains.reporting.services.files import forget_files
from juluo.domains.reporting.types import LANGUAGES
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference
from juluo.events.reporting import (
    ActionMeasured,
    ReportDropped,
    ReportIssued,
    ReportReturned,
    ReportSigned,
    ReportSubmitted,
)
from juluo.lib.documents.keeping import to_plain

__all__ = [
    "NotThatFar",
    "SecondPersonNeeded",
    "drop_report",
    "issue_report",
    "return_report",
    "sign_report",
    "submit_report",
]
_Status = Report.Status


class SecondPersonNeeded(Exception):
    """Whoever submits a report does not sign it off while another owner could."""


@transaction.atomic
def submit_report(*, report_id: int, actor_id: int, at: datetime) -> None:
    """Freeze a draft with its notes and actions, and lay it before the owners.

    :raises NotThatFar: if it is no draft.
    """
    report = report_in(report_id, _Status.DRAFT)
    last = queries.newest_revision(report_id)
    if last is None:
        raise NotThatFar
    final = add_revision(
        report_id,
        is_final=True,
        documents={
            language: to_plain(queries.written_document(report_id, language))
            for language in LANGUAGES
        },
        found=last.found,
        evidence=last.evidence,
        data_version=last.data_version,
        worded_by=last.worded_by,
        at=at,
    )
    report.status = _Status.SUBMITTED
    report.submitted_by_id, report.submitted_at, report.decision_note = actor_id, at, ""
    report.save(update_fields=["status", "submitted_by", "submitted_at", "decision_note"])
    _done(ReportSubmitted(report_id=report_id, revision=final.number), actor_id, at)
    owners = set(members.active_owner_ids()) - {actor_id}
    _tell(report, owners, kind="reporting.submitted", number=final.number, at=at)


@transaction.atomic
def return_report(*, report_id: int, note: str, actor_id: int, at: datetime) -> None:
    """Send a report back, with a word on why; it is a draft again.

    :raises NotThatFar: if it does not wait for a decision, nor is signed but not yet issued.
    """
    report = report_in(report_id, _Status.SUBMITTED, _Status.SIGNED)
    report.status, report.decision_note = _Status.DRAFT, note.strip()
    report.signed_by, report.signed_at = None, None
    report.save(update_fields=["status", "decision_note", "signed_by", "signed_at"])
    forget_files(report.pk)
    _done(ReportReturned(report_id=report_id), actor_id, at)
    _tell_makers(report, actor_id, kind="reporting.returned", at=at)


@transaction.atomic
def sign_report(*, report_id: int, note: str = "", actor_id: int, at: datetime) -> None:
    """Sign a report off. Whoever submitted it leaves that to another owner, where there is one.

    :raises NotThatFar: if it does not wait for a decision.
    :raises SecondPersonNeeded: if the signer submitted it and another owner could sign.
    """
    report = report_in(report_id, _Status.SUBMITTED)
    is_own = report.submitted_by_id == actor_id
    if is_own and any(each != actor_id for each in members.active_owner_ids()):
        raise SecondPersonNeeded
    report.status, report.decision_note = _Status.SIGNED, note.strip()
    report.signed_by_id, report.signed_at = actor_id, at
    report.save(update_fields=["status", "decision_note", "signed_by", "signed_at"])
    forget_files(report.pk)
    _done(ReportSigned(report_id=report_id, alone=is_own), actor_id, at)
    _tell_makers(report, actor_id, kind="reporting.signed", at=at)


@transaction.atomic
def issue_report(*, report_id: int, actor_id: int, at: datetime) -> None:
    """Issue a signed report: what it measured of older promises is kept with it.

    :raises NotThatFar: if it is not signed off.
    """
    report = report_in(report_id, _Status.SIGNED)
    report.status, report.issued_by_id, report.issued_at = _Status.ISSUED, actor_id, at
    report.save(update_fields=["status", "issued_by", "issued_at"])
    forget_files(report.pk)
    _keep_outcomes(report, at)
    event = ReportIssued(report_id=report_id, kind=report.kind, edition=report.edition)
    _done(event, actor_id, at)
    owners = {each.owner_id for each in Action.objects.filter(report_id=report_id)}
    _tell(report, owners - {actor_id}, kind="reporting.action_given", number=0, at=at)


@transaction.atomic
def drop_report(*, report_id: int, actor_id: int, at: datetime) -> None:
    """Discard a report that was not issued; its content is kept, and no list shows it.

    :raises NotThatFar: if it was issued or discarded.
    """
    report = report_in(
        report_id,
        _Status.MAKING,
        _Status.FAILED,
        _Status.DRAFT,
        _Status.SUBMITTED,
        _Status.SIGNED,
    )
    report.status = _Status.DROPPED
    report.save(update_fields=["status"])
    forget_files(report_id)
    _done(ReportDropped(report_id=report_id), actor_id, at)


def _keep_outcomes(report: Report, at: datetime) -> None:
    final = queries.newest_revision(report.pk)
    if final is None:
        raise NotThatFar
    for each in final.found["outcomes"]:
        outcome = ActionOutcome.objects.create(
            action_id=each["action"],
            report=report,
            verdict=each["verdict"],
            value=each["value"],
            low=each["low"],
            high=each["high"],
            status=each["status"],
        )
        event = ActionMeasured(
            action_id=outcome.action_id, report_id=report.pk, verdict=outcome.verdict
        )
        record(event, at=at, actor_id=report.issued_by_id)


def _done(event: Event, actor_id: int, at: datetime) -> None:
    subject = reference("report", event.payload()["report_id"])
    record_audited(event, subject=subject, actor_id=actor_id, at=at)


def _tell_makers(report: Report, actor_id: int, *, kind: str, at: datetime) -> None:
    makers = {report.asked_by_id, report.submitted_by_id} - {actor_id, None}
    final = queries.newest_revision(report.pk)
    number = final.number if final else 0
    _tell(report, {each for each in makers if each is not None}, kind=kind, number=number, at=at)


def _tell(report: Report, whom: set[int], *, kind: str, number: int, at: datetime) -> None:
    for member_id in whom:
        tell(
            member_id=member_id,
            kind=kind,
            key=f"{kind}:{report.pk}:{number}",
            facts={"report": queries.title_of(report)},
            url=reverse("reporting:report", args=[report.pk]),
            at=at,
        )
