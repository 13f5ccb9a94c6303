"""What a decision does to the thing that was flagged."""

from datetime import datetime

from juluo.domains.discussions import services as discussions
from juluo.domains.messaging import services as messaging
from juluo.domains.moderation.models import Case
from juluo.domains.moderation.types import Kind


def take_away(case: Case, *, actor_id: int | None, at: datetime) -> bool:
    """Take the thing away; return whether it stood there until now."""
    pk = number_of(case)
    if case.kind == Kind.MESSAGE:
        return messaging.hold_message(message_id=pk, actor_id=actor_id, at=at)
    if case.kind == Kind.PRIVATE:
        return messaging.hold_private(message_id=pk, at=at)
    if case.kind == Kind.PROFILE:
        return False
    return discussions.hold(subject=case.subject, actor_id=actor_id, at=at)


def put_back(case: Case, *, actor_id: int | None, at: datetime) -> bool:
    """Put the thing back; return whether it was away."""
    pk = number_of(case)
    if case.kind == Kind.MESSAGE:
        return messaging.let_message_go(message_id=pk, actor_id=actor_id, at=at)
    if case.kind == Kind.PRIVATE:
        return messaging.let_private_go(message_id=pk, at=at)
    if case.kind == Kind.PROFILE:
        return False
    return discussions.let_go(subject=case.subject, actor_id=actor_id, at=at)


def number_of(case: Case) -> int:
    """Return the id of the thing."""
    return int(case.subject.partition(":")[2])
