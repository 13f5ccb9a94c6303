"""Take talk away and put it back; its place is kept, and so is its text."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Answer, Comment, Post
from juluo.domains.discussions.services import telling
from juluo.domains.discussions.services.entering import (
    KEEPING,
    NotAllowed,
    Piece,
    Unwritable,
    locked_piece,
    not_too_fast,
    own_or_moderated,
    someone,
    subject_of,
)
from juluo.domains.discussions.services.reacting import withdraw_acceptance
from juluo.domains.members.services import audit
from juluo.eventlog.recording import record
from juluo.events.discussions import TalkDeleted, TalkRestored
from juluo.lib.typed_text import says_something, tidy_line


@transaction.atomic
def delete(*, subject: str, actor_id: int, at: datetime, reason: str = "") -> bool:
    """Take a piece of talk away; return whether it stood there until now.

    Its author may, and moderators, who say why: the author is told.

    :raises NotThere: if there is no such talk that they may read.
    :raises NotAllowed: if it is not theirs to take away, or nothing changes there any more.
    :raises Unwritable: if a moderator gives no reason.
    """
    actor = someone(actor_id)
    not_too_fast("keep", KEEPING, member_id=actor_id, at=at)
    piece, post, standing = locked_piece(subject, actor)
    is_own = own_or_moderated(piece, actor, standing)
    why = tidy_line(reason)[: rules.REASON]
    if not is_own and not says_something(why):
        raise Unwritable("reason", "empty")
    standing_there = type(piece).objects.filter(pk=piece.pk, deleted_at=None)
    if not standing_there.update(deleted_at=at, deleted_by=actor, delete_reason=why):
        return False
    count_under(piece, post, -1)
    if isinstance(piece, Answer) and post.accepted_answer_id == piece.pk:
        withdraw_acceptance(post, actor_id=actor_id, at=at)
    event = TalkDeleted(
        subject_id=subject_of(piece),
        thread_id=subject_of(post),
        space_id=post.space_id,
        recipient_id=piece.author_id,
        by_author=is_own,
    )
    record(event, at=at, actor_id=actor_id)
    if not is_own:
        audit(actor_id=actor_id, action=event.name, subject=subject_of(piece), at=at)
        telling.of_deletion(post, piece, actor=actor, at=at)
    return True


@transaction.atomic
def restore(*, subject: str, actor_id: int, at: datetime) -> bool:
    """Put a piece of talk back in its place; return whether it was away.

    Moderators may, and authors what they took away themselves.

    :raises NotThere: if there is no such talk that they may read.
    :raises NotAllowed: if it is not theirs to put back.
    """
    actor = someone(actor_id)
    not_too_fast("keep", KEEPING, member_id=actor_id, at=at)
    piece, post, standing = locked_piece(subject, actor)
    is_own = own_or_moderated(piece, actor, standing)
    if is_own and piece.is_held:
        raise NotAllowed
    if is_own and not standing.may_moderate and piece.deleted_by_id not in {None, actor_id}:
        raise NotAllowed
    away = type(piece).objects.filter(pk=piece.pk).exclude(deleted_at=None)
    if not away.update(deleted_at=None, deleted_by=None, delete_reason="", is_held=False):
        return False
    count_under(piece, post, 1)
    event = TalkRestored(
        subject_id=subject_of(piece),
        thread_id=subject_of(post),
        space_id=post.space_id,
        recipient_id=piece.author_id,
    )
    record(event, at=at, actor_id=actor_id)
    if not is_own:
        audit(actor_id=actor_id, action=event.name, subject=subject_of(piece), at=at)
    return True


def count_under(piece: Piece, post: Post, change: int) -> None:
    """Count what stands under an opening: one more, or one less."""
    columns: dict[type[Piece], str] = {Answer: "answer_count", Comment: "comment_count"}
    column = columns.get(type(piece))
    if column is None:
        return
    enough = Post.objects.filter(pk=post.pk, **{f"{column}__gte": max(-change, 0)})
    enough.update(**{column: F(column) + change})
    Post.objects.filter(pk=post.pk).update(last_reply_at=_last_reply(post))


def _last_reply(post: Post) -> datetime | None:
    """Return when the newest reply that stands under an opening came."""
    standing = (
        Answer.objects.filter(question=post, deleted_at=None),
        Comment.objects.filter(post=post, deleted_at=None),
    )
    newest = [rows.aggregate(at=Max("published_at"))["at"] for rows in standing]
    return max((at for at in newest if at is not None), default=None)
