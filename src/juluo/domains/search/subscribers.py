"""Whatever is said, changed or taken away is found, or no longer found, a moment later."""

from datetime import datetime

from juluo.domains.search import services, tasks
from juluo.eventlog.subscriptions import subscribe
from juluo.events.discussions import (
    AnswerGiven,
    CommentWritten,
    PostPublished,
    QuestionAsked,
    TalkDeleted,
    TalkEdited,
    TalkRestored,
)
from juluo.events.importing import ImportFinished
from juluo.events.members import BecameOne, MemberJoined, NameChanged, PartedAgain
from juluo.events.messaging import (
    MessageEdited,
    MessagePutBack,
    MessageSent,
    MessageTakenBack,
)

# ruff: noqa: ARG001 - each is told what every subscriber is told


@subscribe(PostPublished)
def follow_post(event: PostPublished, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(QuestionAsked)
def follow_question(event: QuestionAsked, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(AnswerGiven)
def follow_answer(event: AnswerGiven, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(CommentWritten)
def follow_comment(event: CommentWritten, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(TalkEdited)
def follow_edit(event: TalkEdited, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(TalkDeleted)
def follow_deletion(event: TalkDeleted, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(TalkRestored)
def follow_return(event: TalkRestored, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(MessageSent)
def follow_message(event: MessageSent, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(MessageEdited)
def follow_message_edit(event: MessageEdited, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(MessageTakenBack)
def follow_message_deletion(event: MessageTakenBack, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(MessagePutBack)
def follow_message_return(event: MessagePutBack, *, record_id: int, at: datetime) -> None:
    """Take its words as they are now."""
    services.refresh(event.subject_id)


@subscribe(BecameOne)
def follow_becoming_one(event: BecameOne, *, record_id: int, at: datetime) -> None:
    """Find one member where there were two, with what both said, which a walk brings up to date."""
    for member_id in (event.member_id, event.person_id):
        services.refresh(f"member:{member_id}")
    tasks.sweep.enqueue()


@subscribe(PartedAgain)
def follow_parting(event: PartedAgain, *, record_id: int, at: datetime) -> None:
    """Find both again, each with their own."""
    for member_id in (event.member_id, event.person_id):
        services.refresh(f"member:{member_id}")
    tasks.sweep.enqueue()


@subscribe(MemberJoined)
def follow_joining(event: MemberJoined, *, record_id: int, at: datetime) -> None:
    """Take the member's name as it is now."""
    services.refresh(f"member:{event.member_id}")


@subscribe(NameChanged)
def follow_name(event: NameChanged, *, record_id: int, at: datetime) -> None:
    """Take the member's name as it is now."""
    services.refresh(f"member:{event.member_id}")


@subscribe(ImportFinished)
def follow_import(event: ImportFinished, *, record_id: int, at: datetime) -> None:
    """Take the words of everything that was brought in, in the background."""
    tasks.sweep.enqueue()
