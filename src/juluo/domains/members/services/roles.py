"""What staff decide about an account: role, kind, suspension."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from juluo.domains.members import permissions
from juluo.domains.members.models import Member
from juluo.domains.members.services.audit import record_audited
from juluo.events.base import Event, reference
from juluo.events.members import KindChanged, MemberReinstated, MemberSuspended, RoleChanged
from juluo.live.signals import rights_changed


class NotAllowed(Exception):
    """Whoever asked may not do that to that account."""


class LastOwner(Exception):
    """A community keeps at least one owner who can sign in."""


class StaffArePeople(Exception):
    """Only a person's account can have a staff role."""


@transaction.atomic
def change_role(
    *, actor_id: int, member_id: int, role: str, at: datetime, address: str | None = None
) -> None:
    """Give a member another role; the same role again changes nothing.

    :raises NotAllowed: if the actor may not.
    :raises LastOwner: if nobody else would own the community.
    :raises StaffArePeople: if the account is not a person's.
    """
    actor, member = _locked(actor_id, member_id)
    if not permissions.can_change_role(actor, member, role):
        raise NotAllowed
    if role == member.role:
        return
    if role != Member.Role.MEMBER and member.kind != Member.Kind.PERSON:
        raise StaffArePeople
    _keep_an_owner(member)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    rights_changed(member_id)
    happened = RoleChanged(member_id=member_id, before=before, after=role)
    _tell(happened, actor_id, member_id, {"before": before, "after": role}, at, address)


@transaction.atomic
def change_kind(
    *, actor_id: int, member_id: int, kind: str, at: datetime, address: str | None = None
) -> None:
    """Say what an account is: a person, a bot, a test or a system account.

    :raises NotAllowed: if the actor may not.
    :raises StaffArePeople: if the account has a staff role.
    """
    actor, member = _locked(actor_id, member_id)
    if not permissions.can_change_kind(actor, member) or kind not in Member.Kind.values:
        raise NotAllowed
    if kind == member.kind:
        return
    if member.is_staff:
        raise StaffArePeople
    before, member.kind = member.kind, kind
    member.save(update_fields=["kind"])
    happened = KindChanged(member_id=member_id, before=before, after=kind)
    _tell(happened, actor_id, member_id, {"before": before, "after": kind}, at, address)


@transaction.atomic
def suspend(*, actor_id: int, member_id: int, at: datetime, address: str | None = None) -> None:
    """Close an account: its sessions end, and it cannot sign in until reinstated.

    :raises NotAllowed: if the actor may not.
    :raises LastOwner: if nobody else would own the community.
    """
    actor, member = _locked(actor_id, member_id)
    if not permissions.can_suspend(actor, member):
        raise NotAllowed
    if not member.is_active:
        return
    _keep_an_owner(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user_id=member_id):
        session.end()
    rights_changed(member_id)
    _tell(MemberSuspended(member_id=member_id), actor_id, member_id, {}, at, address)


@transaction.atomic
def reinstate(*, actor_id: int, member_id: int, at: datetime, address: str | None = None) -> None:
    """Open a suspended account again.

    :raises NotAllowed: if the actor may not.
    """
    actor, member = _locked(actor_id, member_id)
    if not permissions.can_suspend(actor, member):
        raise NotAllowed
    if member.is_active:
        return
    member.is_active = True
    member.save(update_fields=["is_active"])
    _tell(MemberReinstated(member_id=member_id), actor_id, member_id, {}, at, address)


@transaction.atomic
def end_suspension(*, member_id: int, at: datetime) -> None:
    """Open an account whose suspension was for a time that is over; nobody decides anew."""
    member = Member.objects.select_for_update().get(pk=member_id)
    if member.is_active:
        return
    member.is_active = True
    member.save(update_fields=["is_active"])
    _tell(MemberReinstated(member_id=member_id), None, member_id, {}, at, None)


def _locked(actor_id: int, member_id: int) -> tuple[Member, Member]:
    """Return both rows as they are now. Locked in id order, so that two owners take turns."""
    owners = Member.objects.filter(role=Member.Role.OWNER).values_list("pk", flat=True)
    wanted = {actor_id, member_id, *owners}
    rows = Member.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    by_id = {row.pk: row for row in rows}
    if member_id not in by_id or actor_id not in by_id:
        raise Member.DoesNotExist
    return by_id[actor_id], by_id[member_id]


def _keep_an_owner(member: Member) -> None:
    others = Member.objects.filter(role=Member.Role.OWNER, is_active=True).exclude(pk=member.pk)
    if member.role == Member.Role.OWNER and not others.exists():
        raise LastOwner


def _tell(
    event: Event,
    actor_id: int | None,
    member_id: int,
    details: dict[str, str],
    at: datetime,
    address: str | None,
) -> None:
    record_audited(
        event,
        subject=reference("member", member_id),
        actor_id=actor_id,
        details=details,
        address=address,
        at=at,
    )
