"""A member's chats: the groups they are in and their conversations, with what is unread."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from juluo.domains.members.permissions import Viewer
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import (
    ChatGroup,
    GroupMember,
    Message,
    Participant,
    PrivateMessage,
)
from juluo.domains.messaging.queries.lines import joined, quoted

LISTED = 50


@dataclass(frozen=True, kw_only=True)
class ChatRow:
    """A group or a conversation in a member's list."""

    id: int
    name: str
    unread: int
    is_muted: bool
    last_at: datetime | None
    last_name: str
    last_words: str
    role: str = ""
    space_name: str = ""


@dataclass(frozen=True, kw_only=True)
class JoinRow:
    """A group that a member could join."""

    id: int
    name: str
    about: str
    join_rule: str
    join_rule_label: str
    members: int
    space_name: str


def my_groups(viewer: Viewer) -> list[ChatRow]:
    """Return the groups a member is in, or is invited to, last spoken first. Two queries."""
    member_id = viewer.pk or 0
    unread = _unread(Message.objects.filter(group=OuterRef("group")), member_id, place="group")
    last = Message.objects.filter(group=OuterRef("group"), deleted_at=None)
    rows = list(
        GroupMember.objects.filter(permissions.reachable_by(viewer, "group__"), member_id=member_id)
        .exclude(role=GroupMember.Role.ASKING)
        .select_related("group__space")
        .annotate(unread=unread, last_id=_newest(last))
    )
    said = Message.objects.select_related("author").in_bulk([r.last_id for r in rows if r.last_id])
    found = [_group_row(row, said.get(row.last_id)) for row in rows]
    return sorted(found, key=_freshness, reverse=True)


def my_conversations(member_id: int) -> list[ChatRow]:
    """Return a member's conversations, last spoken first. Three queries."""
    messages = PrivateMessage.objects.filter(conversation=OuterRef("conversation"))
    rows = list(
        Participant.objects.filter(member_id=member_id, left_at=None)
        .select_related("conversation")
        .annotate(
            unread=_unread(messages, member_id, place="conversation"),
            last_id=_newest(messages.filter(deleted_at=None)),
        )
    )
    names = names_in([row.conversation_id for row in rows], but=member_id)
    ids = [row.last_id for row in rows if row.last_id]
    said = PrivateMessage.objects.select_related("author").in_bulk(ids)
    found = [_conversation_row(row, said.get(row.last_id), names) for row in rows]
    return sorted(found, key=_freshness, reverse=True)


def names_in(conversation_ids: Collection[int], *, but: int) -> dict[int, list[str]]:
    """Return the names of those in conversations, but one's own. One query."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Participant.objects.filter(conversation_id__in=conversation_ids).exclude(member_id=but)
    found = rows.filter(Q(left_at=None) | ~Q(conversation__pair=""))
    for conversation_id, name in found.order_by("member__display_name", "pk").values_list(
        "conversation_id", "member__display_name"
    ):
        names[conversation_id].append(name)
    return names


def groups_to_join(viewer: Viewer) -> list[JoinRow]:
    """Return groups that a member is not in and may ask to join, liveliest first. Two queries."""
    mine = dict(
        GroupMember.objects.filter(member_id=viewer.pk or 0).values_list("group_id", "role")
    )
    inside = [pk for pk, role in mine.items() if role != GroupMember.Role.ASKING]
    rows = (
        ChatGroup.objects.filter(permissions.reachable_by(viewer), closed_at=None)
        .exclude(join_rule=ChatGroup.JoinRule.INVITE)
        .exclude(pk__in=inside)
        .select_related("space")
        .annotate(inside=Count("members", filter=Q(members__role__in=permissions.INSIDE)))
        .order_by(F("moved_at").desc(nulls_last=True), "-pk")
    )
    return [
        JoinRow(
            id=group.pk,
            name=group.name,
            about=group.about,
            join_rule="asking" if group.pk in mine else group.join_rule,
            join_rule_label=group.get_join_rule_display(),
            members=group.inside,
            space_name=group.space.name if group.space else "",
        )
        for group in rows[:LISTED]
    ]


def unread_chats(viewer: Viewer) -> int:
    """Return how many groups and conversations hold something unread, muted ones left out."""
    member_id = viewer.pk or 0
    messages = Message.objects.filter(group=OuterRef("group"))
    private = PrivateMessage.objects.filter(conversation=OuterRef("conversation"))
    groups = GroupMember.objects.filter(
        permissions.reachable_by(viewer, "group__"),
        member_id=member_id,
        is_muted=False,
        role__in=permissions.INSIDE,
    )
    talks = Participant.objects.filter(member_id=member_id, is_muted=False, left_at=None)
    return (
        groups.annotate(n=_unread(messages, member_id, place="group")).filter(n__gt=0).count()
        + talks.annotate(n=_unread(private, member_id, place="conversation"))
        .filter(n__gt=0)
        .count()
    )


def _unread(messages: QuerySet[Any], member_id: int, *, place: str) -> Any:
    """Return an expression: how many of these a member has not read, their own left out."""
    waiting = messages.filter(sent_at__gt=OuterRef("last_read"), deleted_at=None)
    counted = (
        waiting.exclude(author_id=member_id)
        .order_by()
        .values(place)
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted), 0)


def _newest(messages: QuerySet[Any]) -> Any:
    return Subquery(messages.order_by("-sent_at", "-pk").values("pk")[:1])


def _freshness(row: ChatRow) -> tuple[bool, float]:
    return row.role == GroupMember.Role.INVITED, row.last_at.timestamp() if row.last_at else 0.0


def _group_row(row: Any, last: Message | None) -> ChatRow:
    is_inside = row.role in permissions.INSIDE
    # Someone invited sees no words before they come in.
    shown = last if is_inside else None
    return ChatRow(
        id=row.group_id,
        name=row.group.name,
        unread=row.unread if is_inside else 0,
        is_muted=row.is_muted,
        last_at=last.sent_at if last else None,
        last_name=shown.author.display_name if shown and shown.author else "",
        last_words=quoted(shown) if shown else "",
        role=row.role,
        space_name=row.group.space.name if row.group.space else "",
    )


def _conversation_row(
    row: Any, last: PrivateMessage | None, names: dict[int, list[str]]
) -> ChatRow:
    return ChatRow(
        id=row.conversation_id,
        name=row.conversation.title or joined(names.get(row.conversation_id, [])),
        unread=row.unread,
        is_muted=row.is_muted,
        last_at=last.sent_at if last else row.joined_at,
        last_name=last.author.display_name if last else "",
        last_words=quoted(last) if last else "",
    )
