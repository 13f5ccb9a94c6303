"""Every read of discussions that leaves the domain."""

from collections.abc import Iterable
from datetime import datetime

from juluo.domains.discussions.models import Answer, Comment, Post, Space


def spaces_by_outside_id(*, source: str) -> dict[str, int]:
    """Return the spaces that came from a source, by their outside ids."""
    return dict(
        Space.objects.filter(source=source).exclude(outside_id="").values_list("outside_id", "pk")
    )


def published_by_outside_id(*, source: str, outside_ids: Iterable[str]) -> dict[str, datetime]:
    """Return when the known ones of these posts, answers and comments were published."""
    wanted = list(outside_ids)
    found: dict[str, datetime] = {}
    for model in (Post, Answer, Comment):
        rows = model.objects.filter(source=source, outside_id__in=wanted, author__isnull=False)
        found.update(rows.values_list("outside_id", "published_at"))
    return found
