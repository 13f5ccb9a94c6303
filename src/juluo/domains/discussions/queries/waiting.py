"""Openings that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import Post
from juluo.domains.discussions.queries.lists import Place, beyond
from juluo.domains.members.permissions import Viewer
from juluo.lib.talk_html import first_words

WAITING = 50


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """How many openings nobody answered, and the oldest of them."""

    count: int
    oldest_id: int | None = None
    oldest_title: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A question nobody has answered: until when it should have been, and whether that is past."""

    id: int
    title: str
    space_id: int
    space_name: str
    author_id: int | None
    author_name: str
    asked_at: datetime
    due_at: datetime
    is_late: bool
    was_escalated: bool


def waiting_questions(
    *, viewer: Viewer | None, now: datetime, after: Place | None = None
) -> tuple[list[Waiting], Place | None]:
    """Return the open questions nobody has answered, the oldest first; and how to go on.

    Only of spaces in use that the viewer may read. One query.
    """
    rows = Post.objects.filter(
        permissions.readable_by(viewer, "space__"),
        space__archived_at=None,
        kind=Post.Kind.QUESTION,
        answer_count=0,
        closed_at=None,
        deleted_at=None,
    )
    if after is not None:
        rows = rows.filter(beyond(after, "gt"))
    rows = rows.select_related("author", "space").order_by("published_at", "pk")
    found = list(rows[: WAITING + 1])
    last = found[WAITING - 1] if len(found) > WAITING else None
    return [_waiting(each, now) for each in found[:WAITING]], (
        (last.published_at, last.pk) if last else None
    )


def _waiting(post: Post, now: datetime) -> Waiting:
    due_at = post.published_at + timedelta(hours=post.space.reply_hours)
    return Waiting(
        id=post.pk,
        title=post.title or first_words(post.body, post.body_format, length=80),
        space_id=post.space_id,
        space_name=post.space.name,
        author_id=post.author_id,
        author_name=post.author.display_name if post.author else "",
        asked_at=post.published_at,
        due_at=due_at,
        is_late=due_at <= now,
        was_escalated=post.escalated_at is not None,
    )


def unanswered(*, since: datetime, until: datetime) -> Unanswered:
    """Return the open posts and questions of a span that have no answer and no comment."""
    rows = Post.objects.filter(
        published_at__gte=since,
        published_at__lt=until,
        answer_count=0,
        comment_count=0,
        closed_at=None,
        deleted_at=None,
    )
    count = rows.count()
    oldest = rows.order_by("published_at", "id").first() if count else None
    if oldest is None:
        return Unanswered(count=0)
    title = oldest.title or first_words(oldest.body, oldest.body_format, length=80)
    return Unanswered(count=count, oldest_id=oldest.pk, oldest_title=title)
