"""What one member said lately, as another may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from juluo.domains.discussions.models import Answer, Comment, Post
from juluo.domains.discussions.permissions import can_read_spaces
from juluo.domains.discussions.queries.talk import post_titles, space_names
from juluo.domains.members.types import Member
from juluo.lib.talk_html import first_words

NEWEST = 10
SHORT = 160


@dataclass(frozen=True, kw_only=True)
class SaidLately:
    """One thing a member said: where it stands, its first words, its place on the page."""

    kind: str
    title: str
    words: str
    url: str
    at: datetime


def said_lately(viewer: Member, member_id: int) -> dict[str, Any] | None:
    """Return what a member's public page shows of their talk to this viewer. Three queries."""
    if not can_read_spaces(viewer):
        return None
    posts = Post.objects.filter(author_id=member_id)
    answers = Answer.objects.filter(author_id=member_id).select_related("question")
    comments = Comment.objects.filter(author_id=member_id).select_related("post")
    found = [
        *(_line(each, each, each.kind, "") for each in _newest(posts)),
        *(_line(each, each.question, "answer", f"#answer-{each.pk}") for each in _newest(answers)),
        *(_line(each, each.post, "comment", f"#comment-{each.pk}") for each in _newest(comments)),
    ]
    return {"rows": sorted(found, key=lambda line: line.at, reverse=True)[:NEWEST]}


def space_names_for(viewer: Member, space_ids: Collection[int]) -> dict[int, str]:
    """Return the names of those of the spaces that this viewer may see."""
    return space_names(space_ids) if can_read_spaces(viewer) else {}


def post_titles_for(viewer: Member, post_ids: Collection[int]) -> dict[int, str]:
    """Return the titles of those of the posts that this viewer may read."""
    return post_titles(post_ids) if can_read_spaces(viewer) else {}


def _newest(rows: Any) -> Any:
    return rows.order_by("-published_at", "-pk")[:NEWEST]


def _line(said: Post | Answer | Comment, opening: Post, kind: str, place: str) -> SaidLately:
    return SaidLately(
        kind=kind,
        title=opening.title,
        words=first_words(said.body, said.body_format, length=SHORT),
        url=reverse("discussions:post", args=[opening.pk]) + place,
        at=said.published_at,
    )
