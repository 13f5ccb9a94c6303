"""Posts and questions in lists. Whoever asks has looked whether the space may be read."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from juluo.domains.discussions import permissions, rules
from juluo.domains.discussions.models import Bookmark, Post
from juluo.domains.members.permissions import Viewer
from juluo.lib.talk_html import first_words

PAGE = 20
# Why a row stands in the feed *for you*, by the names of ``feeds.Why``: an icon and words.
WHYS = {
    "your_thread": ("corner-down-right", _("New replies to what you began")),
    "followed_thread": ("corner-down-right", _("New replies in what you follow")),
    "your_space": ("circle-dot", _("New in a space you joined")),
    "followed_member": ("user-check", _("By someone you follow")),
    "followed_tag": ("tag", _("About a tag you follow")),
    "unanswered": ("help-circle", _("Nobody has answered it yet, in a space you joined")),
    "latest": ("clock", _("One of the latest")),
}
PINNED = 5
EXCERPT = 160
WEEK = timedelta(days=7)
Place = tuple[datetime, int]


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """One post or question in a list.

    ``why`` says why it stands in a feed (a name of ``feeds.Why``, in lower case), ``news`` how
    many replies are new to the viewer, ``is_new`` whether the post itself is.
    """

    id: int
    title: str
    excerpt: str
    is_question: bool
    is_solved: bool
    is_closed: bool
    is_pinned: bool
    is_featured: bool
    author_id: int | None
    author_name: str
    published_at: datetime
    answers: int
    comments: int
    reactions: int
    tags: tuple[str, ...]
    space_id: int
    space_name: str = ""
    why: str = ""
    news: int = 0
    is_new: bool = False

    @property
    def shared(self) -> str:
        """Return all that is the same for everyone, as a name to keep the row's looks under."""
        return repr(replace(self, why="", news=0, is_new=False))

    @property
    def why_icon(self) -> str:
        """Return the icon of the reason."""
        return WHYS[self.why][0]

    @property
    def why_words(self) -> str:
        """Return the reason in words."""
        return str(WHYS[self.why][1])


@dataclass(frozen=True, kw_only=True)
class PostPage:
    """One page of a space's posts, newest first; the places to go on from on either side."""

    rows: tuple[PostRow, ...]
    older: Place | None
    newer: Place | None


def posts(
    *,
    space_id: int,
    kind: str = "",
    unanswered: bool = False,
    before: Place | None = None,
    after: Place | None = None,
) -> PostPage:
    """Return a page of a space's posts, newest first. One query."""
    rows = _standing().filter(space_id=space_id)
    if kind in Post.Kind.values:
        rows = rows.filter(kind=kind)
    if unanswered:
        rows = rows.filter(kind=Post.Kind.QUESTION, answer_count=0, closed_at=None)
    return page_of(rows, before=before, after=after)


def top_of_week(*, space_id: int, now: datetime) -> tuple[PostRow, ...]:
    """Return what got most votes and replies of the last seven days. One query."""
    rows = _standing().filter(space_id=space_id, published_at__gt=now - WEEK)
    weight = F("votes") + F("answer_count") + F("comment_count")
    return tuple(_row(post) for post in rows.order_by(-weight, "-published_at", "-pk")[:PAGE])


def pinned(*, space_id: int) -> tuple[PostRow, ...]:
    """Return what stands on top of a space, the last one pinned first. One query."""
    rows = _standing().filter(space_id=space_id).exclude(pinned_at=None)
    return tuple(_row(post) for post in rows.order_by("-pinned_at", "-pk")[:PINNED])


def bookmarked(
    *, viewer: Viewer, before: Place | None = None
) -> tuple[list[PostRow], Place | None]:
    """Return what a member keeps and may still read, the last kept first; and how to go on."""
    mine = Bookmark.objects.filter(
        permissions.readable_by(viewer, "post__space__"),
        member_id=viewer.pk or 0,
        post__deleted_at=None,
    )
    if before is not None:
        at, pk = before
        mine = mine.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    kept = list(
        mine.select_related("post__author", "post__space").order_by("-at", "-pk")[: PAGE + 1]
    )
    older = (kept[PAGE - 1].at, kept[PAGE - 1].pk) if len(kept) > PAGE else None
    return [_row(each.post) for each in kept[:PAGE]], older


def post_titles(post_ids: Collection[int]) -> dict[int, str]:
    """Return titles, or the first words where there is none, by id: for staff."""
    rows = Post.objects.filter(pk__in=post_ids).values_list("pk", "title", "body", "body_format")
    return {
        pk: title or first_words(body, body_format, length=80)
        for pk, title, body, body_format in rows
    }


def beyond(place: Place, side: str) -> Q:
    """Return, for a query, what was published before (``lt``) or after (``gt``) a place."""
    at, pk = place
    return Q(**{f"published_at__{side}": at}) | Q(published_at=at, **{f"pk__{side}": pk})


def tags_of(post: Post) -> tuple[str, ...]:
    """Return the tags of a post."""
    return rules.tags_found_by(post.tags)


def _standing() -> QuerySet[Post]:
    return Post.objects.filter(deleted_at=None).select_related("author", "space")


def page_of(rows: QuerySet[Post], *, before: Place | None, after: Place | None) -> PostPage:
    """Return a page of posts, newest first; for queries of this package."""
    if after is not None:
        rows = rows.filter(beyond(after, "gt")).order_by("published_at", "pk")
    elif before is not None:
        rows = rows.filter(beyond(before, "lt")).order_by("-published_at", "-pk")
    else:
        rows = rows.order_by("-published_at", "-pk")
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE][::-1] if after is not None else found[:PAGE]
    more = len(found) > PAGE
    has_older = bool(shown) and (after is not None or more)
    has_newer = bool(shown) and (before is not None if after is None else more)
    return PostPage(
        rows=tuple(_row(post) for post in shown),
        older=(shown[-1].published_at, shown[-1].pk) if has_older else None,
        newer=(shown[0].published_at, shown[0].pk) if has_newer else None,
    )


def _row(post: Post) -> PostRow:
    counts = post.reaction_counts if isinstance(post.reaction_counts, dict) else {}
    return PostRow(
        id=post.pk,
        title=post.title or first_words(post.body, post.body_format, length=80) or "…",
        excerpt=first_words(post.body, post.body_format, length=EXCERPT) if post.title else "",
        is_question=post.kind == Post.Kind.QUESTION,
        is_solved=post.accepted_answer_id is not None,
        is_closed=post.closed_at is not None,
        is_pinned=post.pinned_at is not None,
        is_featured=post.featured_at is not None,
        author_id=post.author_id,
        author_name=post.author.display_name if post.author else "",
        published_at=post.published_at,
        answers=post.answer_count,
        comments=post.comment_count,
        reactions=sum(int(count) for count in counts.values() if count),
        tags=tags_of(post),
        space_id=post.space_id,
        space_name=post.space.name,
    )
