"""What others may know of chat groups and their messages, as frozen rows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from juluo.domains.members.permissions import STAFF, Viewer, has_role
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import ChatGroup, GroupMember, Message, MessageReaction
from juluo.domains.messaging.queries.lines import (
    LogPage,
    MessageView,
    News,
    Place,
    by_day,
    changed_rows,
    line,
    news_of,
    page_of,
)


@dataclass(frozen=True, kw_only=True)
class GroupCard:
    """One chat group with how much was said in it."""

    id: int
    name: str
    source: str
    space_id: int
    messages: int
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class SpaceTalk:
    """How much was said in the open groups of one space."""

    messages: int
    last_at: datetime | None


def talk_by_space() -> dict[int, SpaceTalk]:
    """Return messages and the last moment in open groups by space; silent spaces are absent.

    One query.
    """
    rows = (
        Message.objects.filter(
            group__space_id__isnull=False, group__join_rule=ChatGroup.JoinRule.OPEN
        )
        .order_by()
        .values("group__space_id")
        .annotate(messages=Count("id"), last_at=Max("sent_at"))
    )
    return {
        row["group__space_id"]: SpaceTalk(messages=row["messages"], last_at=row["last_at"])
        for row in rows
    }


def message_count() -> int:
    """Return how many messages there are in all groups."""
    return Message.objects.count()


def groups_of(space_id: int, *, viewer: Viewer) -> list[GroupCard]:
    """Return a space's groups that a member may know of, by name. One query."""
    groups = ChatGroup.objects.filter(permissions.reachable_by(viewer), space_id=space_id)
    if not has_role(viewer, STAFF):
        mine = GroupMember.objects.filter(group=OuterRef("pk"), member_id=viewer.pk or 0)
        groups = groups.filter(~Q(join_rule=ChatGroup.JoinRule.INVITE) | Exists(mine))
    counted = groups.annotate(said=Count("messages"), last_at=Max("messages__sent_at"))
    return [
        GroupCard(
            id=group.pk,
            name=group.name,
            source=group.source,
            space_id=space_id,
            messages=group.said,
            last_at=group.last_at,
        )
        for group in counted.order_by("name", "pk")
    ]


def log(
    *,
    group_id: int,
    before: Place | None = None,
    after: Place | None = None,
    since: datetime | None = None,
    viewer_id: int | None = None,
) -> LogPage:
    """Return a page of a group's log: the last one, or the one beside a place or moment.

    One query; with a viewer one more, for their own marks.
    """
    shown, older, newer = page_of(_rows(group_id), before=before, after=after, since=since)
    marks = _own_marks(shown, viewer_id)
    return LogPage(days=by_day(shown, viewer_id=viewer_id, marks=marks), older=older, newer=newer)


def group_news(*, group_id: int, since: datetime, viewer_id: int) -> News:
    """Return what happened in a group's log after a moment. Two queries."""
    found = changed_rows(_rows(group_id), since=since)
    return news_of(found, since=since, viewer_id=viewer_id, marks=_own_marks(found, viewer_id))


def one_message(*, message_id: int, viewer_id: int) -> MessageView | None:
    """Return one message as a member sees it. Whether they may is the caller's to ask."""
    row = Message.objects.filter(pk=message_id).select_related("author", "parent__author").first()
    return line(row, viewer_id=viewer_id, marks=_own_marks([row], viewer_id)) if row else None


def _rows(group_id: int) -> QuerySet[Message]:
    return Message.objects.filter(group_id=group_id).select_related("author", "parent__author")


def _own_marks(rows: Collection[Message], viewer_id: int | None) -> dict[int, frozenset[str]]:
    if viewer_id is None or not rows:
        return {}
    marks: dict[int, set[str]] = defaultdict(set)
    ids = [row.pk for row in rows]
    found = MessageReaction.objects.filter(member_id=viewer_id, message_id__in=ids)
    for message_id, emoji in found.values_list("message_id", "emoji"):
        marks[message_id].add(emoji)
    return {message_id: frozenset(own) for message_id, own in marks.items()}


@dataclass(frozen=True, kw_only=True)
class MessagePlace:
    """Where a message stands, its author, and its words as they were typed."""

    group_id: int
    sent_at: datetime
    author_id: int | None
    body: str


def message_place(message_id: int) -> MessagePlace | None:
    """Return the group and moment of a message; None if there is none, or it was taken back."""
    rows = Message.objects.filter(pk=message_id, deleted_at=None)
    row = rows.values("group_id", "sent_at", "author_id", "body").first()
    return MessagePlace(**row) if row else None
