"""Who may read and write in chat groups.

Private conversations have no permission of their own: whoever is in one may read it, and nobody
else, whatever their role.
"""

from juluo.domains.members.permissions import STAFF, Viewer, can_read_spaces, has_role
from juluo.domains.messaging.models import ChatGroup, GroupMember

__all__ = [
    "can_change_group",
    "can_open_group_in_space",
    "can_read_group",
    "can_read_spaces",
    "can_see_group",
    "can_write_in_group",
]

INSIDE = frozenset({GroupMember.Role.OWNER, GroupMember.Role.MEMBER})


def can_reach_space(viewer: Viewer, space_id: int | None) -> bool:  # noqa: ARG001
    """Whether a group's space, if it has one, is open to them."""
    return can_read_spaces(viewer)


def can_see_group(viewer: Viewer, group: ChatGroup, *, role: str | None) -> bool:
    """Whether they may know that the group exists; ``role`` is their place in it, if any."""
    if not can_reach_space(viewer, group.space_id):
        return False
    return group.join_rule != ChatGroup.JoinRule.INVITE or role is not None or _is_staff(viewer)


def can_read_group(viewer: Viewer, group: ChatGroup, *, role: str | None) -> bool:
    """Whether they may read what is said: everyone in open groups, else those in it, and staff."""
    if not can_see_group(viewer, group, role=role):
        return False
    is_open = group.join_rule == ChatGroup.JoinRule.OPEN
    return is_open or role in INSIDE or _is_staff(viewer)


def can_write_in_group(viewer: Viewer, group: ChatGroup, *, role: str | None) -> bool:
    """Whether they may write: those who are in it, until it is closed."""
    return group.closed_at is None and role in INSIDE and can_reach_space(viewer, group.space_id)


def can_change_group(viewer: Viewer, group: ChatGroup, *, role: str | None) -> bool:
    """Whether they may change the group and decide who is in it: its owners, and staff."""
    is_owner = role == GroupMember.Role.OWNER
    return can_see_group(viewer, group, role=role) and (is_owner or _is_staff(viewer))


def can_open_group_in_space(viewer: Viewer) -> bool:
    """Whether they may open a group that belongs to a space."""
    return _is_staff(viewer)


def _is_staff(viewer: Viewer) -> bool:
    return has_role(viewer, STAFF)
