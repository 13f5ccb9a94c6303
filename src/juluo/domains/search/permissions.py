"""Who may find what: whoever may read it now. Nothing that was indexed decides."""

from django.db.models import Q

from juluo.domains.discussions import permissions as discussions
from juluo.domains.discussions.queries import has_public_space
from juluo.domains.members import permissions as members
from juluo.domains.members.permissions import Viewer
from juluo.domains.messaging import permissions as messaging
from juluo.domains.messaging.queries import blocked_ids
from juluo.domains.search.types import Narrowed

TALK = ("post", "question", "answer", "comment")
KINDS = (*TALK, "message", "member")


def can_search(viewer: Viewer) -> bool:
    """Whether there is anything for them to search: strangers search public spaces."""
    return members.can_see_profiles(viewer) or has_public_space()


def found_by(viewer: Viewer, narrowed: Narrowed, entry: str) -> Q:
    """Return, for a query, the entries of what a viewer may read; ``entry`` leads to them.

    It leaves out what was written by those whom the viewer has blocked.
    """
    wanted = [narrowed.kind] if narrowed.kind in KINDS else list(KINDS)
    number = f"{entry}number"
    seen = Q(pk__in=[])
    for kind in wanted:
        if (may := _may(viewer, kind, number, narrowed)) is not None:
            seen |= Q(**{f"{entry}kind": kind}) & may
    blocked = blocked_ids(viewer.pk) if viewer.pk else frozenset()
    return seen & ~Q(**{f"{entry}author__in": blocked}) if blocked else seen


def _may(viewer: Viewer, kind: str, number: str, narrowed: Narrowed) -> Q | None:
    """Return whether one of a kind may be found, or None where none can be meant."""
    if kind in TALK:
        if narrowed.group_id is not None or (narrowed.solved and kind != "question"):
            return None
        return Q(
            discussions.readable_talk(
                viewer, kind, number, space_id=narrowed.space_id, solved=narrowed.solved
            )
        )
    if narrowed.solved or narrowed.tag or not members.can_see_profiles(viewer):
        return None
    if kind == "message":
        return Q(
            messaging.readable_message(
                viewer, number, group_id=narrowed.group_id, space_id=narrowed.space_id
            )
        )
    is_narrow = narrowed.space_id or narrowed.group_id or narrowed.authors is not None
    return None if is_narrow or narrowed.since else Q(members.findable(viewer, number))
