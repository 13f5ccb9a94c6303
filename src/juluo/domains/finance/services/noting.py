"""Write down what was done: the event, and the audit of who did it."""

from datetime import datetime

from juluo.domains.members.services import audit
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference


def note(event: Event, *, kind: str, pk: int, actor_id: int | None, at: datetime) -> None:
    """Record the event and the audit entry; call it inside the change's transaction.

    Neither holds an amount: those stand in rows of our own that never change.
    """
    record(event, at=at, actor_id=actor_id)
    audit(
        actor_id=actor_id,
        action=event.name,
        subject=reference(kind, pk),
        details=event.payload(),
        at=at,
    )
