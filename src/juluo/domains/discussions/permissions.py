"""Who may know, read and write what in spaces.

A viewer is a member, or ``None`` (or Django's anonymous user) for a stranger.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from juluo.domains.discussions.models import Answer, Comment, Post, Space, SpaceMember
from juluo.domains.discussions.rules import Standing
from juluo.domains.members.permissions import (
    OPERATORS,
    STAFF,
    Viewer,
    can_read_spaces,
    has_role,
)
from juluo.domains.members.types import Member

__all__ = [
    "Standing",
    "can_join_spaces",
    "can_keep_spaces",
    "can_moderate_space",
    "can_open_thread",
    "can_read_space",
    "can_read_spaces",
    "can_reply_in_space",
    "known_to",
    "my_role",
    "readable_by",
    "readable_talk",
    "standing",
    "standing_of",
]


def can_keep_spaces(viewer: Viewer | None) -> bool:
    """Whether they may open spaces, change them and archive them."""
    return viewer is not None and has_role(viewer, OPERATORS)


def can_join_spaces(viewer: Viewer | None) -> bool:
    """Whether they are a member, who may join spaces and write in them at all."""
    return viewer is not None and can_read_spaces(viewer)


def can_read_space(viewer: Viewer | None, space_id: int) -> bool:
    """Whether they may read what is said in a space. One query."""
    found = standing(viewer, space_id)
    return found is not None and found.may_read


def can_open_thread(viewer: Viewer | None, space_id: int) -> bool:
    """Whether they may publish posts and questions in a space. One query."""
    found = standing(viewer, space_id)
    return found is not None and found.may_open


def can_reply_in_space(viewer: Viewer | None, space_id: int) -> bool:
    """Whether they may answer, comment and talk in a space. One query."""
    found = standing(viewer, space_id)
    return found is not None and found.may_reply


def can_moderate_space(viewer: Viewer | None, space_id: int) -> bool:
    """Whether they keep order in a space: staff, and its own moderators. One query."""
    found = standing(viewer, space_id)
    return found is not None and found.may_moderate


def standing(viewer: Viewer | None, space_id: int) -> Standing | None:
    """Return where someone stands towards a space; None where there is none. One query."""
    row = Space.objects.filter(pk=space_id).annotate(my_role=my_role(viewer)).first()
    return standing_of(viewer, row, row.my_role) if row is not None else None


def standing_of(viewer: Viewer | None, space: Space, role: str | None) -> Standing:
    """Return where someone stands towards a space in which they have this role, if any."""
    member = _member(viewer)
    return Standing(
        visibility=space.visibility,
        posting=space.posting,
        is_archived=space.archived_at is not None,
        is_member=member is not None,
        is_staff=member is not None and has_role(member, STAFF),
        has_joined=member is not None and role is not None,
        is_moderator_here=role == SpaceMember.Role.MODERATOR,
    )


def my_role(viewer: Viewer | None, space: str = "pk", *, column: str = "role") -> Subquery:
    """Return, for a query, the viewer's role (or level) in the space that a column names."""
    member = _member(viewer)
    mine = SpaceMember.objects.filter(space=OuterRef(space), member_id=member.pk if member else 0)
    return Subquery(mine.values(column)[:1])


def readable_by(viewer: Viewer | None, space: str = "") -> Q:
    """Return, for a query, which spaces a viewer may read; ``space`` leads there: ``space__``."""
    member = _member(viewer)
    if member is not None and has_role(member, STAFF):
        return Q()
    seen: dict[str, Any] = {f"{space}visibility": Space.Visibility.PUBLIC}
    if member is None:
        return Q(**seen)
    seen = {f"{space}visibility__in": [Space.Visibility.PUBLIC, Space.Visibility.MEMBERS]}
    joined = SpaceMember.objects.filter(member_id=member.pk).values("space_id")
    return Q(**seen) | Q(**{f"{space}pk__in": joined})


# Where each kind of talk keeps its opening.
OPENINGS: dict[str, tuple[type[Post | Answer | Comment], str]] = {
    "post": (Post, ""),
    "question": (Post, ""),
    "answer": (Answer, "question__"),
    "comment": (Comment, "post__"),
}


def readable_talk(
    viewer: Viewer | None,
    kind: str,
    number: str,
    *,
    space_id: int | None = None,
    solved: bool = False,
) -> Exists:
    """Return, for a query, whether the talk that a column numbers stands where one may read it.

    As things are now: it and its opening are not deleted, and the space is open to the viewer.
    """
    model, opening = OPENINGS[kind]
    rows: Any = model.objects.filter(
        readable_by(viewer, f"{opening}space__"),
        pk=OuterRef(number),
        **{"deleted_at": None, f"{opening}deleted_at": None},
    )
    if model is Post:
        rows = rows.filter(Q(kind=kind))
    if space_id is not None:
        rows = rows.filter(**{f"{opening}space_id": space_id})
    if solved:
        rows = rows.exclude(**{f"{opening}accepted_answer": None})
    return Exists(rows)


def known_to(viewer: Viewer | None) -> Q:
    """Return, for a query, the spaces whose name a viewer may learn."""
    listed = Q(visibility=Space.Visibility.PRIVATE) if _member(viewer) else Q()
    readable = readable_by(viewer)
    return readable | listed if readable and listed else readable


def _member(viewer: Viewer | None) -> Member | None:
    """Return the viewer if they are a member whose account is open."""
    return viewer if isinstance(viewer, Member) and viewer.is_active else None
