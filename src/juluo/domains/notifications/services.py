"""Tell members what concerns them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.notifications.models import Notification
from juluo.domains.notifications.queries import kind_of


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
    kind_of(kind)
    with transaction.atomic():
        _row, is_new = Notification.objects.get_or_create(
            member_id=member_id,
            key=key,
            defaults={"kind": kind, "facts": facts or {}, "url": url, "told_at": at},
        )
    return is_new


def mark_read(*, member_id: int, notification_ids: list[int] | None = None, at: datetime) -> int:
    """Mark a member's notifications as read: those given, or all. Return how many that were."""
    unread = Notification.objects.filter(member_id=member_id, read_at=None)
    if notification_ids is not None:
        unread = unread.filter(pk__in=notification_ids)
    return unread.update(read_at=at)
