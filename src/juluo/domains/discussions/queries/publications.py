"""What was published: posts and questions as those see them who wait for one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from juluo.domains.discussions.models import Post


@dataclass(frozen=True, kw_only=True)
class Published:
    """A post or question; an opening that nobody brought has no author."""

    id: int
    space_id: int
    author_id: int | None
    title: str
    kind: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A question whose asker took an answer; ``at`` is the answer's moment."""

    question_id: int
    at: datetime


def published(post_id: int) -> Published | None:
    """Return one post or question, or None where there is none."""
    return next(_published(Post.objects.filter(pk=post_id, deleted_at=None)), None)


def published_in(*, space_id: int, since: datetime) -> Iterator[Published]:
    """Yield what a space's authors published since a moment, oldest first. One query."""
    rows = Post.objects.filter(space_id=space_id, published_at__gte=since, deleted_at=None)
    return _published(rows.exclude(author=None).order_by("published_at", "pk"))


def _published(rows: QuerySet[Post]) -> Iterator[Published]:
    columns = ("pk", "space_id", "author_id", "title", "kind", "published_at")
    for pk, space_id, author_id, title, kind, at in rows.values_list(*columns):
        yield Published(
            id=pk, space_id=space_id, author_id=author_id, title=title, kind=kind, at=at
        )


def solved(question_ids: Collection[int]) -> list[Solved]:
    """Return which of these questions have an accepted answer. One query."""
    rows = Post.objects.filter(pk__in=question_ids).exclude(accepted_answer=None)
    found = rows.order_by("pk").values_list("pk", "accepted_answer__published_at")
    return [Solved(question_id=pk, at=at) for pk, at in found]


def search_titles(words: str, *, kind: str = "", limit: int = 20) -> list[Published]:
    """Return the newest posts or questions whose title holds the words. One query."""
    rows = Post.objects.filter(title__icontains=words, deleted_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    return list(_published(rows.order_by("-published_at", "-pk")[:limit]))
