"""Who may steer by figures: staff read, operators set alerts and write notes."""

from juluo.domains.members.permissions import OPERATORS, STAFF, Viewer, has_role


def can_see_alerts(viewer: Viewer) -> bool:
    """Whether they may see alerts, episodes and notes on the time axis."""
    return has_role(viewer, STAFF)


def can_set_alerts(viewer: Viewer) -> bool:
    """Whether they may set, change and end alerts, and say what an episode was worth."""
    return has_role(viewer, OPERATORS)


def can_annotate(viewer: Viewer) -> bool:
    """Whether they may write notes on the time axis and withdraw them."""
    return has_role(viewer, OPERATORS)
