"""Who has an inbox: every member who can sign in."""

from juluo.domains.members.permissions import OWNERS, Viewer, has_role
from juluo.domains.members.types import Member


def can_have_inbox(viewer: Viewer) -> bool:
    """Whether there is an inbox for them."""
    return isinstance(viewer, Member) and viewer.is_active


def can_see_outbox(viewer: Viewer) -> bool:
    """Whether they may read mail that was kept in place of being sent: it holds secret links."""
    return has_role(viewer, OWNERS)
