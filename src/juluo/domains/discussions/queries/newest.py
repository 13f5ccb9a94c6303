"""What one member said lately, as another may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from juluo.domains.discussions.models import Answer, Comment, Post, Space
from juluo.domains.discussions.permissions import can_read_spaces, known_to, readable_by
from juluo.domains.discussions.queries.following import follows
from juluo.domains.discussions.queries.lists import post_titles
from juluo.domains.members.permissions import Viewer
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


def said_lately(viewer: Viewer, member_id: int) -> dict[str, Any] | None:
    """Return what a member's public page shows of their talk to this viewer. Four queries."""
    if not can_read_spaces(viewer):
        return None
    posts = _said(Post, viewer, member_id, "")
    answers = _said(Answer, viewer, member_id, "question__").select_related("question")
    comments = _said(Comment, viewer, member_id, "post__").select_related("post")
    found = [
        *(_line(each, each, each.kind, "") for each in _newest(posts)),
        *(_line(each, each.question, "answer", f"#answer-{each.pk}") for each in _newest(answers)),
        *(_line(each, each.post, "comment", f"#comment-{each.pk}") for each in _newest(comments)),
    ]
    return {
        "rows": sorted(found, key=lambda line: line.at, reverse=True)[:NEWEST],
        "member_id": member_id,
        "is_mine": viewer.pk == member_id,
        "follows": follows(member_id=viewer.pk or 0, kind="member", what=member_id),
    }


def space_names_for(viewer: Viewer, space_ids: Collection[int]) -> dict[int, str]:
    """Return the names of those of the spaces that this viewer may see."""
    rows = Space.objects.filter(known_to(viewer), pk__in=space_ids)
    return dict(rows.values_list("pk", "name"))


def post_titles_for(viewer: Viewer, post_ids: Collection[int]) -> dict[int, str]:
    """Return the titles of those of the posts that this viewer may read."""
    rows = Post.objects.filter(readable_by(viewer, "space__"), pk__in=post_ids, deleted_at=None)
    return post_titles(rows.values_list("pk", flat=True))


def _said(model: Any, viewer: Viewer, member_id: int, opening: str) -> Any:
    """Return what a member said where the viewer may read it, and it stands there still."""
    standing = {"deleted_at": None, f"{opening}deleted_at": None}
    readable = readable_by(viewer, f"{opening}space__")
    return model.objects.filter(readable, author_id=member_id, **standing)


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
