"""Who has an inbox: every member who can sign in."""

from juluo.domains.members.permissions import Viewer
from juluo.domains.members.types import Member


def can_have_inbox(viewer: Viewer) -> bool:
    """Whether there is an inbox for them."""
    return isinstance(viewer, Member) and viewer.is_active
