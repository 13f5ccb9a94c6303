"""What others may know of spaces and what is said in them, as frozen rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q

from juluo.domains.discussions.models import Answer, Comment, Contribution, Post, Space
from juluo.events.base import reference
from juluo.lib.talk_html import first_words, talk_html

PAGE = 20
ANSWERS = 100
COMMENTS = 300
EXCERPT = 160
DEEPEST = 4

Place = tuple[datetime, int]


@dataclass(frozen=True, kw_only=True)
class SpaceCard:
    """One space with what stands in it; ``last_at`` is its last post, answer or comment."""

    id: int
    name: str
    about: str
    source: str
    parent_id: int | None
    parent_name: str
    is_archived: bool
    posts: int
    questions: int
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """One post or question in a list."""

    id: int
    title: str
    excerpt: str
    is_question: bool
    is_solved: bool
    author_id: int | None
    author_name: str
    published_at: datetime
    answers: int
    comments: int
    reactions: int
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PostPage:
    """One page of a space's posts, newest first; the places to go on from on either side."""

    rows: tuple[PostRow, ...]
    older: Place | None
    newer: Place | None


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One piece of talk as a page shows it; ``html`` is safe."""

    id: int
    reference: str
    author_id: int | None
    author_name: str
    html: str
    published_at: datetime
    edited_at: datetime | None
    source: str
    reactions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class CommentView:
    """A comment, how deep it stands, and whom it answers."""

    talk: Talk
    depth: int
    answered_name: str


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """An answer with its comments."""

    talk: Talk
    is_accepted: bool
    comments: tuple[CommentView, ...]


@dataclass(frozen=True, kw_only=True)
class PostView:
    """A whole thread: the opening, answers (accepted first), comments in order."""

    talk: Talk
    title: str
    is_question: bool
    closed_at: datetime | None
    tags: tuple[str, ...]
    space_id: int
    space_name: str
    answers: tuple[AnswerView, ...]
    hidden_answers: int
    comments: tuple[CommentView, ...]
    comment_count: int
    later_comments: Place | None


def spaces() -> list[SpaceCard]:
    """Return all spaces by name. Four queries, however many there are."""
    posted: dict[int, Any] = {
        row["space_id"]: row
        for row in Post.objects.order_by()
        .values("space_id")
        .annotate(
            posts=Count("id", filter=Q(kind=Post.Kind.POST)),
            questions=Count("id", filter=Q(kind=Post.Kind.QUESTION)),
            last_at=Max("published_at"),
        )
    }
    said = [
        _latest(Answer.objects.all(), "question__space_id"),
        _latest(Comment.objects.all(), "post__space_id"),
    ]
    rows = Space.objects.select_related("parent").order_by("name", "pk")
    return [_card(space, dict(posted.get(space.pk) or {}), said) for space in rows]


def _latest(rows: Any, space: str) -> dict[int, datetime]:
    found = rows.order_by().values_list(space).annotate(Max("published_at"))
    return dict(found)


def _card(space: Space, posted: dict[str, Any], said: list[dict[int, datetime]]) -> SpaceCard:
    moments = [posted.get("last_at"), *(latest.get(space.pk) for latest in said)]
    return SpaceCard(
        id=space.pk,
        name=space.name,
        about=space.about,
        source=space.source,
        parent_id=space.parent_id,
        parent_name=space.parent.name if space.parent else "",
        is_archived=space.archived_at is not None,
        posts=posted.get("posts", 0),
        questions=posted.get("questions", 0),
        last_at=max((each for each in moments if each), default=None),
    )


@dataclass(frozen=True, kw_only=True)
class SpaceHead:
    """What stands above a space's pages."""

    id: int
    name: str
    about: str
    source: str
    is_archived: bool


def space_head(space_id: int) -> SpaceHead | None:
    """Return one space, or None where there is no such space."""
    space = Space.objects.filter(pk=space_id).first()
    if space is None:
        return None
    return SpaceHead(
        id=space.pk,
        name=space.name,
        about=space.about,
        source=space.source,
        is_archived=space.archived_at is not None,
    )


def space_names(space_ids: Collection[int] | None = None) -> dict[int, str]:
    """Return the names that go with these ids, or with all."""
    rows = Space.objects.all() if space_ids is None else Space.objects.filter(pk__in=space_ids)
    return dict(rows.values_list("pk", "name"))


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A space and the day it was opened (UTC)."""

    id: int
    name: str
    opened_on: date


def spaces_opened(*, start: date, end: date) -> list[Opening]:
    """Return the spaces that were opened on the days ``[start, end)``, oldest first."""
    rows = Space.objects.filter(opened_at__date__gte=start, opened_at__date__lt=end)
    return [
        Opening(id=each.pk, name=each.name, opened_on=each.opened_at.date())
        for each in rows.order_by("opened_at", "pk")
    ]


def post_titles(post_ids: Collection[int]) -> dict[int, str]:
    """Return titles, or the first words where there is none, by id."""
    rows = Post.objects.filter(pk__in=post_ids).values_list("pk", "title", "body", "body_format")
    return {
        pk: title or first_words(body, body_format, length=80)
        for pk, title, body, body_format in rows
    }


def posts(
    *,
    space_id: int,
    kind: str = "",
    before: Place | None = None,
    after: Place | None = None,
) -> PostPage:
    """Return a page of a space's posts, newest first. One query."""
    rows = Post.objects.filter(space_id=space_id).select_related("author")
    if kind in Post.Kind.values:
        rows = rows.filter(kind=kind)
    if after is not None:
        rows = rows.filter(_beyond(after, "gt")).order_by("published_at", "pk")
    elif before is not None:
        rows = rows.filter(_beyond(before, "lt")).order_by("-published_at", "-pk")
    else:
        rows = rows.order_by("-published_at", "-pk")
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE][::-1] if after is not None else found[:PAGE]
    more = len(found) > PAGE
    has_older = bool(shown) and (after is not None or more)
    has_newer = bool(shown) and (before is not None if after is None else more)
    return PostPage(
        rows=tuple(_post_row(post) for post in shown),
        older=(shown[-1].published_at, shown[-1].pk) if has_older else None,
        newer=(shown[0].published_at, shown[0].pk) if has_newer else None,
    )


def _beyond(place: Place, side: str) -> Q:
    at, pk = place
    return Q(**{f"published_at__{side}": at}) | Q(published_at=at, **{f"pk__{side}": pk})


def _post_row(post: Post) -> PostRow:
    return PostRow(
        id=post.pk,
        title=post.title or first_words(post.body, post.body_format, length=80) or "…",
        excerpt=first_words(post.body, post.body_format, length=EXCERPT) if post.title else "",
        is_question=post.kind == Post.Kind.QUESTION,
        is_solved=post.accepted_answer_id is not None,
        author_id=post.author_id,
        author_name=post.author.display_name if post.author else "",
        published_at=post.published_at,
        answers=post.answer_count,
        comments=post.comment_count,
        reactions=sum(count for _, count in _reactions(post)),
        tags=_tags(post),
    )


def thread(*, post_id: int, after: Place | None = None) -> PostView | None:
    """Return a whole thread, or None where there is no such post. Three queries.

    Comments come COMMENTS at a time; ``after`` goes on with the later ones.
    """
    post = Post.objects.select_related("author", "space").filter(pk=post_id).first()
    if post is None:
        return None
    answers = _answers(post)
    comments = Comment.objects.filter(post_id=post_id).select_related("author", "parent__author")
    if after is not None:
        comments = comments.filter(_beyond(after, "gt"))
    found = list(comments.order_by("published_at", "pk")[: COMMENTS + 1])
    shown = found[:COMMENTS]
    later = (shown[-1].published_at, shown[-1].pk) if len(found) > COMMENTS else None
    return PostView(
        talk=_talk(post, "post"),
        title=post.title,
        is_question=post.kind == Post.Kind.QUESTION,
        closed_at=post.closed_at,
        tags=_tags(post),
        space_id=post.space_id,
        space_name=post.space.name,
        answers=tuple(
            AnswerView(
                talk=_talk(answer, "answer"),
                is_accepted=answer.pk == post.accepted_answer_id,
                comments=_threaded([each for each in shown if each.answer_id == answer.pk]),
            )
            for answer in answers
        ),
        hidden_answers=max(post.answer_count - len(answers), 0),
        comments=_threaded([each for each in shown if each.answer_id is None]),
        comment_count=post.comment_count,
        later_comments=later,
    )


def _answers(post: Post) -> list[Answer]:
    """Return the answers, the accepted one first, then the oldest."""
    rows = Answer.objects.filter(question_id=post.pk).select_related("author")
    first = Q(pk=post.accepted_answer_id)
    return list(rows.annotate(is_first=first).order_by("-is_first", "published_at", "pk")[:ANSWERS])


def _threaded(mine: list[Comment]) -> tuple[CommentView, ...]:
    """Return comments so that replies follow what they answer, oldest first at every depth."""
    here = {comment.pk for comment in mine}
    below: dict[int | None, list[Comment]] = {}
    for comment in mine:
        parent = comment.parent_id if comment.parent_id in here else None
        below.setdefault(parent, []).append(comment)
    views: list[CommentView] = []
    waiting = [(comment, 0) for comment in reversed(below.get(None, []))]
    while waiting:
        comment, depth = waiting.pop()
        answered = comment.parent.author if comment.parent else None
        views.append(
            CommentView(
                talk=_talk(comment, "comment"),
                depth=min(depth, DEEPEST),
                answered_name=answered.display_name if answered else "",
            )
        )
        waiting += [(reply, depth + 1) for reply in reversed(below.get(comment.pk, []))]
    return tuple(views)


def _talk(row: Contribution, kind: str) -> Talk:
    return Talk(
        id=row.pk,
        reference=reference(kind, row.pk),
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        html=talk_html(row.body, row.body_format),
        published_at=row.published_at,
        edited_at=row.edited_at,
        source=row.source,
        reactions=_reactions(row),
    )


def _reactions(row: Contribution) -> tuple[tuple[str, int], ...]:
    """Return marks and how many of each, the most frequent first."""
    counts = row.reaction_counts if isinstance(row.reaction_counts, dict) else {}
    pairs = [(str(mark), int(count)) for mark, count in counts.items() if count]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _tags(post: Post) -> tuple[str, ...]:
    return tuple(str(tag) for tag in post.tags) if isinstance(post.tags, list) else ()


@dataclass(frozen=True, kw_only=True)
class TalkCounts:
    """How much stands in the spaces."""

    spaces: int
    posts: int
    questions: int
    comments: int
    answers: int


def talk_counts() -> TalkCounts:
    """Count what stands in the spaces. Four queries."""
    openings = Post.objects.aggregate(
        posts=Count("id", filter=Q(kind=Post.Kind.POST)),
        questions=Count("id", filter=Q(kind=Post.Kind.QUESTION)),
    )
    return TalkCounts(
        spaces=Space.objects.count(),
        comments=Comment.objects.count(),
        answers=Answer.objects.count(),
        **openings,
    )
