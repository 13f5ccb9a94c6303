"""What can happen in spaces: posts, questions, answers, comments and reactions.

``thread_id`` is the opening that a contribution stands under (an opening is its own thread);
``parent_id`` is the message it points at, absent where it points at none; ``recipient_id`` is
the author of that message, or else of the opening.
"""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event, Verb


@dataclass(frozen=True, kw_only=True)
class SpaceOpened(Event):
    """A space was opened."""

    name: ClassVar[str] = "discussions.space_opened"
    space_id: int


@dataclass(frozen=True, kw_only=True)
class PostPublished(Event):
    """An opening post appeared."""

    name: ClassVar[str] = "discussions.post_published"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """An opening question appeared."""

    name: ClassVar[str] = "discussions.question_asked"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerGiven(Event):
    """An answer to a question appeared."""

    name: ClassVar[str] = "discussions.answer_given"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    parent_id: str
    space_id: int
    recipient_id: int | None = None
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class CommentWritten(Event):
    """A comment under a post, a question or an answer appeared."""

    name: ClassVar[str] = "discussions.comment_written"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int
    parent_id: str | None = None
    recipient_id: int | None = None
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    """The asker said which answer solved the question: ``subject_id`` is the answer."""

    name: ClassVar[str] = "discussions.answer_accepted"
    verb: ClassVar[Verb] = Verb.CONTRIBUTION
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reacted(Event):
    """One person's mark on a message, or ``value`` marks whose people were not recorded.

    The actor is absent for a bare count. ``dated`` is False where the source gives no time
    and the time of the message stands in.
    """

    name: ClassVar[str] = "discussions.reacted"
    verb: ClassVar[Verb] = Verb.PARTICIPATION
    subject_id: str
    space_id: int | None = None
    recipient_id: int | None = None
    value: float = 1
    emoji: str = ""
    dated: bool = True
