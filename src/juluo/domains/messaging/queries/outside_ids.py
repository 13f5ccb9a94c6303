"""Every read of chat groups that leaves the domain."""

from collections.abc import Iterable
from datetime import datetime

from juluo.domains.messaging.models import ChatGroup, Message


def groups_by_outside_id(*, source: str) -> dict[str, int]:
    """Return the groups that came from a source, by their outside ids."""
    groups = ChatGroup.objects.filter(source=source).exclude(outside_id="")
    return dict(groups.values_list("outside_id", "pk"))


def sent_by_outside_id(*, source: str, outside_ids: Iterable[str]) -> dict[str, datetime]:
    """Return when the known ones of these messages were sent."""
    rows = Message.objects.filter(source=source, outside_id__in=list(outside_ids))
    return dict(rows.values_list("outside_id", "sent_at"))
