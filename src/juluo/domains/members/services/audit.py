"""Record who did what to whom: the audit that members who run the community answer to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from juluo.domains.members.models import AuditEntry
from juluo.eventlog.recording import record
from juluo.events.base import Event


def audit(
    *,
    actor_id: int | None,
    action: str,
    subject: str = "",
    details: dict[str, Any] | None = None,
    address: str | None = None,
    at: datetime,
) -> None:
    """Append one entry: ``action`` such as ``member.role_changed`` on ``subject`` (``member:5``).

    Call it inside the transaction of the change itself. ``details`` holds ids and choices.
    """
    AuditEntry.objects.create(
        at=at,
        actor_id=actor_id,
        action=action,
        subject=subject,
        details=details or {},
        address=address or None,
    )


def record_audited(
    event: Event,
    *,
    subject: str,
    actor_id: int | None,
    at: datetime,
    action: str = "",
    details: Mapping[str, Any] | None = None,
    address: str | None = None,
) -> None:
    """Record an event and audit who did it: where the services of things that staff do end.

    The audit calls it by the event's name and holds its payload, unless ``action`` and
    ``details`` say otherwise. Call it inside the transaction of the change itself.
    """
    record(event, at=at, actor_id=actor_id)
    audit(
        actor_id=actor_id,
        action=action or event.name,
        subject=subject,
        details=dict(event.payload() if details is None else details),
        address=address,
        at=at,
    )
