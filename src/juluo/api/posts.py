"""Threads over HTTP: read one, answer, comment, accept, keep, and put in order."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import caller
from juluo.api.fields import Id, Words
from juluo.api.spaces import PostPage
from juluo.api.talk import Piece, talking
from juluo.domains.discussions import queries, services, types
from juluo.lib.keyset import cursor_text, parse_cursor

router = Router(tags=["posts"])
Act = Literal["close", "reopen", "pin", "unpin", "feature", "unfeature"]


class CommentOut(Schema):
    """A comment and how deep it stands."""

    talk: Piece
    depth: int
    answered_name: str


class AnswerOut(Schema):
    """An answer with its comments."""

    talk: Piece
    is_accepted: bool
    comments: list[CommentOut]


class ThreadOut(Schema):
    """A whole thread; ``later`` goes on with the later comments (``?after=``)."""

    talk: Piece
    title: str
    is_question: bool
    closed_at: datetime | None
    is_pinned: bool
    is_featured: bool
    is_bookmarked: bool
    tags: list[str]
    space_id: int
    space_name: str
    may_reply: bool
    may_accept: bool
    answers: list[AnswerOut]
    answer_count: int
    comments: list[CommentOut]
    comment_count: int
    later: str


class After(Schema):
    """From where in the comments to go on."""

    after: str = Field("", max_length=60)


class AnswerIn(Schema):
    """An answer; sent again with the same ``once``, it stays one."""

    body: Words = Field(max_length=types.LONGEST_BODY, description="Markdown.")
    once: Words = Field("", max_length=64)


class CommentIn(Schema):
    """A comment on the post, on one of its answers, or on another comment."""

    body: Words = Field(max_length=types.LONGEST_COMMENT, description="Markdown.")
    answer_id: Id | None = None
    parent_id: Id | None = None
    once: Words = Field("", max_length=64)


class MoveIn(Schema):
    """Where a thread goes."""

    space_id: Id


class Made(Schema):
    """What was written."""

    id: int
    reference: str


@router.get("/bookmarks/", response=PostPage, summary="List what you keep")
def bookmarks(request: HttpRequest, listed: Query[After]) -> Any:
    """Return the posts that you keep, the last kept first."""
    rows, older = queries.bookmarked(
        viewer=caller(request).member, before=parse_cursor(listed.after)
    )
    return {"rows": rows, "older": cursor_text(*older) if older else "", "newer": ""}


@router.get("/{int:post_id}/", response=ThreadOut, summary="Read a thread")
def thread(request: HttpRequest, post_id: int, listed: Query[After]) -> Any:
    """Return a thread: the opening, its answers (the accepted one first), its comments."""
    found = queries.thread(
        post_id=post_id, viewer=caller(request).member, after=parse_cursor(listed.after)
    )
    if found is None:
        raise Http404
    later = cursor_text(*found.later_comments) if found.later_comments else ""
    return {**vars(found), "later": later}


@router.post("/{int:post_id}/answers/", response={201: Made}, summary="Answer a question")
def answer(request: HttpRequest, post_id: int, given: AnswerIn) -> Any:
    """Answer a question; who asked is told."""
    with talking():
        made = services.give_answer(
            question_id=post_id,
            author_id=caller(request).member.pk,
            at=timezone.now(),
            **given.dict(),
        )
    return Status(201, {"id": made.pk, "reference": f"answer:{made.pk}"})


@router.post("/{int:post_id}/comments/", response={201: Made}, summary="Comment")
def comment(request: HttpRequest, post_id: int, given: CommentIn) -> Any:
    """Comment on the post, an answer or a comment; who wrote that is told."""
    with talking():
        made = services.write_comment(
            post_id=post_id,
            author_id=caller(request).member.pk,
            at=timezone.now(),
            **given.dict(),
        )
    return Status(201, {"id": made.pk, "reference": f"comment:{made.pk}"})


@router.post("/answers/{int:answer_id}/accept/", response={204: None}, summary="Accept an answer")
def accept(request: HttpRequest, answer_id: int) -> Any:
    """Say that an answer solved the question; who asked does, or a moderator."""
    with talking():
        services.accept_answer(
            answer_id=answer_id, actor_id=caller(request).member.pk, at=timezone.now()
        )
    return Status(204, None)


@router.delete(
    "/answers/{int:answer_id}/accept/", response={204: None}, summary="Accept it no longer"
)
def unaccept(request: HttpRequest, answer_id: int) -> Any:
    """Say no longer that an answer solved the question."""
    with talking():
        services.unaccept_answer(
            answer_id=answer_id, actor_id=caller(request).member.pk, at=timezone.now()
        )
    return Status(204, None)


@router.post("/{int:post_id}/bookmark/", response={204: None}, summary="Keep a post")
def keep(request: HttpRequest, post_id: int) -> Any:
    """Put a post among your bookmarks."""
    with talking():
        services.bookmark(post_id=post_id, member_id=caller(request).member.pk, at=timezone.now())
    return Status(204, None)


@router.delete("/{int:post_id}/bookmark/", response={204: None}, summary="Keep it no longer")
def drop(request: HttpRequest, post_id: int) -> Any:
    """Take a post off your bookmarks."""
    with talking():
        services.drop_bookmark(
            post_id=post_id, member_id=caller(request).member.pk, at=timezone.now()
        )
    return Status(204, None)


@router.post("/{int:post_id}/marks/{act}/", response={204: None}, summary="Close, pin, feature")
def mark(request: HttpRequest, post_id: int, act: Act) -> Any:
    """Close or reopen, pin or unpin, feature or no longer; moderators do, authors may close."""
    with talking():
        services.mark_thread(
            post_id=post_id, act=act, actor_id=caller(request).member.pk, at=timezone.now()
        )
    return Status(204, None)


@router.post("/{int:post_id}/move/", response={204: None}, summary="Move to another space")
def move(request: HttpRequest, post_id: int, given: MoveIn) -> Any:
    """Move a thread to a space where you keep order, too."""
    with talking():
        services.move_thread(
            post_id=post_id,
            space_id=given.space_id,
            actor_id=caller(request).member.pk,
            at=timezone.now(),
        )
    return Status(204, None)
