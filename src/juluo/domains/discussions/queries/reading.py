"""What is new to a member: in threads, in spaces, and where it begins."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from juluo.domains.discussions.models import Answer, Comment, Post, SpaceMember, ThreadRead
from juluo.domains.discussions.queries.lists import Place, PostRow
from juluo.domains.discussions.queries.talk import place_of

# What is older counts as new to nobody.
NEW_FOR = timedelta(days=30)


def with_my_reading(posts: QuerySet[Post], member_id: int) -> QuerySet[Post]:
    """Let a query of posts tell how far a member read: ``my_read`` the thread, ``my_space`` all."""
    return posts.annotate(
        my_read=FilteredRelation("readers", condition=Q(readers__member_id=member_id)),
        my_space=FilteredRelation(
            "space__members", condition=Q(space__members__member_id=member_id)
        ),
        space_read_at=Coalesce("my_space__read_at", "my_space__joined_at"),
    )


def with_counts(posts: QuerySet[Post], member_id: int, now: datetime) -> QuerySet[Post]:
    """Let a query of posts count what others replied since a member read: ``news``."""
    floor = Value(now - NEW_FOR, output_field=DateTimeField())
    seen = Greatest(
        Coalesce(OuterRef("my_read__read_at"), floor),
        Coalesce(OuterRef("my_space__read_at"), OuterRef("my_space__joined_at"), floor),
        floor,
    )

    def later(model: type[Answer | Comment], opening: str) -> Coalesce:
        rows = model.objects.filter(
            ~_by(member_id), **{opening: OuterRef("pk")}, published_at__gt=seen, deleted_at=None
        )
        counted = rows.order_by().values(opening).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0)

    return posts.annotate(news=later(Answer, "question_id") + later(Comment, "post_id"))


def with_news(rows: Sequence[PostRow], *, member_id: int, now: datetime) -> tuple[PostRow, ...]:
    """Return rows with what is new to a member in each. One query."""
    if not member_id or not rows:
        return tuple(rows)
    posts = with_my_reading(Post.objects.filter(pk__in=[row.id for row in rows]), member_id)
    columns = ("pk", "news", "my_read__read_at", "space_read_at")
    found = {pk: rest for pk, *rest in with_counts(posts, member_id, now).values_list(*columns)}
    return tuple(
        told_new(row, *found.get(row.id, (0, None, None)), member_id=member_id, now=now)
        for row in rows
    )


def told_new(
    row: PostRow,
    news: int,
    thread: datetime | None,
    space: datetime | None,
    *,
    member_id: int,
    now: datetime,
) -> PostRow:
    """Return a row with what is new: to those who opened the thread or joined the space."""
    if thread is None and space is None:
        return row
    return replace(row, news=news, is_new=_is_new(row, thread, space, member_id, now))


def replies_since(post_id: int, since: datetime, *, member_id: int) -> int:
    """Count what others replied in a thread since a moment. Two queries."""
    later = Q(published_at__gt=since, deleted_at=None) & ~_by(member_id)
    return (
        Answer.objects.filter(later, question_id=post_id).count()
        + Comment.objects.filter(later, post_id=post_id).count()
    )


def unread_in_spaces(*, member_id: int, now: datetime) -> dict[int, int]:
    """Return in how many threads of each space a member joined something is new. One query."""
    if not member_id:
        return {}
    read = ThreadRead.objects.filter(post=OuterRef("pk"), member_id=member_id)
    newest = Coalesce("last_reply_at", "published_at")
    said = Q(last_reply_at__gt=F("since")) | (Q(published_at__gt=F("since")) & ~_by(member_id))
    rows = (
        with_my_reading(Post.objects.all(), member_id)
        .filter(
            Q(published_at__gt=now - NEW_FOR) | Q(last_reply_at__gt=now - NEW_FOR),
            space__in=SpaceMember.objects.filter(member_id=member_id).values("space_id"),
            deleted_at=None,
        )
        .annotate(since=F("space_read_at"), newest=newest)
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


def _is_new(
    row: PostRow, thread: datetime | None, space: datetime | None, member_id: int, now: datetime
) -> bool:
    """Whether a thread itself is new: it came since they joined, and they have not opened it."""
    if thread is not None or space is None or row.author_id == member_id:
        return False
    return row.published_at > max(space, now - NEW_FOR)
