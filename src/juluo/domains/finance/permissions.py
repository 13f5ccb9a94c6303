"""Who may do what with money: staff claim, operators run it, owners answer for it."""

from juluo.domains.members.permissions import OPERATORS, OWNERS, STAFF, Viewer, has_role


def can_see_money(viewer: Viewer) -> bool:
    """Whether they may see budgets, expenses, financing and revenue."""
    return has_role(viewer, OPERATORS)


def can_export_money(viewer: Viewer) -> bool:
    """Whether they may take lists of money away as files."""
    return has_role(viewer, OPERATORS)


def can_change_budget(viewer: Viewer) -> bool:
    """Whether they may draft budgets, change them, and promise money on their lines."""
    return has_role(viewer, OPERATORS)


def can_approve_budget(viewer: Viewer) -> bool:
    """Whether they may approve a budget, which is what sets its limits."""
    return has_role(viewer, OWNERS)


def can_lift(viewer: Viewer) -> bool:
    """Whether they may let a line go over its limit."""
    return has_role(viewer, OWNERS)


def can_claim(viewer: Viewer) -> bool:
    """Whether they may hand in expenses; each sees their own."""
    return has_role(viewer, STAFF)


def can_see_expense(viewer: Viewer, *, submitter_id: int) -> bool:
    """Whether they may see an expense and its receipts: their own, or all."""
    return can_see_money(viewer) or (can_claim(viewer) and viewer.pk == submitter_id)


def can_approve(viewer: Viewer, *, submitter_id: int) -> bool:
    """Whether they may decide about an expense at all: never about their own."""
    return has_role(viewer, OPERATORS) and viewer.pk != submitter_id


def is_owner(viewer: Viewer) -> bool:
    """Whether their approval is an owner's."""
    return has_role(viewer, OWNERS)


def can_pay(viewer: Viewer, *, submitter_id: int) -> bool:
    """Whether they may pay an approved expense: never their own."""
    return has_role(viewer, OPERATORS) and viewer.pk != submitter_id


def can_cancel_expense(viewer: Viewer, *, submitter_id: int, is_approved: bool) -> bool:
    """Whether they may call an expense off: its submitter until it is approved, or operators."""
    if can_see_money(viewer):
        return True
    return can_claim(viewer) and viewer.pk == submitter_id and not is_approved


def can_change_financing(viewer: Viewer) -> bool:
    """Whether they may keep the sources of financing and the revenue."""
    return has_role(viewer, OPERATORS)


def can_change_lists(viewer: Viewer) -> bool:
    """Whether they may name the categories of expenses and the streams of revenue."""
    return has_role(viewer, OPERATORS)


def can_change_rules(viewer: Viewer) -> bool:
    """Whether they may set who must approve what, and the currency of the books."""
    return has_role(viewer, OWNERS)
