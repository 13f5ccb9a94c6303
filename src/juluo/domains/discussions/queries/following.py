"""Whom and what a member follows: only they see it."""

from dataclasses import dataclass

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import Follow
from juluo.domains.members.permissions import Viewer

FOLLOWS = 500


@dataclass(frozen=True, kw_only=True)
class Following:
    """All that a member follows, the last first: ``(id or tag, words)``."""

    members: tuple[tuple[int, str], ...]
    threads: tuple[tuple[int, str], ...]
    tags: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether they follow nothing."""
        return not (self.members or self.threads or self.tags)


def follows(*, member_id: int, kind: str, what: int | str) -> bool:
    """Whether a member follows a ``member``, ``thread`` or ``tag``. One query."""
    column = {"member": "followed_id", "thread": "post_id", "tag": "tag"}[kind]
    return Follow.objects.filter(member_id=member_id, **{column: what}).exists()


def following(*, viewer: Viewer) -> Following:
    """Return what a member follows and may still read. Three queries."""
    mine = Follow.objects.filter(member_id=viewer.pk or 0).order_by("-at", "-pk")
    people = mine.filter(followed__is_active=True)
    threads = mine.filter(permissions.readable_by(viewer, "post__space__"), post__deleted_at=None)
    tags = mine.exclude(tag="")
    return Following(
        members=tuple(people.values_list("followed_id", "followed__display_name")[:FOLLOWS]),
        threads=tuple(threads.exclude(post=None).values_list("post_id", "post__title")[:FOLLOWS]),
        tags=tuple(tags.values_list("tag", flat=True)[:FOLLOWS]),
    )
