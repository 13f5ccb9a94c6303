"""Record what happened to a plan, and keep who did it: every service of this domain ends here."""

from dataclasses import fields
from datetime import datetime

from juluo.domains.members.services import audit
from juluo.domains.planning.models import Plan
from juluo.eventlog.recording import record
from juluo.events.base import Event


class PlanIsClosed(Exception):
    """The plan has come to its end; nothing in it changes any more."""


def open_plan(plan_id: int) -> Plan:
    """Return a plan that can still change, locked for this transaction.

    :raises Plan.DoesNotExist: if there is no such plan.
    :raises PlanIsClosed: if it is closed.
    """
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if not plan.is_open:
        raise PlanIsClosed
    return plan


def tell(event: Event, *, subject: str, actor_id: int, at: datetime) -> None:
    """Record an event and audit it under the event's own name; its fields are the details."""
    record(event, at=at, actor_id=actor_id)
    details = {each.name: getattr(event, each.name) for each in fields(event)}
    audit(actor_id=actor_id, action=event.name, subject=subject, details=details, at=at)
