"""Who may steer by figures: staff read, operators set alerts and write notes."""

from juluo.domains.insights.models import Dashboard, SavedView
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


def can_keep_views(viewer: Viewer) -> bool:
    """Whether they may save views and make dashboards of their own."""
    return has_role(viewer, STAFF)


def can_share_views(viewer: Viewer) -> bool:
    """Whether they may show their views and dashboards to all staff, and have them sent."""
    return has_role(viewer, OPERATORS)


def can_see_kept(viewer: Viewer, kept: SavedView | Dashboard) -> bool:
    """Whether they may see this view or dashboard: their own, or a shared one."""
    return has_role(viewer, STAFF) and (kept.is_shared or kept.owner_id == viewer.pk)


def can_change_kept(viewer: Viewer, kept: SavedView | Dashboard) -> bool:
    """Whether they may change it: only its owner may."""
    return has_role(viewer, STAFF) and kept.owner_id == viewer.pk
