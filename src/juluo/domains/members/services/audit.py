"""Keep what staff do."""

from datetime import datetime
from typing import Any

from juluo.domains.members.models import AuditEntry


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
