"""The neutral stream: what every format is turned into, and what the writer understands.

Ids are the outside source's own, unique within one source and kind of thing. Times are UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Refused(Exception):
    """The import cannot be done; the message says which file, where, and why."""


class Kind(StrEnum):
    """What a message is once it is here."""

    POST = "post"
    QUESTION = "question"
    ANSWER = "answer"
    COMMENT = "comment"
    MESSAGE = "message"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """An identity that the export names. ``kind`` is person, bot or system."""

    id: str
    name: str
    kind: str = "person"
    staff: bool = False
    joined_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A channel, category or site. A ``chat`` place also has a chat group."""

    id: str
    name: str
    about: str = ""
    chat: bool = False
    opened_at: datetime | None = None
    archived: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Marks with one emoji on a message: ``count`` in all, by ``people`` where known.

    ``at`` is None where the source gives no time.
    """

    emoji: str
    count: int
    people: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A message: something a person or a bot said.

    ``thread`` is the opening it stands under, ``parent`` what it explicitly points at; both are
    ids or aliases. ``points`` is True when it points at something, even at something lost.
    ``alias`` is a second name under which others may point here.
    """

    kind: Kind
    id: str
    place: str
    author: str | None
    at: datetime
    body: str
    body_format: str = "markdown"
    bot: bool = False
    title: str = ""
    tags: tuple[str, ...] = ()
    thread: str | None = None
    parent: str | None = None
    points: bool = False
    alias: str | None = None
    edited_at: datetime | None = None
    closed_at: datetime | None = None
    files: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """The asker took an answer as the solution. ``at`` None: the time of the answer."""

    question: str
    answer: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A record that nobody said: a join, a rename, a pin. ``joined`` names who came."""

    id: str | None = None
    at: datetime | None = None
    joined: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """A record that could not be read; with ``rest``, nor could anything after it in the file."""

    file: str
    place: str
    reason: str
    rest: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stray:
    """Marks on messages that the export does not hold: counted as read, not stored."""

    marks: int


Item = Person | Place | Said | Accepted | Notice | Unreadable | Stray


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the caller says about the export: the zone of local times, a name for the site."""

    zone: ZoneInfo
    name: str = ""
