"""Mails as their readers get them: in their language, as text and as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from juluo.domains.community import queries as community
from juluo.domains.members.types import Member
from juluo.domains.notifications import rules
from juluo.domains.notifications.models import Notification
from juluo.domains.notifications.queries import words_of
from juluo.domains.notifications.services.stopping import DIGEST, stop_link


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing told in a mail, and where it leads."""

    words: str
    link: str


def mail_of(row: Notification) -> EmailMultiAlternatives:
    """Return the mail that tells one thing."""
    settled = community.settings()
    with override(row.member.language or settled.language):
        words = words_of(row)
        context: dict[str, object] = {
            "community": settled.name,
            "lines": [_line(row)],
            "why": _("You get this because it concerns you. Change that in your inbox."),
        }
        return _mail(
            row.member,
            subject=words,
            context=context,
            scope=row.kind,
            name=f"notification-{row.pk}",
        )


def digest_of(
    member: Member, rows: Sequence[Notification], *, day: date, more: int
) -> EmailMultiAlternatives:
    """Return the daily mail: what waited, and how much of it was held back."""
    settled = community.settings()
    with override(member.language or settled.language):
        count = len(rows) + more
        held = sum(1 for row in rows if row.held_back)
        context = {
            "community": settled.name,
            "lines": [_line(row) for row in rows],
            "more": more,
            "held": _held_words(held),
            "why": _("You get this because you asked for a daily mail."),
        }
        subject = ngettext(
            "%(community)s: %(count)d thing for you",
            "%(community)s: %(count)d things for you",
            count,
        ) % {"community": settled.name, "count": count}
        return _mail(
            member, subject=subject, context=context, scope=DIGEST, name=f"digest-{member.pk}-{day}"
        )


def _held_words(held: int) -> str:
    if not held:
        return ""
    words = ngettext(
        "%(count)d of these was held back, as you had your share of mails that day.",
        "%(count)d of these were held back, as you had your share of mails that day.",
        held,
    )
    return words % {"count": held}


def _mail(
    member: Member, *, subject: str, context: dict[str, object], scope: str, name: str
) -> EmailMultiAlternatives:
    stop = stop_link(member_id=member.pk, scope=scope)
    home = _at_home(reverse("notifications:preferences"))
    context = {**context, "stop": stop, "preferences": home}
    mail = EmailMultiAlternatives(
        subject=rules.one_line(subject),
        body=render_to_string("notifications/mail/mail.txt", context),
        to=[member.email or ""],
        headers={
            "Message-ID": f"<{name}@juluo>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(render_to_string("notifications/mail/mail.html", context), "text/html")
    return mail


def _line(row: Notification) -> Line:
    words = rules.without_addresses(rules.one_line(words_of(row), length=500))
    is_ours = row.url and url_has_allowed_host_and_scheme(row.url, allowed_hosts=None)
    return Line(words=words, link=_at_home(row.url) if is_ours else "")


def _at_home(path: str) -> str:
    return urljoin(settings.SITE_ADDRESS, path)
