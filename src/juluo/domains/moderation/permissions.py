"""Who may flag, and who decides about what.

Staff see every case but those about themselves; a space's moderators see the cases of their
spaces. Nobody decides about someone who stands above them.
"""

from django.db.models import Q

from juluo.domains.discussions import queries as discussions
from juluo.domains.members.permissions import (
    OPERATORS,
    STAFF,
    Viewer,
    can_be_claimed,
    can_read_spaces,
    can_suspend,
    can_tidy_profile,
    has_role,
)
from juluo.domains.members.types import Member
from juluo.domains.moderation import rules
from juluo.domains.moderation.models import Case

__all__ = [
    "can_be_claimed",
    "can_change_first_aid",
    "can_decide",
    "can_decide_claims",
    "can_flag",
    "can_see_all_cases",
    "can_see_queue",
    "can_suspend",
    "can_tidy_profile",
    "cases_for",
]


def can_flag(viewer: Viewer) -> bool:
    """Whether they may flag what they can read, and claim history."""
    return can_read_spaces(viewer)


def can_see_all_cases(viewer: Viewer) -> bool:
    """Whether they see the cases of every space, of private messages and of profiles."""
    return has_role(viewer, STAFF)


def can_see_queue(viewer: Viewer) -> bool:
    """Whether they decide about any flags: staff, and moderators of spaces."""
    if can_see_all_cases(viewer):
        return True
    return can_read_spaces(viewer) and bool(discussions.moderated_space_ids(viewer.pk or 0))


def can_change_first_aid(viewer: Viewer) -> bool:
    """Whether they may say how many flags hide something for now."""
    return has_role(viewer, OPERATORS)


def can_decide_claims(viewer: Viewer) -> bool:
    """Whether they decide who of the imported people is which member."""
    return has_role(viewer, OPERATORS)


def cases_for(viewer: Member) -> Q:
    """Return, for a query, the cases that a moderator sees: never one about themselves.

    One query for those who moderate spaces only.
    """
    not_mine = Q(author=None) | ~Q(author_id=viewer.pk)
    if can_see_all_cases(viewer):
        return not_mine
    if not can_read_spaces(viewer):
        return Q(pk__in=[])
    return not_mine & Q(space_id__in=discussions.moderated_space_ids(viewer.pk))


def can_decide(viewer: Member, case: Case) -> bool:
    """Whether a moderator who sees a case may decide about it."""
    if case.author is None:
        return True
    return case.author_id != viewer.pk and rules.outranks(viewer.role, case.author.role)
