"""What others may know of chat groups and their messages, as frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from juluo.domains.messaging.models import ChatGroup, Message
from juluo.lib.talk_html import first_words, talk_html

PAGE = 50
QUOTE = 120
Place = tuple[datetime, int]


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
class GroupHead:
    """What stands above a group's log."""

    id: int
    name: str
    source: str
    space_id: int
    space_name: str


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """One message; ``html`` is safe. ``quoted_*`` tell of the message it replies to."""

    id: int
    author_id: int | None
    author_name: str
    html: str
    sent_at: datetime
    edited_at: datetime | None
    files: tuple[str, ...]
    reactions: tuple[tuple[str, int], ...]
    quoted_id: int | None
    quoted_name: str
    quoted_text: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """The messages of one local day, oldest first."""

    date: date
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """One page of a group's log, oldest first; the places to go on from on either side."""

    days: tuple[Day, ...]
    older: Place | None
    newer: Place | None


@dataclass(frozen=True, kw_only=True)
class SpaceTalk:
    """How much was said in the groups of one space."""

    messages: int
    last_at: datetime | None


def talk_by_space() -> dict[int, SpaceTalk]:
    """Return messages and the last moment by space; silent spaces are absent. One query."""
    rows = (
        Message.objects.order_by()
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


def groups_of(space_id: int) -> list[GroupCard]:
    """Return a space's groups, by name. One query."""
    groups = ChatGroup.objects.filter(space_id=space_id).order_by("name", "pk")
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
        for group in counted
    ]


def group_head(group_id: int) -> GroupHead | None:
    """Return one group, or None where there is no such group."""
    group = ChatGroup.objects.select_related("space").filter(pk=group_id).first()
    if group is None:
        return None
    return GroupHead(
        id=group.pk,
        name=group.name,
        source=group.source,
        space_id=group.space_id,
        space_name=group.space.name,
    )


def log(
    *,
    group_id: int,
    before: Place | None = None,
    after: Place | None = None,
    since: datetime | None = None,
) -> LogPage:
    """Return a page of a group's log: the last one, or the one beside a place or moment.

    One query.
    """
    rows = Message.objects.filter(group_id=group_id).select_related("author", "parent__author")
    forwards = after is not None or since is not None
    if after is not None:
        rows = rows.filter(_beyond(after, "gt"))
    elif since is not None:
        rows = rows.filter(sent_at__gte=since)
    elif before is not None:
        rows = rows.filter(_beyond(before, "lt"))
    order = ("sent_at", "pk") if forwards else ("-sent_at", "-pk")
    found = list(rows.order_by(*order)[: PAGE + 1])
    more = len(found) > PAGE
    shown = found[:PAGE] if forwards else found[:PAGE][::-1]
    has_older = bool(shown) and (forwards or more)
    has_newer = bool(shown) and (more if forwards else before is not None)
    return LogPage(
        days=_by_day(shown),
        older=(shown[0].sent_at, shown[0].pk) if has_older else None,
        newer=(shown[-1].sent_at, shown[-1].pk) if has_newer else None,
    )


def _beyond(place: Place, side: str) -> Q:
    at, pk = place
    return Q(**{f"sent_at__{side}": at}) | Q(sent_at=at, **{f"pk__{side}": pk})


def _by_day(messages: list[Message]) -> tuple[Day, ...]:
    days: dict[date, list[MessageView]] = {}
    for message in messages:
        days.setdefault(timezone.localdate(message.sent_at), []).append(_view(message))
    return tuple(Day(date=day, messages=tuple(views)) for day, views in days.items())


def _view(message: Message) -> MessageView:
    parent = message.parent
    files = message.files if isinstance(message.files, list) else []
    counts = message.reaction_counts if isinstance(message.reaction_counts, dict) else {}
    marks = [(str(mark), int(count)) for mark, count in counts.items() if count]
    return MessageView(
        id=message.pk,
        author_id=message.author_id,
        author_name=message.author.display_name if message.author else "",
        html=talk_html(message.body, message.body_format),
        sent_at=message.sent_at,
        edited_at=message.edited_at,
        files=tuple(str(each.get("name", "")) for each in files if isinstance(each, dict)),
        reactions=tuple(sorted(marks, key=lambda pair: (-pair[1], pair[0]))),
        quoted_id=parent.pk if parent else None,
        quoted_name=parent.author.display_name if parent and parent.author else "",
        quoted_text=first_words(parent.body, parent.body_format, length=QUOTE) if parent else "",
    )


@dataclass(frozen=True, kw_only=True)
class MessagePlace:
    """Where a message stands."""

    group_id: int
    space_id: int
    sent_at: datetime


def message_place(message_id: int) -> MessagePlace | None:
    """Return the group and moment of a message; None if there is none."""
    row = (
        Message.objects.filter(pk=message_id)
        .values("group_id", "sent_at", space_id=F("group__space_id"))
        .first()
    )
    return MessagePlace(**row) if row else None
