"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from juluo.domains.discussions.types import OutsideMark
from juluo.domains.messaging import rules

# How long a message may be, in characters, how many share a conversation, and the marks there are.
LONGEST_MESSAGE: Final = rules.LONGEST
MOST_IN_A_CONVERSATION: Final = rules.MOST_IN_A_CONVERSATION
EMOJI: Final = rules.EMOJI


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideGroup:
    """A chat group as an outside source knows it."""

    outside_id: str
    name: str
    space_id: int
    opened_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideMessage:
    """A chat message from elsewhere; ``thread`` and ``parent`` are outside ids of the source.

    ``files`` are (name, kind), never addresses.
    """

    outside_id: str
    group_id: int
    space_id: int
    author_id: int | None
    body: str
    body_format: str
    sent_at: datetime
    edited_at: datetime | None = None
    thread: str | None = None
    parent: str | None = None
    files: tuple[tuple[str, str], ...] = ()
    marks: tuple[OutsideMark, ...] = ()
