"""What webhooks hear of: every event that somebody is to be told of."""

from typing import TYPE_CHECKING

from django.utils import timezone

from juluo.domains.webhooks import queries, services, tasks
from juluo.eventlog.subscriptions import subscribe_while

if TYPE_CHECKING:
    from juluo.eventlog.models import EventRecord


@subscribe_while(queries.wanted_events)
def queue_calls(record: "EventRecord") -> None:
    """Queue the calls and let them be made."""
    told = {
        "occurred_at": record.occurred_at.isoformat(),
        "actor_id": record.actor_id,
        "space_id": record.space_id,
        "subject": record.subject_id or None,
        "thread": record.thread_id or None,
        "parent": record.parent_id or None,
        "recipient_id": record.recipient_id,
        "data": record.payload,
    }
    if services.queue(key=record.key, name=record.name, told=told, at=timezone.now()):
        tasks.call_due.enqueue()
