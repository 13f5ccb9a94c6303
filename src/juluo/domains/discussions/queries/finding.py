"""Talk for whoever helps to find it: what is to be found, and what was found."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.discussions.permissions import OPENINGS, known_to, readable_by
from juluo.domains.discussions.queries.lists import tags_of
from juluo.domains.members.permissions import Viewer
from juluo.lib.search_words import plain

TALK_KINDS = ("post", "answer", "comment")
_MODELS: dict[str, type[Post | Answer | Comment]] = {
    "post": Post,
    "answer": Answer,
    "comment": Comment,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkText:
    """What a piece of talk says, as plain text."""

    kind: str
    id: int
    author_id: int | None
    at: datetime
    title: str
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TalkFound:
    """A piece of talk where it stands; ``title`` is its opening's, ``state`` of a question."""

    kind: str
    id: int
    title: str
    text: str
    url: str
    at: datetime
    author_id: int | None
    author_name: str
    space_id: int
    space_name: str
    is_solved: bool


def talk_texts(table: str, *, after: int = 0, limit: int = 1000) -> list[TalkText]:
    """Return the posts, answers or comments that follow an id and stand. One query."""
    rows = _MODELS[table].objects.filter(pk__gt=after, deleted_at=None).order_by("pk")
    return [_text(row) for row in rows[:limit]]


def talk_texts_of(table: str, ids: Collection[int]) -> list[TalkText]:
    """Return those of the posts, answers or comments that stand. One query."""
    rows = _MODELS[table].objects.filter(pk__in=ids, deleted_at=None)
    return [_text(row) for row in rows.order_by("pk")]


def talk_found(viewer: Viewer | None, ids: dict[str, list[int]]) -> list[TalkFound]:
    """Return those pieces, ids by kind, that stand where the viewer may read them.

    One query for each kind of talk.
    """
    by_model: dict[str, list[int]] = {}
    for kind, numbers in ids.items():
        by_model.setdefault("post" if kind == "question" else kind, []).extend(numbers)
    return [each for kind in by_model for each in _found(viewer, kind, by_model[kind])]


def spaces_named(
    viewer: Viewer | None, words: str, *, limit: int = 5
) -> list[tuple[int, str, str]]:
    """Return ``(id, name, icon)`` of spaces a viewer may know of whose name holds the words."""
    rows = Space.objects.filter(known_to(viewer), name__icontains=words)
    return list(rows.order_by("name", "pk").values_list("pk", "name", "icon")[:limit])


def readable_spaces(viewer: Viewer | None) -> list[tuple[int, str]]:
    """Return ``(id, name)`` of the spaces whose talk a viewer may read, by name. One query."""
    rows = Space.objects.filter(readable_by(viewer)).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def _found(viewer: Viewer | None, kind: str, ids: Iterable[int]) -> list[TalkFound]:
    model, opening = OPENINGS[kind]
    rows: Any = model.objects.filter(
        readable_by(viewer, f"{opening}space__"),
        pk__in=ids,
        **{"deleted_at": None, f"{opening}deleted_at": None},
    )
    return [_place(kind, row) for row in rows.select_related("author", f"{opening}space")]


def _place(kind: str, row: Any) -> TalkFound:
    opening: Post = row if kind == "post" else row.question if kind == "answer" else row.post
    slug = f"{kind}-{row.pk}"
    is_opening = row is opening
    return TalkFound(
        kind=opening.kind if is_opening else kind,
        id=row.pk,
        title=opening.title,
        text=plain(row.body, row.body_format),
        url=reverse("discussions:post", args=[row.pk])
        if is_opening
        else reverse("discussions:talk", args=[slug]),
        at=row.published_at,
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        space_id=opening.space_id,
        space_name=opening.space.name,
        is_solved=is_opening and opening.accepted_answer_id is not None,
    )


def _text(row: Any) -> TalkText:
    is_post = isinstance(row, Post)
    return TalkText(
        kind=row.kind if is_post else type(row).__name__.lower(),
        id=row.pk,
        author_id=row.author_id,
        at=row.published_at,
        title=row.title if is_post else "",
        text=plain(row.body, row.body_format),
        tags=tags_of(row) if is_post else (),
    )
