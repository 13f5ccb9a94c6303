"""Openings that wait for an answer."""

from dataclasses import dataclass
from datetime import datetime

from juluo.domains.discussions.models import Post
from juluo.lib.talk_html import first_words


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """How many openings nobody answered, and the oldest of them."""

    count: int
    oldest_id: int | None = None
    oldest_title: str = ""


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
