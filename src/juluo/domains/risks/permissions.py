"""Who may do what about risks: staff see, operators treat, owners set the appetite."""

from juluo.domains.finance.permissions import can_see_money
from juluo.domains.members.permissions import OPERATORS, OWNERS, STAFF, Viewer, has_role
from juluo.domains.risks.rules.scores import is_above


def can_see_risks(viewer: Viewer) -> bool:
    """Whether they may read the register."""
    return has_role(viewer, STAFF)


def can_treat_risks(viewer: Viewer) -> bool:
    """Whether they may write risks down, score them, watch over them and respond to them."""
    return has_role(viewer, OPERATORS)


def can_set_appetite(viewer: Viewer) -> bool:
    """Whether they may say which score asks for a response."""
    return has_role(viewer, OWNERS)


def can_close_risk(viewer: Viewer, *, score: int, appetite: int) -> bool:
    """Whether they may close a risk that did not occur: above the appetite owners only."""
    if is_above(score, appetite=appetite):
        return has_role(viewer, OWNERS)
    return can_treat_risks(viewer)


def can_see_cost(viewer: Viewer) -> bool:
    """Whether they may see what responses cost: those who may see money."""
    return can_see_money(viewer)
