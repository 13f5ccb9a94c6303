"""Spaces over HTTP: the tree, one space, its posts, joining and keeping."""

from datetime import datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow, caller
from juluo.api.errors import Refused
from juluo.api.fields import Id, Words
from juluo.api.talk import talking
from juluo.domains.discussions import permissions, queries, services, types
from juluo.lib.keyset import cursor_text, parse_cursor

router = Router(tags=["spaces"])
Visibility = Literal["public", "members", "private", "hidden"]
Posting = Literal["everyone", "joined", "moderators"]


class SpaceOut(Schema):
    """A space in the tree; of one that you may not read, only its name and what it is for."""

    id: int
    name: str
    about: str
    icon: str
    visibility: str
    parent_id: int | None
    is_archived: bool
    may_read: bool
    has_joined: bool
    members: int
    posts: int
    questions: int
    last_at: datetime | None


class StandingOut(Schema):
    """What the caller may do in a space."""

    may_read: bool
    may_open: bool
    may_reply: bool
    may_moderate: bool
    may_join: bool
    may_ask_to_join: bool
    has_joined: bool


class SpaceDetail(Schema):
    """A space in full."""

    id: int
    name: str
    about: str
    rules: str
    icon: str
    visibility: str
    posting: str
    is_archived: bool
    parent_id: int | None
    members: int
    standing: StandingOut
    has_asked: bool


class PostRow(Schema):
    """A post or question in a list."""

    id: int
    space_id: int
    title: str
    excerpt: str
    is_question: bool
    is_solved: bool
    is_closed: bool
    is_pinned: bool
    is_featured: bool
    author_id: int | None
    author_name: str
    published_at: datetime
    answers: int
    comments: int
    reactions: int
    tags: list[str]


class PostPage(Schema):
    """A page of posts, newest first; go on with ``before=older`` or ``after=newer``."""

    rows: list[PostRow]
    older: str
    newer: str


class PersonOut(Schema):
    """Someone who joined a space."""

    member_id: int
    name: str
    role: str
    at: datetime


class Listed(Schema):
    """Which posts of a space."""

    kind: Literal["post", "question"] | None = None
    unanswered: bool = False
    before: str = Field("", max_length=60)
    after: str = Field("", max_length=60)


class SpaceIn(Schema):
    """A new space."""

    name: Words = Field(max_length=150)
    about: Words = Field("", max_length=20_000)
    rules: Words = Field("", max_length=20_000)
    icon: Words = Field("message-2", max_length=40)
    visibility: Visibility = "members"
    posting: Posting = "everyone"
    parent_id: Id | None = None


class SpaceChange(Schema):
    """What changes; what is absent stays."""

    name: Words = Field("", max_length=150)
    about: Words = Field("", max_length=20_000)
    rules: Words = Field("", max_length=20_000)
    icon: Words = Field("", max_length=40)
    visibility: Visibility = "members"
    posting: Posting = "everyone"
    parent_id: Id | None = None


class PostIn(Schema):
    """A new post or question; sent again with the same ``once``, it stays one."""

    kind: Literal["post", "question"] = "post"
    title: Words = Field(max_length=types.LONGEST_TITLE)
    body: Words = Field(max_length=types.LONGEST_BODY, description="Markdown.")
    tags: list[Words] = Field([], max_length=20)
    once: Words = Field("", max_length=64)


class PostMade(Schema):
    """Where a new post stands."""

    id: int
    reference: str


@router.get("/", response=list[SpaceOut], summary="List spaces")
def spaces(request: HttpRequest) -> Any:
    """Return the spaces that you may know of, each after the one it stands under."""
    return queries.spaces(viewer=caller(request).member)


@router.post("/", response={201: SpaceDetail}, summary="Open a space")
def open_space(request: HttpRequest, given: SpaceIn) -> Any:
    """Open a space; operators do."""
    bearer = allow(request, permissions.can_keep_spaces)
    with talking():
        space = services.open_space(actor_id=bearer.member.pk, at=timezone.now(), **given.dict())
    return Status(201, _head(request, space.pk))


@router.get("/{int:space_id}/", response=SpaceDetail, summary="Read a space")
def space(request: HttpRequest, space_id: int) -> Any:
    """Return a space and what you may do there."""
    return _head(request, space_id)


@router.patch("/{int:space_id}/", response=SpaceDetail, summary="Change a space")
def change(request: HttpRequest, space_id: int, given: SpaceChange) -> Any:
    """Change a space; operators do."""
    bearer = allow(request, permissions.can_keep_spaces)
    with talking():
        services.change_space(
            space_id=space_id,
            actor_id=bearer.member.pk,
            at=timezone.now(),
            **given.dict(exclude_unset=True),
        )
    return _head(request, space_id)


@router.post("/{int:space_id}/archive/", response=SpaceDetail, summary="Archive a space")
def archive(request: HttpRequest, space_id: int) -> Any:
    """Let nothing be written there any more; operators do."""
    bearer = allow(request, permissions.can_keep_spaces)
    with talking():
        services.archive_space(space_id=space_id, actor_id=bearer.member.pk, at=timezone.now())
    return _head(request, space_id)


@router.post("/{int:space_id}/join/", response=SpaceDetail, summary="Join, or ask to be let in")
def join(request: HttpRequest, space_id: int) -> Any:
    """Join a space; in a private one you ask, and its moderators decide."""
    member = caller(request).member
    head = _head(request, space_id)
    act = services.ask_to_join if head.standing.may_ask_to_join else services.join_space
    with talking():
        act(space_id=space_id, member_id=member.pk, at=timezone.now())
    return _head(request, space_id)


@router.post("/{int:space_id}/leave/", response={204: None}, summary="Leave a space")
def leave(request: HttpRequest, space_id: int) -> Any:
    """Leave a space, or no longer ask to be let in."""
    _head(request, space_id)
    services.leave_space(space_id=space_id, member_id=caller(request).member.pk, at=timezone.now())
    return Status(204, None)


@router.get("/{int:space_id}/members/", response=list[PersonOut], summary="List who joined")
def members(request: HttpRequest, space_id: int) -> Any:
    """Return who joined a space that you may read, moderators first."""
    _readable(request, space_id)
    return queries.space_members(space_id)


@router.get("/{int:space_id}/posts/", response=PostPage, summary="List a space's posts")
def posts(request: HttpRequest, space_id: int, listed: Query[Listed]) -> Any:
    """Return a page of posts and questions, newest first."""
    _readable(request, space_id)
    before, after = parse_cursor(listed.before), parse_cursor(listed.after)
    if (listed.before and before is None) or (listed.after and after is None):
        raise Refused("That is no place in a list.", code="invalid")
    page = queries.posts(
        space_id=space_id,
        kind=listed.kind or "",
        unanswered=listed.unanswered,
        before=before,
        after=after,
    )
    return {
        "rows": page.rows,
        "older": cursor_text(*page.older) if page.older else "",
        "newer": cursor_text(*page.newer) if page.newer else "",
    }


@router.post("/{int:space_id}/posts/", response={201: PostMade}, summary="Post or ask")
def publish(request: HttpRequest, space_id: int, given: PostIn) -> Any:
    """Publish a post or ask a question."""
    act = services.ask_question if given.kind == "question" else services.publish_post
    with talking():
        post = act(
            space_id=space_id,
            author_id=caller(request).member.pk,
            title=given.title,
            body=given.body,
            tags=tuple(given.tags),
            once=given.once,
            at=timezone.now(),
        )
    return Status(201, {"id": post.pk, "reference": f"post:{post.pk}"})


def _head(request: HttpRequest, space_id: int) -> queries.SpaceHead:
    head = queries.space_head(viewer=caller(request).member, space_id=space_id)
    if head is None:
        raise Http404
    return head


def _readable(request: HttpRequest, space_id: int) -> None:
    if not _head(request, space_id).standing.may_read:
        raise Http404
