"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from juluo.domains.discussions import rules

# How long the parts of talk may be, in characters, and the marks that members may put.
LONGEST_TITLE: Final = rules.TITLE
LONGEST_BODY: Final = rules.BODY
LONGEST_COMMENT: Final = rules.COMMENT
LONGEST_REASON: Final = rules.REASON
REACTIONS: Final = rules.REACTIONS
# What a foreign key to a space names, so that domains above need not import the model.
SPACE_MODEL = "discussions.Space"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideSpace:
    """A space as an outside source knows it."""

    outside_id: str
    name: str
    about: str
    opened_at: datetime
    archived_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideMark:
    """Marks with one emoji: ``count`` in all; ``members`` are (outside id, member) where known.

    ``at`` is None where the source gives no time.
    """

    emoji: str
    count: int
    members: tuple[tuple[str, int], ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideTalk:
    """A post, question, answer or comment from elsewhere; ``kind`` says which.

    ``thread`` and ``parent`` are outside ids of the same source: the opening it stands under
    (an answer's id stands for its question) and what it points at.
    """

    kind: str
    outside_id: str
    space_id: int
    author_id: int | None
    body: str
    body_format: str
    published_at: datetime
    edited_at: datetime | None = None
    closed_at: datetime | None = None
    title: str = ""
    tags: tuple[str, ...] = ()
    thread: str | None = None
    parent: str | None = None
    marks: tuple[OutsideMark, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideAcceptance:
    """The asker of a question elsewhere took an answer as the solution."""

    question: str
    answer: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedSubject:
    """A message that is here now, and the marks it brought along."""

    subject: str
    outside_id: str
    space_id: int
    author_id: int | None
    published_at: datetime
    marks: tuple[OutsideMark, ...]
