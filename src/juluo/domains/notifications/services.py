"""Tell members what concerns them."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from juluo.domains.notifications.models import MailPreference, Notification
from juluo.domains.notifications.queries import kind_of, words_of

# What nobody could be mailed for so long is no longer urgent; it stays in the inbox.
STALE_AFTER = timedelta(days=1)
log = structlog.get_logger(__name__)


def tell(
    *,
    member_id: int,
    kind: str,
    key: str,
    facts: dict[str, Any] | None = None,
    url: str = "",
    at: datetime,
) -> bool:
    """Put something into a member's inbox; told again under the same key, it stays one.

    Call it inside the transaction of its cause. ``facts`` fill the places in the kind's words;
    ``url`` is an address of ours. Return whether it was news.

    :raises UnknownKind: if no part of the product registered this kind.
    """
    is_urgent = kind_of(kind).urgent
    with transaction.atomic():
        _row, is_new = Notification.objects.get_or_create(
            member_id=member_id,
            key=key,
            defaults={
                "kind": kind,
                "facts": facts or {},
                "url": url,
                "told_at": at,
                "mail_due": is_urgent,
            },
        )
    return is_new


def mark_read(*, member_id: int, notification_ids: list[int] | None = None, at: datetime) -> int:
    """Mark a member's notifications as read: those given, or all. Return how many that were."""
    unread = Notification.objects.filter(member_id=member_id, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return unread.update(read_at=at)


def want_mail(*, member_id: int, wanted: bool) -> None:
    """Let urgent notifications go out to a member as mail, or not."""
    MailPreference.objects.update_or_create(member_id=member_id, defaults={"wants_mail": wanted})


def send_due_mail(*, now: datetime, limit: int = 50) -> int:
    """Send what is urgent and not yet sent; return how many mails went out.

    Each mail has an id of its own, so that one sent twice by a crash between the sending and
    its mark is one mail to the reader's program. What cannot be sent waits for the next call.
    """
    due = Notification.objects.filter(mail_due=True).select_related("member").order_by("id")
    sent = 0
    for row in due[:limit]:
        if _is_for_mail(row, now):
            try:
                _mail(row).send()
            except OSError:
                log.warning("mail_not_sent", notification=row.pk)
                continue
            sent += 1
        Notification.objects.filter(pk=row.pk).update(mail_due=False)
    return sent


def _is_for_mail(row: Notification, now: datetime) -> bool:
    if row.told_at < now - STALE_AFTER or row.read_at is not None:
        return False
    if not row.member.email or not row.member.is_active:
        return False
    refused = MailPreference.objects.filter(member_id=row.member_id, wants_mail=False)
    return not refused.exists()


def _mail(row: Notification) -> EmailMessage:
    with override(row.member.language or settings.LANGUAGE_CODE):
        words = words_of(row)
        link = urljoin(settings.SITE_ADDRESS, row.url) if row.url else ""
        why = _("You get this because it concerns you. Change that in your inbox.")
    return EmailMessage(
        subject=" ".join(words.split())[:150],
        body="\n\n".join(part for part in (words, link, why) if part),
        to=[row.member.email or ""],
        headers={
            "Message-ID": f"<notification-{row.pk}@juluo>",
            "Auto-Submitted": "auto-generated",
        },
    )
