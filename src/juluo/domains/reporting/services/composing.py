"""Begin reports and compose them, in both languages, from the figures as they stand."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone as clock
from django.utils import translation
from django.utils.translation import gettext as _

from juluo.domains.insights import queries as insights
from juluo.domains.insights.services import keep_all
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Report, Revision
from juluo.domains.reporting.queries import Composed, Memory
from juluo.domains.reporting.services.changes import report_in
from juluo.domains.reporting.services.wording import worded
from juluo.domains.reporting.types import LANGUAGES, Kind, ReportRequest
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.reporting import ReportBegun, ReportComposed
from juluo.lib.documents.keeping import digest, to_plain
from juluo.lib.documents.model import Document

_Status = Report.Status
_UNDER_WAY = (
    _Status.MAKING,
    _Status.FAILED,
    _Status.DRAFT,
    _Status.SUBMITTED,
    _Status.SIGNED,
)


class AlreadyBegun(Exception):
    """A report on the same days is under way; ``report_id`` says which."""

    def __init__(self, report_id: int) -> None:
        super().__init__(f"report {report_id} is on the same days")
        self.report_id = report_id


@transaction.atomic
def begin_report(
    *,
    kind: Kind,
    start: date,
    end: date,
    plan_id: int | None = None,
    with_money: bool = False,
    schedule_id: int | None = None,
    actor_id: int,
    at: datetime,
) -> Report:
    """Write down that a report is wanted; it is composed in the background.

    Where one was issued on the same days, this is its next edition and will replace it.

    :raises AlreadyBegun: if one on the same days is neither issued nor discarded.
    """
    on_plan = Q(plan_id=plan_id) if plan_id is not None else Q(plan=None)
    same = Report.objects.filter(on_plan, kind=kind, start=start, end=end, with_money=with_money)
    under_way = same.filter(status__in=_UNDER_WAY).order_by("-pk").first()
    if under_way is not None:
        raise AlreadyBegun(under_way.pk)
    issued = same.filter(status=_Status.ISSUED).order_by("-edition").first()
    report = Report.objects.create(
        kind=kind,
        start=start,
        end=end,
        plan_id=plan_id,
        with_money=with_money,
        schedule_id=schedule_id,
        edition=issued.edition + 1 if issued else 1,
        replaces=issued,
        asked_by_id=actor_id,
        asked_at=at,
    )
    event = ReportBegun(report_id=report.pk, kind=str(kind))
    record_audited(event, subject=reference("report", report.pk), actor_id=actor_id, at=at)
    return report


@transaction.atomic
def make_anew(*, report_id: int, actor_id: int, at: datetime) -> None:
    """Let a draft be composed again from today's figures; notes and actions stay.

    :raises NotThatFar: if it is not a draft, nor one that failed.
    """
    report = report_in(report_id, _Status.DRAFT, _Status.FAILED)
    report.status = _Status.MAKING
    report.save(update_fields=["status"])
    event = ReportBegun(report_id=report_id, kind=report.kind)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)


def compose(*, report_id: int, is_last_attempt: bool = False) -> None:
    """Compose a report that waits for it, and tell who asked. Done already, nothing happens.

    The last attempt goes on under the name of a failure: should it be killed as well, nobody is
    left to say so afterwards.
    """
    report = Report.objects.get(pk=report_id)
    if report.status != _Status.MAKING:
        return
    if is_last_attempt:
        Report.objects.filter(pk=report_id).update(status=_Status.FAILED)
    now = clock.now()
    memory = Memory(log=insights.current_log(), now=now)
    made = {
        language: queries.composed(request_of(report, language), now=now, memory=memory)
        for language in LANGUAGES
    }
    said = {language: worded(each.document) for language, each in made.items()}
    with transaction.atomic():
        _keep(report, made, said, now)


def request_of(report: Report, language: str) -> ReportRequest:
    """Return what a report covers, in one language."""
    return ReportRequest(
        start=report.start,
        end=report.end,
        language=language,
        kind=Kind(report.kind),
        plan_id=report.plan_id,
        with_money=report.with_money,
    )


def _keep(
    report: Report,
    made: dict[str, Composed],
    said: dict[str, tuple[Document, str]],
    now: datetime,
) -> None:
    waiting = Report.objects.filter(pk=report.pk, status__in=[_Status.MAKING, _Status.FAILED])
    if not waiting.update(status=_Status.DRAFT):
        return
    keys = {}
    plain = {}
    for language, each in made.items():
        kept = keep_all(list(each.answers), actor_id=report.asked_by_id, at=now)
        keys[language] = [answer.key for answer in kept]
        plain[language] = to_plain(_leading(said[language][0], keys[language], language))
    first = next(iter(made.values()))
    revision = add_revision(
        report.pk,
        documents=plain,
        found={
            "findings": [_plain_found(each) for each in first.found],
            "outcomes": [_plain_outcome(each) for each in first.measured],
        },
        evidence=keys,
        data_version=first.document.data_version,
        worded_by=next((by for _document, by in said.values() if by), ""),
        at=now,
    )
    _say_so(report, revision, now)


def add_revision(report_id: int, *, at: datetime, **told: Any) -> Revision:
    """Add the next revision to a report; its digest is made here."""
    last = Revision.objects.filter(report_id=report_id).aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        report_id=report_id,
        number=last + 1,
        digest=digest(told["documents"]),
        made_at=at,
        **told,
    )


def _leading(document: Document, keys: Sequence[str], language: str) -> Document:
    """Return a document whose evidence leads to the answers that are kept."""
    with translation.override(queries.LOCALES[language]):
        evidence = []
        for entry, key in zip(document.evidence, keys, strict=True):
            url = urljoin(settings.SITE_ADDRESS, reverse("web:kept", args=[key]))
            rows = [*entry.rows, (_("Kept as"), url)]
            evidence.append(replace(entry, rows=rows, url=url))
    return replace(document, evidence=evidence)


def _plain_found(found: queries.Found) -> dict[str, Any]:
    plain = asdict(found)
    plain["tone"] = found.tone.value
    plain["space_ids"] = list(found.space_ids)
    return plain


def _plain_outcome(each: queries.Measured) -> dict[str, Any]:
    return {
        "action": each.action.pk,
        "verdict": str(each.verdict),
        "value": each.value,
        "low": each.low,
        "high": each.high,
        "status": each.action.status,
    }


def _say_so(report: Report, revision: Revision, at: datetime) -> None:
    event = ReportComposed(report_id=report.pk, revision=revision.number)
    key = f"report-{report.pk}-composed-{revision.number}"
    record(event, at=at, actor_id=report.asked_by_id, key=key)
    waiting = {report.asked_by_id}
    if report.schedule is not None:
        waiting |= set(report.schedule.recipients.values_list("pk", flat=True))
    for member_id in waiting:
        tell(
            member_id=member_id,
            kind="reporting.draft_ready",
            key=f"report-draft:{report.pk}:{revision.number}",
            facts={"report": queries.title_of(report)},
            url=reverse("reporting:report", args=[report.pk]),
            at=at,
        )
