"""Messages of groups and conversations as pages show them: frozen, safe, in days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext

from juluo.domains.messaging.models import Message, PrivateMessage
from juluo.lib.talk_html import first_words, talk_html

PAGE = 50
QUOTE = 120
Place = tuple[datetime, int]
Line = Message | PrivateMessage


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
    is_deleted: bool = False
    is_own: bool = False
    is_native: bool = True
    own_marks: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Day:
    """The messages of one local day, oldest first."""

    date: date
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """One page of a log, oldest first; the places to go on from on either side."""

    days: tuple[Day, ...]
    older: Place | None
    newer: Place | None

    @property
    def newest_at(self) -> datetime | None:
        """The moment of the last message on the page."""
        return self.days[-1].messages[-1].sent_at if self.days else None


@dataclass(frozen=True, kw_only=True)
class News:
    """What happened in a log after a moment: new messages, and older ones that look different.

    ``until`` is the moment to ask from next time; ``is_much`` says that the page is too far
    behind to be patched.
    """

    days: tuple[Day, ...]
    changed: tuple[MessageView, ...]
    until: datetime
    is_much: bool = False

    @property
    def newest_at(self) -> datetime | None:
        """The moment of the last new message."""
        return self.days[-1].messages[-1].sent_at if self.days else None


def page_of(
    rows: QuerySet[Any],
    *,
    before: Place | None,
    after: Place | None,
    since: datetime | None,
) -> tuple[list[Any], Place | None, Place | None]:
    """Return a page of rows, oldest first, and the places on either side. One query."""
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
    older = (shown[0].sent_at, shown[0].pk) if has_older else None
    newer = (shown[-1].sent_at, shown[-1].pk) if has_newer else None
    return shown, older, newer


def _beyond(place: Place, side: str) -> Q:
    at, pk = place
    return Q(**{f"sent_at__{side}": at}) | Q(sent_at=at, **{f"pk__{side}": pk})


def changed_rows(rows: QuerySet[Any], *, since: datetime) -> list[Any]:
    """Return the rows written or changed after a moment, oldest first, a page and one at most."""
    return list(rows.filter(changed_at__gt=since).order_by("sent_at", "pk")[: PAGE + 1])


def news_of(
    found: Sequence[Line], *, since: datetime, viewer_id: int, marks: dict[int, frozenset[str]]
) -> News:
    """Return rows as news since a moment."""
    if len(found) > PAGE:
        return News(days=(), changed=(), until=since, is_much=True)
    new = [row for row in found if row.sent_at > since]
    old = [row for row in found if row.sent_at <= since]
    return News(
        days=by_day(new, viewer_id=viewer_id, marks=marks),
        changed=tuple(line(row, viewer_id=viewer_id, marks=marks) for row in old),
        until=max((row.changed_at or since for row in found), default=since),
    )


def by_day(
    rows: Iterable[Line], *, viewer_id: int | None, marks: dict[int, frozenset[str]]
) -> tuple[Day, ...]:
    """Return rows as views, by local day."""
    days: dict[date, list[MessageView]] = {}
    for row in rows:
        view = line(row, viewer_id=viewer_id, marks=marks)
        days.setdefault(timezone.localdate(row.sent_at), []).append(view)
    return tuple(Day(date=day, messages=tuple(views)) for day, views in days.items())


def line(row: Line, *, viewer_id: int | None, marks: dict[int, frozenset[str]]) -> MessageView:
    """Return one row as this member sees it; of what was taken back, its place only."""
    parent = row.parent
    gone = row.deleted_at is not None
    body_format = row.body_format if isinstance(row, Message) else "markdown"
    return MessageView(
        id=row.pk,
        author_id=row.author_id,
        author_name=row.author.display_name if row.author else "",
        html="" if gone else talk_html(row.body, body_format),
        sent_at=row.sent_at,
        edited_at=row.edited_at,
        files=() if gone else _files(row),
        reactions=() if gone else _reactions(row),
        quoted_id=parent.pk if parent else None,
        quoted_name=parent.author.display_name if parent and parent.author else "",
        quoted_text=quoted(parent) if parent else "",
        is_deleted=gone,
        is_own=viewer_id is not None and row.author_id == viewer_id,
        is_native=not isinstance(row, Message) or row.source == "native",
        own_marks=marks.get(row.pk, frozenset()),
    )


def quoted(row: Line) -> str:
    """Return the first words of a message; of one that was taken back, none."""
    if row.deleted_at is not None:
        return ""
    body_format = row.body_format if isinstance(row, Message) else "markdown"
    return first_words(row.body, body_format, length=QUOTE)


def joined(names: Sequence[str]) -> str:
    """Return names in a row, as the page's language sets them apart."""
    return pgettext("between names", ", ").join(names)


def _files(row: Line) -> tuple[str, ...]:
    files = getattr(row, "files", None)
    rows: Collection[Any] = files if isinstance(files, list) else []
    return tuple(str(each.get("name", "")) for each in rows if isinstance(each, dict))


def _reactions(row: Line) -> tuple[tuple[str, int], ...]:
    counts = getattr(row, "reaction_counts", None)
    found = counts if isinstance(counts, dict) else {}
    marks = [(str(mark), int(count)) for mark, count in found.items() if count]
    return tuple(sorted(marks, key=lambda pair: (-pair[1], pair[0])))
