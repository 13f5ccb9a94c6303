"""Record what happened to a risk, and keep who did it: every service of this domain ends here."""

from dataclasses import fields
from datetime import datetime

from juluo.domains.members.services import audit
from juluo.domains.risks.models import Risk
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference


class RiskIsClosed(Exception):
    """The risk occurred or was closed; it stands as it was."""


def open_risk(risk_id: int) -> Risk:
    """Return a risk that may still happen, locked for this transaction.

    :raises Risk.DoesNotExist: if there is no such risk.
    :raises RiskIsClosed: if it occurred or was closed.
    """
    risk = Risk.objects.select_for_update().get(pk=risk_id)
    if not risk.is_open:
        raise RiskIsClosed
    return risk


def tell(event: Event, *, risk_id: int, actor_id: int | None, at: datetime) -> None:
    """Record an event and audit it under its own name; nobody is the actor of an indicator."""
    record(event, at=at, actor_id=actor_id)
    details = {each.name: getattr(event, each.name) for each in fields(event)}
    audit(
        actor_id=actor_id,
        action=event.name,
        subject=reference("risk", risk_id),
        details=details,
        at=at,
    )
