"""What talk said before it was edited, and what differs between two texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from juluo.domains.discussions.models import Answer, Comment, Post, Revision
from juluo.domains.discussions.queries.talk import readable_piece
from juluo.domains.members.permissions import Viewer
from juluo.domains.members.types import Member

# More lines than these are not laid over each other: it would hold the page up.
LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text of a piece of talk: the one after ``number`` edits, and whose edit made it."""

    number: int
    at: datetime
    editor_name: str
    reason: str
    title: str
    body: str
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """Every text that a piece of talk had, newest first."""

    subject: str
    slug: str
    post_id: int
    texts: tuple[Text, ...]
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of two texts laid over each other: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Editable:
    """What an editor finds in the form."""

    subject: str
    slug: str
    kind: str
    post_id: int
    space_id: int
    title: str
    body: str
    body_format: str
    tags: tuple[str, ...]
    edits: int
    longest: int


def history(*, subject: str, viewer: Viewer | None) -> History | None:
    """Return the texts of a piece of talk, for those signed in who may read it; else None.

    What was deleted keeps its history for moderators only. Three queries.
    """
    found = readable_piece(subject, viewer)
    if found is None:
        return None
    piece, post, standing = found
    is_away = piece.deleted_at is not None or post.deleted_at is not None
    if not standing.is_member or (is_away and not standing.may_moderate):
        return None
    may = standing.may_write and (standing.may_moderate or piece.author_id == _id(viewer))
    return History(
        subject=subject,
        slug=subject.replace(":", "-"),
        post_id=post.pk,
        texts=tuple(_texts(subject, piece))[::-1],
        may_change=may and not is_away,
    )


def editable(*, subject: str, viewer: Viewer) -> Editable | None:
    """Return what a member finds in the form to change a piece of talk; None if they may not."""
    found = readable_piece(subject, viewer)
    if found is None:
        return None
    piece, post, standing = found
    is_theirs = standing.may_moderate or piece.author_id == viewer.pk
    if not (standing.may_write and is_theirs) or piece.deleted_at is not None:
        return None
    is_opening = isinstance(piece, Post)
    last = Revision.objects.filter(subject=subject).order_by("-number").first()
    return Editable(
        subject=subject,
        slug=subject.replace(":", "-"),
        kind=type(piece).__name__.lower(),
        post_id=post.pk,
        space_id=post.space_id,
        title=post.title if is_opening else "",
        body=piece.body,
        body_format=piece.body_format,
        tags=tuple(str(tag) for tag in post.tags) if is_opening else (),
        edits=last.number if last else 0,
        longest=len(piece.body),
    )


def laid_over(before: str, after: str) -> list[Line]:
    """Return two texts laid over each other, line by line."""
    old, new = before.splitlines(), after.splitlines()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    return [
        *(Line(kind="same", text=text) for text in old[:start]),
        *middle,
        *(Line(kind="same", text=text) for text in (old[len(old) - end :] if end else [])),
    ]


def _compared(old: list[str], new: list[str]) -> Iterator[Line]:
    if max(len(old), len(new)) > LONGEST:
        yield from (Line(kind="removed", text=text) for text in old)
        yield from (Line(kind="added", text=text) for text in new)
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from (Line(kind="same", text=text) for text in old[a:b])
        else:
            yield from (Line(kind="removed", text=text) for text in old[a:b])
            yield from (Line(kind="added", text=text) for text in new[c:d])


def _texts(subject: str, piece: Post | Answer | Comment) -> Iterator[Text]:
    """Yield every text, the first one first."""
    rows = Revision.objects.filter(subject=subject).select_related("editor").order_by("-number")
    kept = list(rows)
    said = [piece, *kept]
    for number, (text, edit) in enumerate(
        zip(reversed(said), [None, *reversed(kept)], strict=True)
    ):
        yield Text(
            number=number,
            at=edit.at if edit else piece.published_at,
            editor_name=_name(edit.editor if edit else piece.author),
            reason=edit.reason if edit else "",
            title=text.title if isinstance(text, Post | Revision) else "",
            body=text.body,
            tags=_tags(text),
        )


def _tags(text: Post | Answer | Comment | Revision) -> tuple[str, ...]:
    return tuple(str(tag) for tag in text.tags) if isinstance(text, Post | Revision) else ()


def _name(member: Member | None) -> str:
    return member.display_name if member else ""


def _id(viewer: Viewer | None) -> int | None:
    return viewer.pk if viewer is not None else None
