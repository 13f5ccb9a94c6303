"""A whole thread as one viewer sees it, as frozen rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Subquery, Value, When
from django.utils.safestring import SafeString

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import (
    Answer,
    Bookmark,
    Comment,
    Contribution,
    Follow,
    Post,
    Reaction,
    ThreadRead,
)
from juluo.domains.discussions.queries.lists import Place, beyond, tags_of
from juluo.domains.discussions.rules import REACTIONS, Standing
from juluo.domains.members.permissions import Viewer
from juluo.events.base import reference
from juluo.lib.talk_html import talk_html

ANSWERS = 100
COMMENTS = 100
DEEPEST = 4


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """How many put one mark, whether the viewer did, and whether it can be put here."""

    emoji: str
    count: int
    is_mine: bool
    is_ours: bool


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One piece of talk as a page shows it to one viewer; ``html`` is safe.

    ``deleted`` says who took it away (``author`` or ``moderator``); then ``html`` is there only
    for those who may put it back. ``slug`` names it in addresses.
    """

    id: int
    reference: str
    slug: str
    author_id: int | None
    author_name: str
    html: str
    published_at: datetime
    edited_at: datetime | None
    source: str
    reactions: tuple[MarkView, ...]
    deleted: str
    delete_reason: str
    is_mine: bool
    may_change: bool
    may_restore: bool
    may_react: bool


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
    """A whole thread: the opening, answers (accepted first), comments in order.

    ``read_until`` says how far the viewer had read it, ``shown_until`` how far this page goes.
    """

    talk: Talk
    title: str
    is_question: bool
    closed_at: datetime | None
    original: tuple[int, str] | None
    is_pinned: bool
    is_featured: bool
    is_bookmarked: bool
    is_followed: bool
    read_until: datetime | None
    newest_at: datetime
    shown_until: datetime
    tags: tuple[str, ...]
    space_id: int
    space_name: str
    standing: Standing
    may_reply: bool
    may_accept: bool
    may_close: bool
    answers: tuple[AnswerView, ...]
    answer_count: int
    hidden_answers: int
    comments: tuple[CommentView, ...]
    comment_count: int
    later_comments: Place | None


@dataclass(frozen=True, kw_only=True)
class _Eyes:
    """Who looks: their id (0 for a stranger), where they stand, and their own marks."""

    member_id: int
    standing: Standing
    marks: frozenset[tuple[str, str]]


def thread(*, post_id: int, viewer: Viewer | None, after: Place | None = None) -> PostView | None:
    """Return a whole thread, or None where there is none that the viewer may read.

    Four queries for a question, three for a post. Comments come COMMENTS at a time; ``after``
    goes on with the later ones.
    """
    found = readable_post(post_id, viewer)
    if found is None:
        return None
    post, standing = found
    answers = _answers(post) if post.kind == Post.Kind.QUESTION else []
    comments, later = _comments(post, after)
    eyes = _eyes(viewer, standing, [post, *answers, *comments])
    here = _talk(post, eyes)
    roots = _roots(comments)
    return PostView(
        talk=here,
        title=post.title if not here.deleted or here.html else "",
        is_question=post.kind == Post.Kind.QUESTION,
        closed_at=post.closed_at,
        original=_original(post, viewer),
        is_pinned=post.pinned_at is not None,
        is_featured=post.featured_at is not None,
        is_bookmarked=bool(getattr(post, "is_bookmarked", False)),
        is_followed=bool(getattr(post, "is_followed", False)),
        read_until=getattr(post, "read_until", None),
        newest_at=post.last_reply_at or post.published_at,
        shown_until=later[0] if later else post.last_reply_at or post.published_at,
        tags=tags_of(post) if not here.deleted else (),
        space_id=post.space_id,
        space_name=post.space.name,
        standing=standing,
        may_reply=_may_reply(post, standing),
        may_accept=standing.may_write
        and not post.deleted_at
        and (standing.may_moderate or here.is_mine),
        may_close=standing.may_write and (standing.may_moderate or here.is_mine),
        answers=tuple(
            AnswerView(
                talk=_talk(answer, eyes),
                is_accepted=answer.pk == post.accepted_answer_id,
                comments=_threaded([c for c in comments if roots[c.pk] == answer.pk], eyes),
            )
            for answer in answers
        ),
        answer_count=post.answer_count,
        hidden_answers=_hidden(post, answers),
        comments=_threaded([c for c in comments if roots[c.pk] is None], eyes),
        comment_count=post.comment_count,
        later_comments=later,
    )


def readable_post(post_id: int, viewer: Viewer | None) -> tuple[Post, Standing] | None:
    """Return a post with its space, and where the viewer stands; None if they may not read it."""
    member_id = (viewer.pk if viewer is not None else None) or 0
    here = {"post": OuterRef("pk"), "member_id": member_id}
    kept = Bookmark.objects.filter(**here)
    read = ThreadRead.objects.filter(**here)
    rows = Post.objects.select_related("author", "space").annotate(
        my_role=permissions.my_role(viewer, "space_id"),
        is_bookmarked=Exists(kept),
        is_followed=Exists(Follow.objects.filter(**here)),
        read_until=Subquery(read.values("read_at")[:1]),
    )
    post = rows.filter(pk=post_id).first()
    if post is None:
        return None
    standing = permissions.standing_of(viewer, post.space, post.my_role)
    return (post, standing) if standing.may_read else None


def marks_of(*, subject: str, viewer: Viewer | None) -> Talk | None:
    """Return one piece of talk as a viewer sees it, or None where they may not read it."""
    found = readable_piece(subject, viewer)
    if found is None:
        return None
    piece, _post, standing = found
    return _talk(piece, _eyes(viewer, standing, [piece]))


def readable_piece(
    subject: str, viewer: Viewer | None
) -> tuple[Post | Answer | Comment, Post, Standing] | None:
    """Return a piece of talk by reference, its opening and where the viewer stands."""
    kind, _colon, number = subject.partition(":")
    if not number.isdecimal() or len(number) > 18:
        return None
    piece: Post | Answer | Comment | None = None
    opening: int | None = int(number)
    if kind == "answer":
        piece = Answer.objects.select_related("author").filter(pk=number).first()
        opening = piece.question_id if piece else None
    elif kind == "comment":
        piece = Comment.objects.select_related("author").filter(pk=number).first()
        opening = piece.post_id if piece else None
    elif kind != "post":
        return None
    found = readable_post(opening, viewer) if opening is not None else None
    if found is None:
        return None
    post, standing = found
    return piece or post, post, standing


def place_of(comment: Comment) -> Place | None:
    """Return from which place a thread must go on to show a comment; None: from its beginning."""
    earlier = Comment.objects.filter(
        beyond((comment.published_at, comment.pk), "lt"), post_id=comment.post_id
    )
    before = earlier.count()
    if before < COMMENTS:
        return None
    last = earlier.order_by("published_at", "pk")[before - before % COMMENTS - 1]
    return last.published_at, last.pk


def _original(post: Post, viewer: Viewer | None) -> tuple[int, str] | None:
    """Return the question that asked the same before, if the viewer may read it. One query."""
    if post.duplicate_of_id is None:
        return None
    rows = Post.objects.filter(permissions.readable_by(viewer, "space__"), deleted_at=None)
    return rows.filter(pk=post.duplicate_of_id).values_list("pk", "title").first()


def _may_reply(post: Post, standing: Standing) -> bool:
    is_open = post.closed_at is None and post.deleted_at is None
    return standing.may_reply and (is_open or standing.may_moderate)


def _answers(post: Post) -> list[Answer]:
    """Return the answers: the accepted one, then by votes, then the oldest; deleted ones last."""
    rows = Answer.objects.filter(question_id=post.pk).select_related("author")
    rank = Case(
        When(pk=post.accepted_answer_id, then=Value(0)),
        When(deleted_at=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = rows.annotate(rank=rank).order_by("rank", "-votes", "published_at", "pk")
    return list(ranked[:ANSWERS])


def _hidden(post: Post, answers: list[Answer]) -> int:
    shown = sum(answer.deleted_at is None for answer in answers)
    return max(post.answer_count - shown, 0)


def _comments(post: Post, after: Place | None) -> tuple[list[Comment], Place | None]:
    rows = Comment.objects.filter(post_id=post.pk).select_related("author", "parent__author")
    if after is not None:
        rows = rows.filter(beyond(after, "gt"))
    found = list(rows.order_by("published_at", "pk")[: COMMENTS + 1])
    shown = found[:COMMENTS]
    later = (shown[-1].published_at, shown[-1].pk) if len(found) > COMMENTS else None
    return shown, later


def _roots(comments: list[Comment]) -> dict[int, int | None]:
    """Return which answer each comment stands under: its own, or that of what it replies to."""
    here = {comment.pk: comment for comment in comments}
    roots: dict[int, int | None] = {}
    for comment in comments:
        way = [comment]
        while way[-1].parent_id in here and here[way[-1].parent_id] not in way:
            way.append(here[way[-1].parent_id])
        known = next((roots[each.pk] for each in way if each.pk in roots), way[-1].answer_id)
        roots.update({each.pk: known for each in way})
    return roots


def _threaded(mine: list[Comment], eyes: _Eyes) -> tuple[CommentView, ...]:
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
                talk=_talk(comment, eyes),
                depth=min(depth, DEEPEST),
                answered_name=answered.display_name if answered else "",
            )
        )
        waiting += [(reply, depth + 1) for reply in reversed(below.get(comment.pk, []))]
    return tuple(views)


def _eyes(viewer: Viewer | None, standing: Standing, shown: list[Contribution]) -> _Eyes:
    member_id = (viewer.pk if viewer is not None else None) or 0
    marked = [_named(each) for each in shown if each.reaction_counts]
    mine = Reaction.objects.filter(member_id=member_id, subject__in=marked)
    marks = mine.values_list("subject", "emoji") if member_id and marked else ()
    return _Eyes(member_id=member_id, standing=standing, marks=frozenset(marks))


def _named(row: Contribution) -> str:
    return reference(type(row).__name__.lower(), row.pk)


def _talk(row: Contribution, eyes: _Eyes) -> Talk:
    name = _named(row)
    is_mine = bool(eyes.member_id) and row.author_id == eyes.member_id
    moderates = eyes.standing.may_moderate
    deleted = _deleted(row)
    may_change = eyes.standing.may_write and (is_mine or moderates)
    is_theirs_to_restore = (moderates or deleted == "author") and not (is_mine and row.is_held)
    may_restore = may_change and bool(deleted) and is_theirs_to_restore
    is_seen = not deleted or may_restore or moderates
    return Talk(
        id=row.pk,
        reference=name,
        slug=name.replace(":", "-"),
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        html=talk_html(row.body, row.body_format) if is_seen else SafeString(""),
        published_at=row.published_at,
        edited_at=row.edited_at,
        source=row.source,
        reactions=_marks(row, name, eyes) if not deleted else (),
        deleted=deleted,
        delete_reason=row.delete_reason if is_mine or moderates else "",
        is_mine=is_mine,
        may_change=may_change and not deleted,
        may_restore=may_restore,
        may_react=eyes.standing.may_write and not is_mine and not deleted,
    )


def _deleted(row: Contribution) -> str:
    if row.deleted_at is None:
        return ""
    is_own = row.deleted_by_id == row.author_id and not row.is_held
    return "author" if is_own else "moderator"


def _marks(row: Contribution, name: str, eyes: _Eyes) -> tuple[MarkView, ...]:
    """Return marks and how many of each, the most frequent first."""
    counts = row.reaction_counts if isinstance(row.reaction_counts, dict) else {}
    pairs = [(str(mark), int(count)) for mark, count in counts.items() if count]
    return tuple(
        MarkView(
            emoji=mark,
            count=count,
            is_mine=(name, mark) in eyes.marks,
            is_ours=mark in REACTIONS,
        )
        for mark, count in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    )
