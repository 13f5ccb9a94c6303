"""Who may do what with reports: staff read, operators write and issue, owners sign off."""

from juluo.domains.finance.permissions import can_see_money
from juluo.domains.members.permissions import (
    OPERATORS,
    OWNERS,
    STAFF,
    Viewer,
    can_make_report,
    can_see_reports,
    has_role,
)

__all__ = [
    "can_comment",
    "can_decide_action",
    "can_make_report",
    "can_read_report",
    "can_see_reports",
    "can_share",
    "can_sign_report",
]


def can_read_report(viewer: Viewer, *, with_money: bool) -> bool:
    """Whether they may read a report: one that tells of money only if they may see money."""
    return can_see_reports(viewer) and (not with_money or can_see_money(viewer))


def can_sign_report(viewer: Viewer) -> bool:
    """Whether they may sign a report off or send it back."""
    return has_role(viewer, OWNERS)


def can_comment(viewer: Viewer) -> bool:
    """Whether they may remark on reports they can read."""
    return has_role(viewer, STAFF)


def can_share(viewer: Viewer) -> bool:
    """Whether they may give reports away, by link or mail."""
    return has_role(viewer, OPERATORS)


def can_decide_action(viewer: Viewer, *, owner_id: int) -> bool:
    """Whether they may say that an action is done: its owner may, and operators."""
    return has_role(viewer, OPERATORS) or (has_role(viewer, STAFF) and viewer.pk == owner_id)
