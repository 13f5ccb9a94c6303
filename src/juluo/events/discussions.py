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


@dataclass(frozen=True, kw_only=True)
class SpaceChanged(Event):
    """Operators changed a space: the names of the fields that differ, parted by commas."""

    name: ClassVar[str] = "discussions.space_changed"
    space_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class SpaceArchived(Event):
    """A space was archived: it can be read, and nothing is written in it any more."""

    name: ClassVar[str] = "discussions.space_archived"
    space_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceBroughtBack(Event):
    """An archived space was taken up again."""

    name: ClassVar[str] = "discussions.space_brought_back"
    space_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceJoined(Event):
    """A member joined a space; the actor is another where they were let in or added."""

    name: ClassVar[str] = "discussions.space_joined"
    verb: ClassVar[Verb] = Verb.PRESENCE
    space_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceLeft(Event):
    """A member left a space; the actor is another where they were taken out."""

    name: ClassVar[str] = "discussions.space_left"
    space_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SpaceRoleGiven(Event):
    """A member became moderator of a space, or stopped being it."""

    name: ClassVar[str] = "discussions.space_role_given"
    space_id: int
    member_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class JoiningAsked(Event):
    """A member asked to be let into a private space."""

    name: ClassVar[str] = "discussions.joining_asked"
    space_id: int


@dataclass(frozen=True, kw_only=True)
class JoiningDeclined(Event):
    """A moderator did not let someone in who had asked."""

    name: ClassVar[str] = "discussions.joining_declined"
    space_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class TalkEdited(Event):
    """A post, question, answer or comment was changed; ``number`` counts its edits."""

    name: ClassVar[str] = "discussions.talk_edited"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class TalkDeleted(Event):
    """A post, question, answer or comment was taken away by its author or a moderator."""

    name: ClassVar[str] = "discussions.talk_deleted"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None
    by_author: bool = True


@dataclass(frozen=True, kw_only=True)
class TalkRestored(Event):
    """Something that was taken away stands in its place again."""

    name: ClassVar[str] = "discussions.talk_restored"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AcceptanceWithdrawn(Event):
    """The asker no longer says that an answer solved the question."""

    name: ClassVar[str] = "discussions.acceptance_withdrawn"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReactionWithdrawn(Event):
    """Someone took a mark back."""

    name: ClassVar[str] = "discussions.reaction_withdrawn"
    subject_id: str
    space_id: int
    recipient_id: int | None = None
    emoji: str = ""


@dataclass(frozen=True, kw_only=True)
class ThreadClosed(Event):
    """A thread was closed: nobody but moderators replies any more."""

    name: ClassVar[str] = "discussions.thread_closed"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadReopened(Event):
    """A closed thread takes replies again."""

    name: ClassVar[str] = "discussions.thread_reopened"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadPinned(Event):
    """A thread was put on top of its space."""

    name: ClassVar[str] = "discussions.thread_pinned"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadUnpinned(Event):
    """A thread stands in its space by date again."""

    name: ClassVar[str] = "discussions.thread_unpinned"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadFeatured(Event):
    """A thread was marked as especially good."""

    name: ClassVar[str] = "discussions.thread_featured"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadUnfeatured(Event):
    """A thread is no longer marked as especially good."""

    name: ClassVar[str] = "discussions.thread_unfeatured"
    subject_id: str
    thread_id: str
    space_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadMoved(Event):
    """A thread was moved into another space."""

    name: ClassVar[str] = "discussions.thread_moved"
    subject_id: str
    thread_id: str
    space_id: int
    from_space_id: int


@dataclass(frozen=True, kw_only=True)
class Bookmarked(Event):
    """Someone keeps a post to find it again."""

    name: ClassVar[str] = "discussions.bookmarked"
    verb: ClassVar[Verb] = Verb.PRESENCE
    subject_id: str
    space_id: int


@dataclass(frozen=True, kw_only=True)
class BookmarkDropped(Event):
    """Someone no longer keeps a post."""

    name: ClassVar[str] = "discussions.bookmark_dropped"
    subject_id: str
    space_id: int


@dataclass(frozen=True, kw_only=True)
class Followed(Event):
    """Someone follows a member, a thread or a tag; which tag is not told."""

    name: ClassVar[str] = "discussions.followed"
    verb: ClassVar[Verb] = Verb.PRESENCE
    kind: str
    subject_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unfollowed(Event):
    """Someone no longer follows a member, a thread or a tag."""

    name: ClassVar[str] = "discussions.unfollowed"
    kind: str
    subject_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class MarkedDuplicate(Event):
    """A question was marked as asking what another asked before, and closed."""

    name: ClassVar[str] = "discussions.marked_duplicate"
    subject_id: str
    thread_id: str
    space_id: int
    original_id: int
    recipient_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class QuestionEscalated(Event):
    """Nobody answered a question within its space's target; who keeps order there was told."""

    name: ClassVar[str] = "discussions.question_escalated"
    subject_id: str
    thread_id: str
    space_id: int
