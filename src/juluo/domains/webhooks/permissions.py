"""Who lets other programs be told: operators."""

from juluo.domains.members.permissions import OPERATORS, Viewer, has_role


def can_keep_webhooks(viewer: Viewer) -> bool:
    """Whether they may add, change and end webhooks, and read what was sent."""
    return has_role(viewer, OPERATORS)
