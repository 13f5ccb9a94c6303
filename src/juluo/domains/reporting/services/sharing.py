"""Give a report to people: by a link that expires, or by mail."""

import hashlib
import secrets
from datetime import datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from juluo.domains.members import queries as members
from juluo.domains.members.services import record_audited
from juluo.domains.reporting import queries
from juluo.domains.reporting.models import Report, ReportShare
from juluo.domains.reporting.permissions import can_read_report
from juluo.domains.reporting.services.changes import report_in
from juluo.events.base import reference
from juluo.events.reporting import ReportShared, ReportShareEnded
from juluo.lib.documents.model import Document


@transaction.atomic
def share_report(
    *,
    report_id: int,
    language: str,
    days: int,
    label: str = "",
    actor_id: int,
    at: datetime,
) -> str:
    """Make a link to an issued report that works for some days; return its secret, kept nowhere.

    :raises NotThatFar: if the report is not issued.
    """
    report_in(report_id, Report.Status.ISSUED)
    secret = secrets.token_urlsafe(24)
    share = ReportShare.objects.create(
        report_id=report_id,
        secret_hash=_hash(secret),
        language=language,
        label=label.strip(),
        made_by_id=actor_id,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    event = ReportShared(report_id=report_id, share_id=share.pk)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)
    return secret


@transaction.atomic
def end_share(*, share_id: int, actor_id: int, at: datetime) -> None:
    """End a link at once; ended already, nothing happens."""
    if not ReportShare.objects.filter(pk=share_id, ended_at=None).update(ended_at=at):
        return
    report_id = ReportShare.objects.get(pk=share_id).report_id
    event = ReportShareEnded(report_id=report_id, share_id=share_id)
    record_audited(event, subject=reference("report", report_id), actor_id=actor_id, at=at)


def open_share(*, secret: str, at: datetime) -> Document | None:
    """Return what a link leads to, and count that it was opened; None if it leads nowhere."""
    live = ReportShare.objects.filter(
        secret_hash=_hash(secret), ended_at=None, expires_at__gt=at
    ).first()
    if live is None:
        return None
    ReportShare.objects.filter(pk=live.pk).update(opened=F("opened") + 1, last_opened_at=at)
    return queries.document_of(live.report_id, live.language)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def mail_report(*, report_id: int, member_id: int, file_format: str = "") -> bool:
    """Mail an issued report to a member of staff, with a file if a format is named.

    The mail has an id of its own, so that one sent twice by a crash is one to the reader's
    program. Return whether it went out: who may not read the report, or has no address, gets none.
    """
    report = Report.objects.get(pk=report_id)
    reader = members.active_member(member_id)
    if report.status != Report.Status.ISSUED or reader is None or not reader.email:
        return False
    if not can_read_report(reader, with_money=report.with_money):
        return False
    language = "zh" if (reader.language or settings.LANGUAGE_CODE).startswith("zh") else "en"
    _mail(report, reader.email, member_id, language, file_format).send()
    return True


def _mail(
    report: Report, address: str, member_id: int, language: str, file_format: str
) -> EmailMessage:
    document = queries.document_of(report.pk, language)
    link = urljoin(settings.SITE_ADDRESS, reverse("reporting:report", args=[report.pk]))
    with translation.override(queries.LOCALES[language]):
        told = queries.summary_lines(document)
        body = "\n".join([document.title, document.subtitle, "", *told, "", link])
        why = _("You get this because you were named as a reader of these reports.")
    mail = EmailMessage(
        subject=f"{document.title} · {document.subtitle}"[:150],
        body=f"{body}\n\n{why}",
        to=[address],
        headers={
            "Message-ID": f"<report-{report.pk}-{member_id}@juluo>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if file_format:
        name = queries.report_file_name(report, language, file_format)
        content = queries.rendered(document, file_format)
        mail.attach(name, content, queries.FORMATS[file_format].split(";")[0])
    return mail
