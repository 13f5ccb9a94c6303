"""Posts by tag, and the tags there are: only of what the viewer may read."""

from django.db.models import Count

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import Post, PostTag
from juluo.domains.discussions.queries.lists import Place, PostPage, page_of
from juluo.domains.members.permissions import Viewer

TAGS = 200


def tags(*, viewer: Viewer | None) -> list[tuple[str, int]]:
    """Return the tags and how many posts that a viewer may read have each. One query."""
    rows = PostTag.objects.filter(
        permissions.readable_by(viewer, "post__space__"), post__deleted_at=None
    )
    counted = rows.order_by().values_list("tag").annotate(posts=Count("pk"))
    return list(counted.order_by("-posts", "tag")[:TAGS])


def tagged(
    tag: str, *, viewer: Viewer | None, before: Place | None = None, after: Place | None = None
) -> PostPage:
    """Return a page of what has a tag and may be read, newest first. One query."""
    rows = Post.objects.filter(
        permissions.readable_by(viewer, "space__"), found_by__tag=tag, deleted_at=None
    )
    return page_of(rows.select_related("author", "space"), before=before, after=after)
