"""Someone known from elsewhere turns out to be a member here.

The log is never changed: what the person did stays under their id there, and readers of the log
map it to the member (``members.queries.same_people``).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from juluo.domains.members.models import Identity, Member
from juluo.domains.members.permissions import can_be_claimed
from juluo.domains.members.services.audit import record_audited
from juluo.events.base import reference
from juluo.events.members import BecameOne, PartedAgain


class NotOnePerson(Exception):
    """One of them has no account here, the other only outside identities; else they stay two."""


@transaction.atomic
def become_one(
    *, person_id: int, member_id: int, actor_id: int | None, at: datetime
) -> tuple[int, ...]:
    """Make a person known from elsewhere and a member one; return the identities that moved.

    Whoever calls asks whether it may be, and moves what the person wrote.

    :raises NotOnePerson: if they cannot be.
    """
    person, member = _both(person_id, member_id)
    if not (can_be_claimed(person) and _can_claim(member)):
        raise NotOnePerson
    identities = Identity.objects.filter(member_id=person_id)
    moved = tuple(identities.order_by("pk").values_list("pk", flat=True))
    identities.update(member_id=member_id)
    Member.objects.filter(pk=person_id).update(same_as_id=member_id)
    event = BecameOne(member_id=member_id, person_id=person_id)
    record_audited(event, subject=reference("member", member_id), actor_id=actor_id, at=at)
    return moved


@transaction.atomic
def part_again(
    *, person_id: int, member_id: int, identity_ids: Sequence[int], actor_id: int, at: datetime
) -> None:
    """Take back what :func:`become_one` did.

    :raises NotOnePerson: if they are not one.
    """
    _both(person_id, member_id)
    if not Member.objects.filter(pk=person_id, same_as_id=member_id).update(same_as=None):
        raise NotOnePerson
    mine = Identity.objects.filter(pk__in=identity_ids, member_id=member_id)
    mine.update(member_id=person_id)
    event = PartedAgain(member_id=member_id, person_id=person_id)
    record_audited(event, subject=reference("member", member_id), actor_id=actor_id, at=at)


def _can_claim(member: Member) -> bool:
    return member.email is not None and member.kind == Member.Kind.PERSON and member.is_active


def _both(person_id: int, member_id: int) -> tuple[Member, Member]:
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=[person_id, member_id])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise NotOnePerson
    return found[person_id], found[member_id]
