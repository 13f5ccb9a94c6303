"""What posts, answers and comments have in common over HTTP: refusals, edits, marks, deletion."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import caller
from juluo.api.errors import Forbidden, Refused, TooMany, code_of
from juluo.api.fields import Words
from juluo.domains.discussions import queries, services, types

router = Router(tags=["talk"])
REASONS: dict[type[Exception], str] = {
    services.ThreadIsClosed: "This thread is closed.",
    services.GuidelinesFirst: "Accept the guidelines on the site before you write.",
    services.EditedMeanwhile: "Someone changed this meanwhile: read it again, then edit it again.",
    services.SpaceCircle: "A space cannot stand under itself, nor more than four deep.",
}
PROBLEMS = {
    "empty": "Write something here.",
    "too_long": "This is too long.",
    "too_many": "These are too many.",
    "unknown": "There is no such choice.",
}


class Mark(Schema):
    """How many put one mark, and whether the caller did."""

    emoji: str
    count: int
    is_mine: bool


class Piece(Schema):
    """One post, answer or comment; ``html`` is safe, and empty of what was deleted."""

    reference: str = Field(description="post:12, answer:3, comment:7")
    author_id: int | None
    author_name: str
    html: str
    published_at: datetime
    edited_at: datetime | None
    source: str
    reactions: list[Mark]
    deleted: str = Field(description="author, moderator, or empty.")
    may_change: bool


class TextOut(Schema):
    """A text as it stood after so many edits."""

    number: int
    at: datetime
    editor_name: str
    reason: str
    title: str
    body: str
    tags: list[str]


class Editable(Schema):
    """What one may change, and the number of edits to send back with it."""

    title: str
    body: str
    body_format: str
    tags: list[str]
    edits: int


class EditIn(Schema):
    """A new text; ``edits_seen`` is the number of edits that you knew of."""

    body: Words = Field(max_length=types.LONGEST_BODY)
    title: Words = Field("", max_length=types.LONGEST_TITLE)
    tags: list[Words] | None = Field(None, max_length=20)
    reason: Words = Field("", max_length=types.LONGEST_REASON)
    edits_seen: int | None = Field(None, ge=0)


class ReasonIn(Schema):
    """Why; moderators say it to the author."""

    reason: Words = Field("", max_length=types.LONGEST_REASON)


class MarkIn(Schema):
    """One of the marks that can be put."""

    emoji: Words = Field(max_length=40, description=", ".join(types.REACTIONS))


@contextmanager
def talking() -> Iterator[None]:
    """Answer what the services of talk refuse.

    :raises Http404: for what is not there, or not theirs to read.
    :raises Forbidden: for what they may see and not do.
    :raises TooMany: if they did it too often.
    :raises Refused: for a text that cannot be kept, a closed thread and the like.
    """
    try:
        yield
    except services.NotThere:
        raise Http404 from None
    except services.NotAllowed:
        raise Forbidden from None
    except services.TooFast:
        raise TooMany from None
    except services.Unwritable as error:
        words = PROBLEMS.get(error.problem, "This cannot be kept.")
        raise Refused(words, code="unwritable", **{error.field: error.problem}) from None
    except tuple(REASONS) as error:
        raise Refused(REASONS[type(error)], code=code_of(type(error))) from None


def piece_of(request: HttpRequest, reference: str) -> queries.Talk:
    """Return a piece of talk as the caller sees it.

    :raises Http404: if there is none for them.
    """
    found = queries.marks_of(subject=reference, viewer=caller(request).member)
    if found is None:
        raise Http404
    return found


@router.get("/{str:reference}/", response=Piece, summary="Read one post, answer or comment")
def read(request: HttpRequest, reference: str) -> Any:
    """Return one piece of talk by its reference, such as ``comment:7``."""
    return piece_of(request, reference)


@router.get("/{str:reference}/text/", response=Editable, summary="Read what you may change")
def text(request: HttpRequest, reference: str) -> Any:
    """Return the words as they were typed, for those who may change them."""
    found = queries.editable(subject=reference, viewer=caller(request).member)
    if found is None:
        raise Http404
    return found


@router.patch("/{str:reference}/", response=Piece, summary="Edit")
def edit(request: HttpRequest, reference: str, given: EditIn) -> Any:
    """Change a text; the one before is kept in its history."""
    tags = None if given.tags is None else tuple(given.tags)
    with talking():
        services.edit(
            subject=reference,
            editor_id=caller(request).member.pk,
            at=timezone.now(),
            **{**given.dict(), "tags": tags},
        )
    return piece_of(request, reference)


@router.delete("/{str:reference}/", response={204: None}, summary="Delete")
def delete(request: HttpRequest, reference: str, given: ReasonIn) -> Any:
    """Take it away; its place stays, and its author or a moderator can put it back."""
    with talking():
        services.delete(
            subject=reference,
            actor_id=caller(request).member.pk,
            reason=given.reason,
            at=timezone.now(),
        )
    return Status(204, None)


@router.post("/{str:reference}/restore/", response=Piece, summary="Put back what was deleted")
def restore(request: HttpRequest, reference: str) -> Any:
    """Let it stand in its place again."""
    with talking():
        services.restore(subject=reference, actor_id=caller(request).member.pk, at=timezone.now())
    return piece_of(request, reference)


@router.get("/{str:reference}/history/", response=list[TextOut], summary="Read every text it had")
def history(request: HttpRequest, reference: str) -> Any:
    """Return the texts it had, newest first."""
    found = queries.history(subject=reference, viewer=caller(request).member)
    if found is None:
        raise Http404
    return list(found.texts)


@router.post("/{str:reference}/reactions/", response=Piece, summary="Put a mark")
def react(request: HttpRequest, reference: str, given: MarkIn) -> Any:
    """Put a mark on somebody else's words; twice is once."""
    with talking():
        services.react(
            subject=reference,
            emoji=given.emoji,
            member_id=caller(request).member.pk,
            at=timezone.now(),
        )
    return piece_of(request, reference)


@router.delete(
    "/{str:reference}/reactions/{str:emoji}/", response={204: None}, summary="Take a mark back"
)
def unreact(request: HttpRequest, reference: str, emoji: str) -> Any:
    """Take one's mark off again."""
    with talking():
        services.unreact(
            subject=reference,
            emoji=emoji,
            member_id=caller(request).member.pk,
            at=timezone.now(),
        )
    return Status(204, None)
