"""What anyone in the world may read: for feeds, sitemaps and whoever links to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.safestring import SafeString

from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.discussions.permissions import readable_by
from juluo.domains.discussions.queries.lists import tags_of
from juluo.lib.talk_html import first_words, talk_html

FEED = 30
PAGES_APART = 5000


@dataclass(frozen=True, kw_only=True)
class PublicPost:
    """A post or question that anyone may read; ``html`` is safe."""

    id: int
    title: str
    html: SafeString
    author_name: str
    published_at: datetime
    changed_at: datetime
    tags: tuple[str, ...]
    space_name: str


@dataclass(frozen=True, kw_only=True)
class PublicPage:
    """A page that anyone may read, and when what stands on it last changed."""

    id: int
    changed_at: datetime


def public_posts(
    *, space_id: int | None = None, ids: Collection[int] | None = None
) -> list[PublicPost]:
    """Return the newest posts and questions that anyone may read, a feed of them. One query."""
    rows = _public()
    if space_id is not None:
        rows = rows.filter(space_id=space_id)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    newest = rows.select_related("author", "space").order_by("-published_at", "-pk")
    return [_public_post(row) for row in newest[:FEED]]


def public_space(space_id: int) -> tuple[str, str] | None:
    """Return name and description of a space that anyone may read, or None. One query."""
    rows = Space.objects.filter(readable_by(None), pk=space_id)
    return rows.values_list("name", "about").first()


def public_spaces() -> list[PublicPage]:
    """Return the spaces that anyone may read; they change with what is opened in them."""
    newest = Max("posts__published_at")
    rows = Space.objects.filter(readable_by(None)).annotate(newest=newest).order_by("pk")
    return [PublicPage(id=row.pk, changed_at=row.newest or row.opened_at) for row in rows]


def public_parts() -> list[int]:
    """Return the numbers of the parts into which the ids of public posts fall."""
    ids = _public().order_by().values_list("pk", flat=True)
    return sorted({pk // PAGES_APART for pk in ids.iterator(chunk_size=20_000)})


def public_pages(part: int) -> list[PublicPage]:
    """Return the posts of one part that anyone may read, and when they last changed. One query."""
    low = part * PAGES_APART
    rows = _public().filter(pk__gte=low, pk__lt=low + PAGES_APART)
    answered = Answer.objects.filter(question=OuterRef("pk"), deleted_at=None)
    commented = Comment.objects.filter(post=OuterRef("pk"), deleted_at=None)
    changed = Greatest(
        "published_at",
        Coalesce("edited_at", "published_at"),
        Coalesce(_last(answered, "question"), "published_at"),
        Coalesce(_last(commented, "post"), "published_at"),
    )
    found = rows.annotate(changed=changed).order_by("pk").values_list("pk", "changed")
    return [PublicPage(id=pk, changed_at=at) for pk, at in found]


def _last(rows: "QuerySet[Answer] | QuerySet[Comment]", under: str) -> Subquery:
    """Return the moment of the last change among replies."""
    at = Max(Greatest("published_at", Coalesce("edited_at", "published_at")))
    return Subquery(rows.order_by().values(under).annotate(at=at).values("at"))


def _public() -> QuerySet[Post]:
    """Return what anyone may read; an opening that nobody brought says nothing."""
    return Post.objects.filter(readable_by(None, "space__"), deleted_at=None).exclude(body="")


def _public_post(row: Post) -> PublicPost:
    return PublicPost(
        id=row.pk,
        title=row.title or first_words(row.body, row.body_format, length=80),
        html=talk_html(row.body, row.body_format),
        author_name=row.author.display_name if row.author else "",
        published_at=row.published_at,
        changed_at=max(row.published_at, row.edited_at or row.published_at),
        tags=tags_of(row),
        space_name=row.space.name,
    )
