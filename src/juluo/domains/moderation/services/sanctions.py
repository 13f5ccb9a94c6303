"""Warnings, and suspensions that end by themselves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from juluo.domains.members import services as members
from juluo.domains.members.types import Member
from juluo.domains.moderation.models import Case, Sanction
from juluo.domains.moderation.types import SanctionKind


def warn_author(case: Case, *, at: datetime) -> None:
    """Keep that the author of a case was warned."""
    member_id = case.author_id or 0
    Sanction.objects.create(case=case, member_id=member_id, kind=SanctionKind.WARNING, at=at)


def suspend_author(
    case: Case, *, actor: Member, until: datetime | None, at: datetime, address: str | None
) -> None:
    """Close the account of a case's author, for a time or for good."""
    member_id = case.author_id or 0
    Sanction.objects.create(
        case=case, member_id=member_id, kind=SanctionKind.SUSPENSION, at=at, until=until
    )
    members.suspend(actor_id=actor.pk, member_id=member_id, at=at, address=address)


def lift_sanctions(case: Case, *, actor: Member, at: datetime, address: str | None) -> None:
    """Take back what a case brought its author; another suspension goes on."""
    standing = case.sanctions.filter(ended_at=None)
    was_suspended = standing.filter(kind=SanctionKind.SUSPENSION).exists()
    standing.update(ended_at=at)
    if was_suspended and not _is_suspended(case.author_id or 0, at):
        members.reinstate(actor_id=actor.pk, member_id=case.author_id or 0, at=at, address=address)


def end_suspensions(*, now: datetime) -> int:
    """Open the accounts whose suspension is over; return how many."""
    over = Sanction.objects.filter(kind=SanctionKind.SUSPENSION, ended_at=None, until__lte=now)
    return sum(_end(pk, now) for pk in list(over.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _end(sanction_id: int, now: datetime) -> bool:
    """End one suspension; of two who try at once, one does."""
    row = Sanction.objects.filter(pk=sanction_id, ended_at=None)
    if not row.update(ended_at=now):
        return False
    member_id = Sanction.objects.values_list("member_id", flat=True).get(pk=sanction_id)
    if _is_suspended(member_id, now):
        return False
    members.end_suspension(member_id=member_id, at=now)
    return True


@transaction.atomic
def note_reinstated(*, member_id: int, at: datetime) -> None:
    """Note that an account was opened by hand: what closed it then has ended.

    So a later suspension by hand is not ended by the clock of an earlier one.
    """
    before = Sanction.objects.filter(
        member_id=member_id, kind=SanctionKind.SUSPENSION, ended_at=None, at__lte=at
    )
    before.update(ended_at=at)


def _is_suspended(member_id: int, now: datetime) -> bool:
    """Whether another suspension of theirs goes on."""
    goes_on = Q(until=None) | Q(until__gt=now)
    rows = Sanction.objects.filter(
        goes_on, member_id=member_id, kind=SanctionKind.SUSPENSION, ended_at=None
    )
    return rows.exists()
