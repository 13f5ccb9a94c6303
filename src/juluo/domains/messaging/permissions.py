"""Who may read and write in chat groups.

A group in a space is for those who may read the space; strangers see no chats. Private
conversations have no permission of their own: whoever is in one may read it, and nobody else,
whatever their role.
"""

from django.db.models import Exists, OuterRef, Q

from juluo.domains.discussions import permissions as spaces
from juluo.domains.discussions.permissions import Standing
from juluo.domains.members.permissions import STAFF, Viewer, can_read_spaces, has_role
from juluo.domains.messaging.models import ChatGroup, GroupMember, Message
from juluo.domains.messaging.rules import INSIDE, GroupStanding

__all__ = [
    "INSIDE",
    "GroupStanding",
    "can_open_group_in_space",
    "can_reach_space",
    "can_read_spaces",
    "reachable_by",
    "readable_by",
    "readable_message",
    "standing",
    "standing_of",
]


def standing(viewer: Viewer, group: ChatGroup, *, role: str | None) -> GroupStanding:
    """Return where a member stands towards a group; ``role`` is their place in it, if any.

    One query where the group belongs to a space.
    """
    space = None if group.space_id is None else spaces.standing(viewer, group.space_id)
    return standing_of(viewer, group, role=role, space=space)


def standing_of(
    viewer: Viewer, group: ChatGroup, *, role: str | None, space: Standing | None
) -> GroupStanding:
    """Return where a member stands towards a group, and towards its space, if it has one."""
    is_free = group.space_id is None
    is_member = can_read_spaces(viewer)
    return GroupStanding(
        join_rule=group.join_rule,
        is_closed=group.closed_at is not None,
        role=role,
        reaches=is_member and (is_free or (space is not None and space.may_read)),
        may_talk=is_member and (is_free or (space is not None and space.may_reply)),
        is_staff=is_member and has_role(viewer, STAFF),
    )


def can_reach_space(viewer: Viewer, space_id: int | None) -> bool:
    """Whether a group's space, if it has one, is open to them."""
    if not can_read_spaces(viewer):
        return False
    return space_id is None or spaces.can_read_space(viewer, space_id)


def reachable_by(viewer: Viewer, group: str = "") -> Q:
    """Return, for a query, the groups of no space or of one that a member may read."""
    if not can_read_spaces(viewer):
        return Q(pk__in=[])
    readable = spaces.readable_by(viewer, f"{group}space__")
    return Q(**{f"{group}space": None}) | readable if readable else readable


def readable_by(viewer: Viewer, group: str = "") -> Q:
    """Return, for a query, the groups whose talk a member may read; ``group`` leads there."""
    if has_role(viewer, STAFF):
        return reachable_by(viewer, group)
    inside = GroupMember.objects.filter(member_id=viewer.pk or 0, role__in=INSIDE)
    is_open = Q(**{f"{group}join_rule": ChatGroup.JoinRule.OPEN})
    is_mine = Q(**{f"{group}pk__in": inside.values("group_id")})
    return reachable_by(viewer, group) & (is_open | is_mine)


def readable_message(
    viewer: Viewer, number: str, *, group_id: int | None = None, space_id: int | None = None
) -> Exists:
    """Return, for a query, whether the message that a column numbers may be read, as it is now."""
    rows = Message.objects.filter(
        readable_by(viewer, "group__"), pk=OuterRef(number), deleted_at=None
    )
    if group_id is not None:
        rows = rows.filter(group_id=group_id)
    return Exists(rows if space_id is None else rows.filter(group__space_id=space_id))


def can_open_group_in_space(viewer: Viewer) -> bool:
    """Whether they may open a group that belongs to a space."""
    return has_role(viewer, STAFF)
