"""What others may know of spaces, and who joined them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import (
    Answer,
    Comment,
    JoinRequest,
    Post,
    Space,
    SpaceMember,
)
from juluo.domains.discussions.rules import Standing
from juluo.domains.members.permissions import Viewer

MEMBERS = 200
# How much a member may want to hear of a space: the choices, with their words.
LEVELS = SpaceMember.Level.choices


@dataclass(frozen=True, kw_only=True)
class SpaceCard:
    """One space with what stands in it; ``last_at`` is its last post, answer or comment.

    Of a private space that the viewer has not joined, only name and about are told.
    """

    id: int
    name: str
    about: str
    icon: str
    visibility: str
    source: str
    parent_id: int | None
    parent_name: str
    depth: int
    is_archived: bool
    may_read: bool
    has_joined: bool
    members: int
    posts: int
    questions: int
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SpaceHead:
    """What stands above a space's pages, and where the viewer stands towards it."""

    id: int
    name: str
    about: str
    rules: str
    icon: str
    visibility: str
    visibility_label: str
    posting: str
    posting_label: str
    source: str
    is_archived: bool
    parent_id: int | None
    parent_name: str
    members: int
    standing: Standing
    level: str
    has_asked: bool
    has_pinned: bool
    has_children: bool


@dataclass(frozen=True, kw_only=True)
class Person:
    """A member of a space, or one who asks to be let in; ``at`` is since when."""

    member_id: int
    name: str
    role: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A space and the day it was opened (UTC)."""

    id: int
    name: str
    opened_on: date


@dataclass(frozen=True, kw_only=True)
class TalkCounts:
    """How much stands in the spaces."""

    spaces: int
    posts: int
    questions: int
    comments: int
    answers: int


def readable_space_ids(viewer: Viewer | None) -> frozenset[int]:
    """Return the spaces whose talk a viewer may read; ``None`` is a stranger. One query."""
    rows = Space.objects.filter(permissions.readable_by(viewer)).order_by()
    return frozenset(rows.values_list("pk", flat=True))


def has_public_space() -> bool:
    """Whether strangers find anything to read. One query."""
    return Space.objects.filter(visibility=Space.Visibility.PUBLIC).exists()


def spaces(*, viewer: Viewer | None) -> list[SpaceCard]:
    """Return the spaces a viewer may know of, as a tree: each after its parent, by name.

    Four queries, however many there are.
    """
    rows = Space.objects.filter(permissions.known_to(viewer)).order_by("name", "pk")
    joined = Count("members", filter=Q(members__member__is_active=True))
    found = list(rows.annotate(my_role=permissions.my_role(viewer), joined=joined))
    posted = _posted()
    said = [
        _latest(Answer.objects.filter(deleted_at=None), "question__space_id"),
        _latest(Comment.objects.filter(deleted_at=None), "post__space_id"),
    ]
    by_id = {space.pk: space for space in found}
    return [
        _card(
            space,
            permissions.standing_of(viewer, space, space.my_role),
            depth=depth,
            parent=by_id.get(space.parent_id or 0),
            members=space.joined,
            posted=posted.get(space.pk, {}),
            said=[latest.get(space.pk) for latest in said],
        )
        for space, depth in _as_tree(found)
    ]


def _as_tree(found: list[Any]) -> list[tuple[Any, int]]:
    """Return spaces each after its parent, with how deep they stand; the top where it is unseen."""
    seen = {space.pk for space in found}
    below: dict[int | None, list[Any]] = {}
    for space in found:
        below.setdefault(space.parent_id if space.parent_id in seen else None, []).append(space)
    placed: list[tuple[Any, int]] = []
    waiting = [(space, 0) for space in reversed(below.get(None, []))]
    while waiting:
        space, depth = waiting.pop()
        placed.append((space, depth))
        waiting += [(child, depth + 1) for child in reversed(below.get(space.pk, []))]
    return placed


def _posted() -> dict[int, dict[str, Any]]:
    rows = Post.objects.filter(deleted_at=None).order_by().values("space_id")
    counted = rows.annotate(
        posts=Count("id", filter=Q(kind=Post.Kind.POST)),
        questions=Count("id", filter=Q(kind=Post.Kind.QUESTION)),
        last_at=Max("published_at"),
    )
    return {row["space_id"]: dict(row) for row in counted}


def _latest(rows: Any, space: str) -> dict[int, datetime]:
    return dict(rows.order_by().values_list(space).annotate(Max("published_at")))


def _card(
    space: Space,
    standing: Standing,
    *,
    depth: int,
    parent: Space | None,
    members: int,
    posted: dict[str, Any],
    said: list[datetime | None],
) -> SpaceCard:
    may_read = standing.may_read
    moments = [posted.get("last_at"), *said] if may_read else []
    return SpaceCard(
        id=space.pk,
        name=space.name,
        about=space.about,
        icon=space.icon,
        visibility=space.visibility,
        source=space.source,
        parent_id=parent.pk if parent else None,
        parent_name=parent.name if parent else "",
        depth=min(depth, 3),
        is_archived=space.archived_at is not None,
        may_read=may_read,
        has_joined=standing.has_joined,
        members=members if may_read else 0,
        posts=posted.get("posts", 0) if may_read else 0,
        questions=posted.get("questions", 0) if may_read else 0,
        last_at=max((each for each in moments if each), default=None),
    )


def space_head(*, viewer: Viewer | None, space_id: int) -> SpaceHead | None:
    """Return one space, or None where there is none that the viewer may know of. One query."""
    member_id = (viewer.pk if viewer is not None else None) or 0
    space = (
        Space.objects.filter(permissions.known_to(viewer), pk=space_id)
        .select_related("parent")
        .annotate(
            my_role=permissions.my_role(viewer),
            my_level=permissions.my_role(viewer, column="level"),
            joined=Count("members", filter=Q(members__member__is_active=True)),
            has_asked=Exists(JoinRequest.objects.filter(space=OuterRef("pk"), member_id=member_id)),
            has_pinned=Exists(
                Post.objects.filter(space=OuterRef("pk"), deleted_at=None).exclude(pinned_at=None)
            ),
            has_children=Exists(Space.objects.filter(parent=OuterRef("pk"))),
            parent_is_known=Exists(
                Space.objects.filter(permissions.known_to(viewer), pk=OuterRef("parent_id"))
            ),
        )
        .first()
    )
    if space is None:
        return None
    standing = permissions.standing_of(viewer, space, space.my_role)
    parent = space.parent if space.parent_is_known else None
    return SpaceHead(
        id=space.pk,
        name=space.name,
        about=space.about,
        rules=space.rules if standing.may_read else "",
        icon=space.icon,
        visibility=space.visibility,
        visibility_label=space.get_visibility_display(),
        posting=space.posting,
        posting_label=space.get_posting_display(),
        source=space.source,
        is_archived=space.archived_at is not None,
        parent_id=parent.pk if parent else None,
        parent_name=parent.name if parent else "",
        members=space.joined,
        standing=standing,
        level=space.my_level or "",
        has_asked=space.has_asked,
        has_pinned=space.has_pinned,
        has_children=space.has_children,
    )


def children(*, viewer: Viewer | None, space_id: int) -> list[tuple[int, str, str]]:
    """Return ``(id, name, icon)`` of the spaces under one that a viewer may know of, by name."""
    rows = Space.objects.filter(permissions.known_to(viewer), parent_id=space_id)
    return list(rows.order_by("name", "pk").values_list("pk", "name", "icon"))


def space_names(space_ids: Collection[int] | None = None) -> dict[int, str]:
    """Return the names that go with these ids, or with all: for staff, who see every space."""
    rows = Space.objects.all() if space_ids is None else Space.objects.filter(pk__in=space_ids)
    return dict(rows.values_list("pk", "name"))


def spaces_in_use() -> list[tuple[int, str]]:
    """Return ``(id, name)`` of every space that is not archived, by name: for staff."""
    rows = Space.objects.filter(archived_at=None).order_by("name", "pk")
    return list(rows.values_list("pk", "name"))


def spaces_moderated(viewer: Viewer) -> list[tuple[int, str]]:
    """Return ``(id, name)`` of the spaces in use in which a viewer keeps order, by name."""
    rows = Space.objects.filter(permissions.readable_by(viewer), archived_at=None)
    rows = rows.annotate(my_role=permissions.my_role(viewer)).order_by("name", "pk")
    return [
        (space.pk, space.name)
        for space in rows
        if permissions.standing_of(viewer, space, space.my_role).may_moderate
    ]


def space_values(space_id: int) -> dict[str, Any]:
    """Return what an operator may change of a space; empty where there is none."""
    columns = (
        "name",
        "about",
        "rules",
        "icon",
        "visibility",
        "posting",
        "reply_hours",
        "parent_id",
    )
    return Space.objects.filter(pk=space_id).values(*columns).first() or {}


def space_members(space_id: int) -> list[Person]:
    """Return who joined a space, moderators first; at most MEMBERS of them. One query."""
    rows = SpaceMember.objects.filter(space_id=space_id, member__is_active=True)
    rows = rows.select_related("member").order_by("-role", "joined_at", "pk")
    return [
        Person(
            member_id=row.member_id, name=row.member.display_name, role=row.role, at=row.joined_at
        )
        for row in rows[:MEMBERS]
    ]


def join_requests(space_id: int) -> list[Person]:
    """Return who asks to be let into a space, the longest waiting first. One query."""
    rows = JoinRequest.objects.filter(space_id=space_id, member__is_active=True)
    rows = rows.select_related("member").order_by("asked_at", "pk")
    return [
        Person(member_id=row.member_id, name=row.member.display_name, role="", at=row.asked_at)
        for row in rows[:MEMBERS]
    ]


def joined_space_ids(member_id: int) -> frozenset[int]:
    """Return the spaces a member joined."""
    mine = SpaceMember.objects.filter(member_id=member_id)
    return frozenset(mine.values_list("space_id", flat=True))


def spaces_opened(*, start: date, end: date) -> list[Opening]:
    """Return the spaces that were opened on the days ``[start, end)``, oldest first."""
    rows = Space.objects.filter(opened_at__date__gte=start, opened_at__date__lt=end)
    return [
        Opening(id=each.pk, name=each.name, opened_on=each.opened_at.date())
        for each in rows.order_by("opened_at", "pk")
    ]


def talk_counts() -> TalkCounts:
    """Count what stands in the spaces. Four queries."""
    openings = Post.objects.filter(deleted_at=None).aggregate(
        posts=Count("id", filter=Q(kind=Post.Kind.POST)),
        questions=Count("id", filter=Q(kind=Post.Kind.QUESTION)),
    )
    return TalkCounts(
        spaces=Space.objects.count(),
        comments=Comment.objects.filter(deleted_at=None).count(),
        answers=Answer.objects.filter(deleted_at=None).count(),
        **openings,
    )
