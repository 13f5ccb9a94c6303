"""Join spaces and leave them, let others in, and say how much one wants to hear."""

from datetime import datetime

from django.db import transaction

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import JoinRequest, Space, SpaceMember
from juluo.domains.discussions.services import telling
from juluo.domains.discussions.services.entering import (
    KEEPING,
    NotAllowed,
    NotThere,
    locked_space,
    not_too_fast,
    someone,
)
from juluo.domains.members.services import audit, record_audited
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.discussions import (
    JoiningAsked,
    JoiningDeclined,
    SpaceJoined,
    SpaceLeft,
    SpaceRoleGiven,
)
from juluo.live.signals import rights_changed


@transaction.atomic
def join_space(*, space_id: int, member_id: int, at: datetime) -> bool:
    """Join a space; return whether that is news.

    :raises NotThere: if there is no such space that they know of.
    :raises NotAllowed: if nobody joins it by themselves.
    """
    member = someone(member_id)
    not_too_fast("keep", KEEPING, member_id=member_id, at=at)
    space, standing = locked_space(space_id, member)
    if standing.has_joined:
        return False
    if not standing.may_join:
        raise NotAllowed
    _enter(space, member_id, actor_id=member_id, at=at)
    return True


@transaction.atomic
def leave_space(*, space_id: int, member_id: int, at: datetime) -> bool:
    """Leave a space, or take back that one asked for it; return whether there was anything."""
    asked, _ = JoinRequest.objects.filter(space_id=space_id, member_id=member_id).delete()
    left, _ = SpaceMember.objects.filter(space_id=space_id, member_id=member_id).delete()
    if left:
        event = SpaceLeft(space_id=space_id, member_id=member_id)
        record(event, at=at, actor_id=member_id)
        rights_changed(member_id)
    return bool(asked or left)


@transaction.atomic
def ask_to_join(*, space_id: int, member_id: int, at: datetime) -> bool:
    """Ask to be let into a private space; its moderators are told. Return whether that is news.

    :raises NotThere: if there is no such space that they know of.
    :raises NotAllowed: if one does not ask for this space.
    """
    member = someone(member_id)
    not_too_fast("keep", KEEPING, member_id=member_id, at=at)
    space, standing = locked_space(space_id, member)
    if not standing.may_ask_to_join:
        raise NotAllowed
    _row, is_new = JoinRequest.objects.get_or_create(
        space=space, member_id=member_id, defaults={"asked_at": at}
    )
    if is_new:
        record(JoiningAsked(space_id=space_id), at=at, actor_id=member_id)
        telling.of_request(space, actor=member, at=at)
    return is_new


@transaction.atomic
def decline_request(*, space_id: int, member_id: int, actor_id: int, at: datetime) -> bool:
    """Do not let someone in who asked; return whether they had asked.

    :raises NotThere: if there is no such space for this actor.
    :raises NotAllowed: if they do not keep order there.
    """
    _moderated(space_id, actor_id)
    asked, _ = JoinRequest.objects.filter(space_id=space_id, member_id=member_id).delete()
    if asked:
        event = JoiningDeclined(space_id=space_id, member_id=member_id)
        record_audited(event, subject=reference("space", space_id), actor_id=actor_id, at=at)
    return bool(asked)


@transaction.atomic
def add_to_space(*, space_id: int, member_id: int, actor_id: int, at: datetime) -> bool:
    """Let a member in, whether they asked or not; they are told. Return whether that is news.

    :raises NotThere: if there is no such space for this actor, or no such member.
    :raises NotAllowed: if the actor does not keep order there.
    """
    space = _moderated(space_id, actor_id)
    try:
        someone(member_id)
    except NotAllowed:
        raise NotThere from None
    is_new = _enter(space, member_id, actor_id=actor_id, at=at)
    if is_new:
        audit(
            actor_id=actor_id,
            action=SpaceJoined.name,
            subject=reference("space", space_id),
            details={"member_id": member_id},
            at=at,
        )
        telling.of_letting_in(space, member_id=member_id, at=at)
    return is_new


@transaction.atomic
def take_out_of_space(*, space_id: int, member_id: int, actor_id: int, at: datetime) -> bool:
    """Take a member out of a space; refuses as :func:`decline_request` does."""
    _moderated(space_id, actor_id)
    left, _ = SpaceMember.objects.filter(space_id=space_id, member_id=member_id).delete()
    if left:
        event = SpaceLeft(space_id=space_id, member_id=member_id)
        record_audited(
            event,
            subject=reference("space", space_id),
            actor_id=actor_id,
            at=at,
            details={"member_id": member_id},
        )
        rights_changed(member_id)
    return bool(left)


@transaction.atomic
def give_space_role(
    *, space_id: int, member_id: int, role: str, actor_id: int, at: datetime
) -> bool:
    """Make someone who joined a moderator of the space, or a plain member again.

    :raises NotThere: if there is no such space, member of it, or role.
    :raises NotAllowed: if giving roles is not theirs to do: operators do it.
    """
    if not permissions.can_keep_spaces(someone(actor_id)):
        raise NotAllowed
    joined = SpaceMember.objects.filter(space_id=space_id, member_id=member_id)
    if role not in SpaceMember.Role.values or not joined.exists():
        raise NotThere
    if not joined.exclude(role=role).update(role=role):
        return False
    event = SpaceRoleGiven(space_id=space_id, member_id=member_id, role=role)
    record_audited(event, subject=reference("space", space_id), actor_id=actor_id, at=at)
    return True


@transaction.atomic
def set_level(*, space_id: int, member_id: int, level: str) -> None:
    """Say how much a member wants to hear of a space they joined.

    :raises NotThere: if they have not joined it, or there is no such level.
    """
    mine = SpaceMember.objects.filter(space_id=space_id, member_id=member_id)
    if level not in SpaceMember.Level.values or not mine.update(level=level):
        raise NotThere


def _enter(space: Space, member_id: int, *, actor_id: int, at: datetime) -> bool:
    JoinRequest.objects.filter(space=space, member_id=member_id).delete()
    _row, is_new = SpaceMember.objects.get_or_create(
        space=space, member_id=member_id, defaults={"joined_at": at}
    )
    if is_new:
        event = SpaceJoined(space_id=space.pk, member_id=member_id)
        record(event, at=at, actor_id=actor_id)
    return is_new


def _moderated(space_id: int, actor_id: int) -> Space:
    space, standing = locked_space(space_id, someone(actor_id))
    if not standing.may_moderate:
        raise NotAllowed
    return space
