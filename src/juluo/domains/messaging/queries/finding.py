"""Messages for whoever helps to find them: what is to be found, and what was found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q
from django.urls import reverse

from juluo.domains.members.permissions import Viewer
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import Block, Message, Participant, PrivateMessage
from juluo.domains.messaging.queries.lines import joined
from juluo.lib.keyset import cursor_text
from juluo.lib.search_words import plain

MOST_PRIVATE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageText:
    """What a message in a chat group says, as plain text."""

    id: int
    author_id: int | None
    at: datetime
    text: str


@dataclass(frozen=True, kw_only=True)
class MessageFound:
    """A message where it stands: in a chat group, or in a private conversation."""

    id: int
    text: str
    url: str
    at: datetime
    author_id: int | None
    author_name: str
    place_name: str
    place_url: str


def message_texts(*, after: int = 0, limit: int = 1000) -> list[MessageText]:
    """Return the messages of groups that follow an id and stand. One query."""
    rows = Message.objects.filter(pk__gt=after, deleted_at=None).order_by("pk")
    return [_text(row) for row in rows[:limit]]


def message_texts_of(ids: Collection[int]) -> list[MessageText]:
    """Return those of the messages that stand. One query."""
    return [_text(row) for row in Message.objects.filter(pk__in=ids, deleted_at=None)]


def standing_messages() -> int:
    """Return how many messages of groups stand."""
    return Message.objects.filter(deleted_at=None).count()


def messages_found(viewer: Viewer, ids: Collection[int]) -> list[MessageFound]:
    """Return those of the messages that the viewer may read. One query."""
    rows = Message.objects.filter(
        permissions.readable_by(viewer, "group__"), pk__in=ids, deleted_at=None
    )
    return [_found(row) for row in rows.select_related("author", "group")]


def private_found(*, viewer_id: int, sought: Collection[Collection[str]]) -> list[MessageFound]:
    """Return the newest private messages of one's own conversations that hold the words.

    Each word is given in every way it may be written. There is no index of what is private: only
    the rows of conversations that the viewer is in are ever looked at. Two queries.
    """
    if not sought:
        return []
    places = Participant.objects.filter(member_id=viewer_id, left_at=None)
    held = reduce(and_, (_any_of(ways) for ways in sought))
    rows = PrivateMessage.objects.filter(
        held, conversation_id__in=places.values("conversation_id"), deleted_at=None
    )
    found = list(rows.select_related("author").order_by("-sent_at", "-pk")[:MOST_PRIVATE])
    names = _names({row.conversation_id for row in found}, viewer_id)
    return [_private(row, names.get(row.conversation_id, "")) for row in found]


def blocked_ids(member_id: int) -> frozenset[int]:
    """Return those whom a member has blocked. One query."""
    rows = Block.objects.filter(blocker_id=member_id)
    return frozenset(rows.values_list("blocked_id", flat=True))


def _any_of(ways: Collection[str]) -> Q:
    held = Q(pk__in=[])
    for way in ways:
        held |= Q(body__icontains=way)
    return held


def _names(conversation_ids: Collection[int], viewer_id: int) -> dict[int, str]:
    rows = Participant.objects.filter(conversation_id__in=conversation_ids, left_at=None)
    others: dict[int, list[str]] = {}
    titles: dict[int, str] = {}
    columns = ("conversation_id", "conversation__title", "member_id", "member__display_name")
    for pk, title, member_id, name in rows.order_by("pk").values_list(*columns):
        titles[pk] = title
        if member_id != viewer_id:
            others.setdefault(pk, []).append(name)
    return {pk: title or joined(others.get(pk, [])) for pk, title in titles.items()}


def _text(row: Message) -> MessageText:
    said = plain(row.body, row.body_format)
    files = row.files if isinstance(row.files, list) else []
    names = " ".join(str(each.get("name", "")) for each in files if isinstance(each, dict))
    return MessageText(
        id=row.pk, author_id=row.author_id, at=row.sent_at, text=f"{said} {names}".strip()
    )


def _found(row: Message) -> MessageFound:
    return MessageFound(
        id=row.pk,
        text=_text(row).text,
        url=reverse("messaging:message", args=[row.pk]),
        at=row.sent_at,
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        place_name=row.group.name,
        place_url=reverse("messaging:group", args=[row.group_id]),
    )


def _private(row: Any, name: str) -> MessageFound:
    place = reverse("messaging:conversation", args=[row.conversation_id])
    start = cursor_text(row.sent_at, row.pk - 1)
    return MessageFound(
        id=row.pk,
        text=plain(row.body, "markdown"),
        url=f"{place}?after={start}#message-{row.pk}",
        at=row.sent_at,
        author_id=row.author_id,
        author_name=row.author.display_name,
        place_name=name,
        place_url=place,
    )
