"""Read a member's inbox."""

from dataclasses import dataclass
from datetime import datetime

from juluo.domains.notifications.models import MailPreference, Notification
from juluo.domains.notifications.types import Kind

_KINDS: dict[str, Kind] = {}


class UnknownKind(LookupError):
    """No part of the product registered this kind of notification."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line of an inbox, in the reader's language."""

    id: int
    words: str
    icon: str
    url: str
    told_at: datetime
    is_read: bool
    about: tuple[str, ...]


def register_kind(kind: Kind) -> None:
    """Let a part of the product tell this kind of thing; called from ``apps.ready()``."""
    _KINDS[kind.key] = kind


def kind_of(key: str) -> Kind:
    """Return a registered kind.

    :raises UnknownKind: if there is none of this key.
    """
    try:
        return _KINDS[key]
    except KeyError:
        raise UnknownKind(key) from None


def kinds() -> list[Kind]:
    """Return every kind there is, in the order of their keys."""
    return [_KINDS[key] for key in sorted(_KINDS)]


def inbox(*, member_id: int, before_id: int | None = None, limit: int = 30) -> list[Told]:
    """Return what a member was told, newest first, starting before ``before_id``."""
    rows = Notification.objects.filter(member_id=member_id).order_by("-id")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return [_told(row) for row in rows[:limit]]


def unread_count(*, member_id: int) -> int:
    """Return how many notifications a member has not read."""
    return Notification.objects.filter(member_id=member_id, read_at=None).count()


def address_of(*, member_id: int, notification_id: int) -> str | None:
    """Return where a member's notification leads; None if they have no such notification."""
    found = Notification.objects.filter(pk=notification_id, member_id=member_id)
    return found.values_list("url", flat=True).first()


def wants_mail(*, member_id: int) -> bool:
    """Whether urgent notifications go out to a member as mail."""
    refused = MailPreference.objects.filter(member_id=member_id, wants_mail=False)
    return not refused.exists()


def words_of(row: Notification) -> str:
    """Return what a notification says, in the language being read."""
    kind = _KINDS.get(row.kind, Kind(key=row.kind, words=row.kind))
    return str(kind.words) % row.facts if row.facts else str(kind.words)


def _told(row: Notification) -> Told:
    kind = _KINDS.get(row.kind, Kind(key=row.kind, words=row.kind))
    return Told(
        id=row.pk,
        words=words_of(row),
        icon=kind.icon,
        url=row.url,
        told_at=row.told_at,
        is_read=row.read_at is not None,
        about=tuple(row.about),
    )
