"""Open chat groups, change them, and decide who is in them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from juluo.domains.members.services import Limit, audit, take
from juluo.domains.members.types import Member
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import ChatGroup, GroupMember, Message
from juluo.domains.messaging.queries.privacy import is_blocked
from juluo.domains.messaging.services.refusals import LastOwner, NotThere, TooMany
from juluo.domains.notifications.services import tell
from juluo.eventlog.recording import record
from juluo.events.base import Event
from juluo.events.messaging import ChatGroupOpened, GroupJoined, GroupLeft
from juluo.live.signals import rights_changed, signal

NEW_GROUPS = Limit(burst=5, per_hour=0.25)
INVITATIONS = Limit(burst=50, per_hour=20)
Role = GroupMember.Role


@transaction.atomic
def open_group(
    *,
    name: str,
    about: str = "",
    join_rule: str = ChatGroup.JoinRule.OPEN,
    space_id: int | None = None,
    actor: Member,
    at: datetime,
) -> ChatGroup:
    """Open a chat group; who opens it owns it.

    :raises TooMany: if they have opened as many as a day allows.
    :raises NotThere: if they may not open one in this space.
    """
    if space_id is not None and not _may_open_in(space_id, actor):
        raise NotThere
    if not take(key=f"open-group:{actor.pk}", limit=NEW_GROUPS, at=at):
        raise TooMany
    group = ChatGroup.objects.create(
        name=name, about=about, join_rule=join_rule, space_id=space_id, opened_at=at, moved_at=at
    )
    _place(group, actor.pk, Role.OWNER, at)
    record(ChatGroupOpened(group_id=group.pk, space_id=space_id), at=at, actor_id=actor.pk)
    _joined(group, actor.pk, actor.pk, at)
    return group


@transaction.atomic
def change_group(
    *,
    group_id: int,
    name: str,
    about: str,
    join_rule: str,
    slow_seconds: int,
    is_closed: bool,
    actor: Member,
    at: datetime,
) -> None:
    """Change what a group is called, how one joins it, and how fast one may write.

    :raises NotThere: if they may not change it.
    """
    group = _to_change(group_id, actor, at=at)
    group.name, group.about, group.join_rule = name, about, join_rule
    group.slow_seconds = slow_seconds
    group.closed_at = (group.closed_at or at) if is_closed else None
    group.save()
    signal(f"group:{group.pk}")


@transaction.atomic
def join(*, group_id: int, actor: Member, at: datetime) -> str:
    """Let a member in, or note that they ask to be let in; return their place.

    :raises NotThere: if the group is not for them.
    """
    group = held(group_id)
    row = _row(group, actor.pk)
    role = row.role if row else None
    if group.closed_at or not permissions.standing(actor, group, role=role).may_see:
        raise NotThere
    if row and row.role in permissions.INSIDE:
        return row.role
    if group.join_rule == ChatGroup.JoinRule.OPEN or role == Role.INVITED:
        _place(group, actor.pk, Role.MEMBER, at)
        _joined(group, actor.pk, actor.pk, at)
        return Role.MEMBER
    if group.join_rule == ChatGroup.JoinRule.INVITE:
        raise NotThere
    if row is None:
        _place(group, actor.pk, Role.ASKING, at)
        _tell_owners(group, actor, at)
    return Role.ASKING


@transaction.atomic
def leave(*, group_id: int, actor: Member, at: datetime) -> None:
    """Leave a group, refuse an invitation, or no longer ask.

    :raises NotThere: if they have no place in it.
    :raises LastOwner: if others are in it and nobody else owns it.
    """
    group = held(group_id)
    row = _row(group, actor.pk)
    if row is None:
        raise NotThere
    _take_out(group, row, actor.pk, at)


@transaction.atomic
def invite(*, group_id: int, member_id: int, actor: Member, at: datetime) -> None:
    """Invite a member; someone who asked is let in.

    :raises NotThere: if they may not, or there is no such member.
    :raises TooMany: if they invite more than an hour allows.
    """
    group = _to_change(group_id, actor, at=at)
    invited = Member.objects.filter(pk=member_id, is_active=True, kind=Member.Kind.PERSON).first()
    if invited is None or not permissions.can_reach_space(invited, group.space_id):
        raise NotThere
    row = _row(group, member_id)
    if row and row.role != Role.ASKING:
        return
    if not take(key=f"invite:{actor.pk}", limit=INVITATIONS, at=at):
        raise TooMany
    if row:
        _let_in(group, row, actor, at)
        return
    _place(group, member_id, Role.INVITED, at)
    if not is_blocked(by=member_id, member_id=actor.pk):
        tell(
            member_id=member_id,
            kind="messaging.invited",
            key=f"invited:{group.pk}:{at.timestamp()}",
            facts={"group": group.name, "name": actor.display_name},
            url=_address(group),
            at=at,
        )


@transaction.atomic
def let_in(*, group_id: int, member_id: int, actor: Member, at: datetime) -> None:
    """Let in someone who asked.

    :raises NotThere: if they may not decide, or nobody of this name asks.
    """
    group = _to_change(group_id, actor, at=at)
    row = _row(group, member_id)
    if row is None or row.role != Role.ASKING:
        raise NotThere
    _let_in(group, row, actor, at)


@transaction.atomic
def remove(*, group_id: int, member_id: int, actor: Member, at: datetime) -> None:
    """Take someone out of the group, or their request or invitation off its list.

    :raises NotThere: if they may not decide, or the member has no place in it.
    :raises LastOwner: if that would leave the group without an owner.
    """
    group = _to_change(group_id, actor, at=at)
    row = _row(group, member_id)
    if row is None:
        raise NotThere
    _take_out(group, row, actor.pk, at)


@transaction.atomic
def hand_over(*, group_id: int, member_id: int, actor: Member, at: datetime) -> None:
    """Make a member of the group its owner, too.

    :raises NotThere: if they may not decide, or the member is not in it.
    """
    group = _to_change(group_id, actor, at=at)
    changed = GroupMember.objects.filter(group=group, member_id=member_id, role=Role.MEMBER)
    if not changed.update(role=Role.OWNER):
        raise NotThere


@transaction.atomic
def mute(*, group_id: int, muted: bool, actor: Member) -> None:
    """Be told nothing of a group, or be told again.

    :raises NotThere: if they are not in it.
    """
    inside = GroupMember.objects.filter(
        group_id=group_id, member_id=actor.pk, role__in=permissions.INSIDE
    )
    if not inside.update(is_muted=muted):
        raise NotThere
    signal(f"member:{actor.pk}")


def role_in(group: ChatGroup, member_id: int) -> str | None:
    """Return a member's place in a group."""
    row = _row(group, member_id)
    return row.role if row else None


def _may_open_in(space_id: int, actor: Member) -> bool:
    is_allowed = permissions.can_open_group_in_space(actor)
    return is_allowed and permissions.can_reach_space(actor, space_id)


def _row(group: ChatGroup, member_id: int) -> GroupMember | None:
    return GroupMember.objects.filter(group=group, member_id=member_id).first()


def held(group_id: int) -> ChatGroup:
    """Return a group, held until the transaction ends.

    :raises NotThere: if there is no such group.
    """
    group = ChatGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise NotThere
    return group


def _to_change(group_id: int, actor: Member, *, at: datetime) -> ChatGroup:
    """Return the group, held for a change that this member may make."""
    group = held(group_id)
    role = role_in(group, actor.pk)
    if not permissions.standing(actor, group, role=role).may_change:
        raise NotThere
    if role != Role.OWNER:
        # Staff act in a group that is not theirs: that is written down.
        audit(
            actor_id=actor.pk,
            action="messaging.group_changed",
            subject=f"group:{group.pk}",
            at=at,
        )
    return group


def _place(group: ChatGroup, member_id: int, role: str, at: datetime) -> None:
    newest = Message.objects.filter(group=group).aggregate(newest=Max("sent_at"))["newest"]
    GroupMember.objects.update_or_create(
        group=group,
        member_id=member_id,
        defaults={"role": role, "joined_at": at, "last_read": max(newest or at, at)},
    )


def _let_in(group: ChatGroup, row: GroupMember, actor: Member, at: datetime) -> None:
    _place(group, row.member_id, Role.MEMBER, at)
    _joined(group, row.member_id, actor.pk, at)
    tell(
        member_id=row.member_id,
        kind="messaging.let_in",
        key=f"let-in:{group.pk}:{at.timestamp()}",
        facts={"group": group.name},
        url=_address(group),
        at=at,
    )


def _joined(group: ChatGroup, member_id: int, actor_id: int, at: datetime) -> None:
    event: Event = GroupJoined(group_id=group.pk, member_id=member_id, space_id=group.space_id)
    record(event, at=at, actor_id=actor_id)
    signal(f"member:{member_id}")
    rights_changed(member_id)


def _take_out(group: ChatGroup, row: GroupMember, actor_id: int, at: datetime) -> None:
    if row.role == Role.OWNER:
        others = GroupMember.objects.filter(group=group).exclude(pk=row.pk)
        if not others.filter(role=Role.OWNER).exists():
            if others.filter(role=Role.MEMBER).exists():
                raise LastOwner
            group.closed_at = group.closed_at or at
            group.save(update_fields=["closed_at"])
    was_inside = row.role in permissions.INSIDE
    member_id = row.member_id
    row.delete()
    if was_inside:
        event = GroupLeft(group_id=group.pk, member_id=member_id, space_id=group.space_id)
        record(event, at=at, actor_id=actor_id)
    signal(f"member:{member_id}")
    rights_changed(member_id)


def _tell_owners(group: ChatGroup, asking: Member, at: datetime) -> None:
    owners = GroupMember.objects.filter(group=group, role=Role.OWNER).order_by("member_id")
    for owner_id in owners.values_list("member_id", flat=True):
        tell(
            member_id=owner_id,
            kind="messaging.asked_to_join",
            key=f"asked:{group.pk}:{asking.pk}:{at.timestamp()}",
            facts={"group": group.name, "name": asking.display_name},
            url=f"{_address(group)}members/",
            at=at,
        )


def _address(group: ChatGroup) -> str:
    return f"/spaces/groups/{group.pk}/"
