"""The link in each mail by which it is the last of its sort, without signing in (RFC 8058)."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from juluo.domains.members import queries as members
from juluo.domains.notifications.models import KindPreference, MailPreference, Way
from juluo.domains.notifications.queries import UnknownKind, kind_of
from juluo.eventlog.recording import record
from juluo.events.notifications import MailStopped

_SALT = "notifications.stop-mail"
DIGEST = "digest"
EVERYTHING = "everything"


class NotOurLink(Exception):
    """The link was not made here, or was changed on its way."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Whose mail ends by a link, and which sort: a kind's key, the digest, or everything."""

    member_id: int
    scope: str


def stop_link(*, member_id: int, scope: str) -> str:
    """Return the address that ends one sort of a member's mail."""
    token = signing.dumps([member_id, scope], salt=_SALT)
    return urljoin(settings.SITE_ADDRESS, reverse("notifications:stop", args=[token]))


def read_link(token: str) -> Link:
    """Return what a link is for.

    :raises NotOurLink: if it was forged, or its member is gone.
    """
    try:
        member_id, scope = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotOurLink from None
    if not members.names([member_id]):
        raise NotOurLink
    return Link(member_id=member_id, scope=scope)


@transaction.atomic
def stop(*, link: Link, everything: bool = False, at: datetime) -> None:
    """End that sort of mail, or all mail; asked again, nothing changes."""
    scope = EVERYTHING if everything else link.scope
    if _ended(link.member_id, scope):
        record(MailStopped(member_id=link.member_id, scope=scope), at=at, actor_id=link.member_id)


def _ended(member_id: int, scope: str) -> bool:
    """Write it down; return whether it was otherwise before."""
    if scope in {DIGEST, EVERYTHING}:
        field = "wants_digest" if scope == DIGEST else "wants_mail"
        row, _ = MailPreference.objects.select_for_update().get_or_create(member_id=member_id)
        was_on = getattr(row, field)
        setattr(row, field, False)
        row.save(update_fields=[field])
        return bool(was_on)
    try:
        kind = kind_of(scope)
    except UnknownKind:
        return False
    before = KindPreference.objects.filter(member_id=member_id, kind=kind.key).first()
    if (before.way if before else kind.usual_way) in {Way.OFF, Way.INBOX}:
        return False
    KindPreference.objects.update_or_create(
        member_id=member_id, kind=kind.key, defaults={"way": Way.INBOX}
    )
    return True
