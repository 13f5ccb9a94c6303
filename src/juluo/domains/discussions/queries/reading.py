"""What is new to a member: in threads, in spaces, and where it begins."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from juluo.domains.discussions.models import Answer, Comment, Post, SpaceMember, ThreadRead
from juluo.domains.discussions.queries.lists import Place, PostRow
from juluo.domains.discussions.queries.talk import place_of

# What is older counts as new to nobody.
NEW_FOR = timedelta(days=30)


def my_reading(member_id: int) -> dict[str, Subquery]:
    """Return, for a query of posts, how far a member read each thread and each space."""
    thread = ThreadRead.objects.filter(post=OuterRef("pk"), member_id=member_id)
    space = SpaceMember.objects.filter(space=OuterRef("space_id"), member_id=member_id)
    return {
        "thread_read_at": Subquery(thread.values("read_at")[:1]),
        "space_read_at": Subquery(
            space.values(at=Coalesce("read_at", "joined_at"))[:1], output_field=DateTimeField()
        ),
    }


def with_news(rows: Sequence[PostRow], *, member_id: int, now: datetime) -> tuple[PostRow, ...]:
    """Return rows with what is new to a member in each: two queries at most."""
    posts = Post.objects.filter(pk__in=[row.id for row in rows]).annotate(**my_reading(member_id))
    columns = ("pk", "last_reply_at", "thread_read_at", "space_read_at")
    read = {pk: rest for pk, *rest in posts.values_list(*columns)} if member_id and rows else {}
    return news_of(
        [(row, *read.get(row.id, (None, None, None))) for row in rows],
        member_id=member_id,
        now=now,
    )


def news_of(
    found: Sequence[tuple[PostRow, datetime | None, datetime | None, datetime | None]],
    *,
    member_id: int,
    now: datetime,
) -> tuple[PostRow, ...]:
    """Return rows with what is new, given last reply, thread read and space read: one query."""
    since = {
        row.id: seen
        for row, replied, thread, space in found
        if replied and (seen := _seen_until(thread, space, now)) is not None and replied > seen
    }
    counts = replies_since(since, member_id=member_id) if since and member_id else {}
    return tuple(
        replace(row, news=counts.get(row.id, 0), is_new=_is_new(row, thread, space, member_id, now))
        for row, _replied, thread, space in found
    )


def replies_since(since: dict[int, datetime], *, member_id: int) -> dict[int, int]:
    """Count what others replied in threads since a moment of each. One query."""

    def later(opening: str) -> Q:
        each = (Q(**{opening: pk}, published_at__gt=at) for pk, at in since.items())
        return reduce(or_, each) & Q(deleted_at=None) & ~_by(member_id)

    answers = Answer.objects.filter(later("question_id")).order_by().values("question_id")
    comments = Comment.objects.filter(later("post_id")).order_by().values("post_id")
    both = (
        answers.annotate(n=Count("pk"))
        .values_list("question_id", "n")
        .union(comments.annotate(n=Count("pk")).values_list("post_id", "n"), all=True)
    )
    counts: dict[int, int] = {}
    for pk, count in both:
        counts[pk] = counts.get(pk, 0) + count
    return counts


def unread_in_spaces(*, member_id: int, now: datetime) -> dict[int, int]:
    """Return in how many threads of each space a member joined something is new. One query."""
    if not member_id:
        return {}
    read = ThreadRead.objects.filter(post=OuterRef("pk"), member_id=member_id)
    newest = Coalesce("last_reply_at", "published_at")
    said = Q(last_reply_at__gt=F("since")) | (Q(published_at__gt=F("since")) & ~_by(member_id))
    rows = (
        Post.objects.filter(
            Q(published_at__gt=now - NEW_FOR) | Q(last_reply_at__gt=now - NEW_FOR),
            space__in=SpaceMember.objects.filter(member_id=member_id).values("space_id"),
            deleted_at=None,
        )
        .annotate(since=my_reading(member_id)["space_read_at"], newest=newest)
        .filter(said)
        .exclude(Exists(read.filter(read_at__gte=OuterRef("newest"))))
    )
    return dict(rows.order_by().values_list("space_id").annotate(Count("pk")))


def first_new(*, post_id: int, member_id: int) -> tuple[str, Place | None] | None:
    """Return the first reply a member has not read (``comment-5``), and where its page begins.

    None where there is none: they never opened the thread, or have read it all.
    """
    mine = ThreadRead.objects.filter(post_id=post_id, member_id=member_id)
    seen = mine.values_list("read_at", flat=True).first()
    if seen is None:
        return None
    new = Q(published_at__gt=seen, deleted_at=None) & ~_by(member_id)
    answer = Answer.objects.filter(new, question_id=post_id).order_by("published_at", "pk").first()
    comment = Comment.objects.filter(new, post_id=post_id).order_by("published_at", "pk").first()
    if answer and (comment is None or answer.published_at <= comment.published_at):
        return f"answer-{answer.pk}", None
    return (f"comment-{comment.pk}", place_of(comment)) if comment else None


def _by(member_id: int) -> Q:
    return Q(author_id=member_id, author__isnull=False)


def _seen_until(thread: datetime | None, space: datetime | None, now: datetime) -> datetime | None:
    """Return until when a thread counts as read; None where nothing counts as new to them."""
    floor = max(space, now - NEW_FOR) if space else None
    return max((at for at in (thread, floor) if at is not None), default=None)


def _is_new(
    row: PostRow, thread: datetime | None, space: datetime | None, member_id: int, now: datetime
) -> bool:
    """Whether a thread itself is new: it came since they joined, and they have not opened it."""
    if thread is not None or space is None or row.author_id == member_id:
        return False
    return row.published_at > max(space, now - NEW_FOR)
