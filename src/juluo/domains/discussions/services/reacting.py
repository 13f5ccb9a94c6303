"""Marks on talk: reactions, acceptances and bookmarks."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Answer, Bookmark, Post, Reaction
from juluo.domains.discussions.rules import Standing
from juluo.domains.discussions.services import telling
from juluo.domains.discussions.services.entering import (
    MARKING,
    NotAllowed,
    NotThere,
    Piece,
    locked_piece,
    not_too_fast,
    readable_standing,
    someone,
    subject_of,
)
from juluo.domains.members.services import audit
from juluo.domains.members.types import Member
from juluo.eventlog.recording import NATIVE, record
from juluo.events.base import reference
from juluo.events.discussions import (
    AcceptanceWithdrawn,
    AnswerAccepted,
    BookmarkDropped,
    Bookmarked,
    Reacted,
    ReactionWithdrawn,
)
from juluo.lib.outside_keys import outside_key


@transaction.atomic
def react(*, subject: str, emoji: str, member_id: int, at: datetime) -> bool:
    """Put a member's mark on a piece of talk; return whether it is new.

    :raises NotThere: if there is no such talk that they may read, or no such mark.
    :raises NotAllowed: if it is their own, or nothing changes there any more.
    :raises TooFast: if they marked too much lately.
    """
    piece, post = _markable(subject, emoji, someone(member_id), at)
    mark = {"subject": subject_of(piece), "member_id": member_id, "emoji": emoji}
    _row, is_new = Reaction.objects.get_or_create(**mark, defaults={"at": at})
    if is_new:
        _count(piece, emoji, 1)
        event = Reacted(
            subject_id=subject_of(piece),
            space_id=post.space_id,
            recipient_id=piece.author_id,
            emoji=emoji,
        )
        # Given, taken back and given again, it was one reaction.
        name = salted_hmac("discussions.reacted", f"{subject_of(piece)}/{member_id}/{emoji}")
        key = outside_key(NATIVE, "reacted", name.hexdigest())
        record(event, at=at, actor_id=member_id, key=key)
    return is_new


@transaction.atomic
def unreact(*, subject: str, emoji: str, member_id: int, at: datetime) -> bool:
    """Take a member's mark back; return whether there was one. Refuses as :func:`react` does."""
    piece, post = _markable(subject, emoji, someone(member_id), at)
    mine = Reaction.objects.filter(subject=subject_of(piece), member_id=member_id, emoji=emoji)
    deleted, _ = mine.delete()
    if deleted:
        _count(piece, emoji, -1)
        event = ReactionWithdrawn(
            subject_id=subject_of(piece),
            space_id=post.space_id,
            recipient_id=piece.author_id,
            emoji=emoji,
        )
        record(event, at=at, actor_id=member_id)
    return bool(deleted)


def _markable(subject: str, emoji: str, member: Member, at: datetime) -> tuple[Piece, Post]:
    not_too_fast("mark", MARKING, member_id=member.pk, at=at)
    piece, post, standing = locked_piece(subject, member)
    if emoji not in rules.REACTIONS or piece.deleted_at is not None:
        raise NotThere
    if not standing.may_write or piece.author_id == member.pk:
        raise NotAllowed
    return piece, post


def _count(piece: Piece, emoji: str, change: int) -> None:
    """Count a mark on a locked row."""
    counts = dict(piece.reaction_counts) if isinstance(piece.reaction_counts, dict) else {}
    counts[emoji] = max(int(counts.get(emoji, 0)) + change, 0)
    piece.reaction_counts = {mark: count for mark, count in counts.items() if count}
    piece.votes = rules.votes(piece.reaction_counts)
    piece.save(update_fields=["reaction_counts", "votes"])


@transaction.atomic
def accept_answer(*, answer_id: int, actor_id: int, at: datetime) -> bool:
    """Say that an answer solved its question, in place of another if there was one.

    The asker may, and moderators. Its author is told. Return whether that is new.

    :raises NotThere: if there is no such answer that they may read.
    :raises NotAllowed: if it is not theirs to say.
    """
    actor = someone(actor_id)
    answer, question, _standing = _solving(answer_id, actor)
    if question.accepted_answer_id == answer.pk:
        return False
    if question.accepted_answer_id is not None:
        withdraw_acceptance(question, actor_id=actor_id, at=at)
    Post.objects.filter(pk=question.pk).update(accepted_answer=answer.pk)
    event = AnswerAccepted(
        subject_id=subject_of(answer),
        thread_id=subject_of(question),
        space_id=question.space_id,
        recipient_id=answer.author_id,
    )
    # Accepted, withdrawn and accepted again, it was one solution.
    record(event, at=at, actor_id=actor_id, key=outside_key(NATIVE, "accepted", answer.pk))
    _audit_for_others("discussions.answer_accepted", question, answer, actor, at)
    telling.of_acceptance(question, answer, actor=actor, at=at)
    return True


@transaction.atomic
def unaccept_answer(*, answer_id: int, actor_id: int, at: datetime) -> bool:
    """Say that an answer did not solve its question after all; refuses as accepting does."""
    actor = someone(actor_id)
    answer, question, _standing = _solving(answer_id, actor)
    if question.accepted_answer_id != answer.pk:
        return False
    withdraw_acceptance(question, actor_id=actor_id, at=at)
    _audit_for_others("discussions.acceptance_withdrawn", question, answer, actor, at)
    return True


def withdraw_acceptance(question: Post, *, actor_id: int | None, at: datetime) -> None:
    """Take the accepted mark off a locked question that has an accepted answer."""
    answer = Answer.objects.get(pk=question.accepted_answer_id or 0)
    Post.objects.filter(pk=question.pk).update(accepted_answer=None)
    question.accepted_answer = None
    event = AcceptanceWithdrawn(
        subject_id=subject_of(answer),
        thread_id=subject_of(question),
        space_id=question.space_id,
        recipient_id=answer.author_id,
    )
    record(event, at=at, actor_id=actor_id)


def _solving(answer_id: int, actor: Member) -> tuple[Answer, Post, Standing]:
    answer, question, standing = locked_piece(reference("answer", answer_id), actor)
    if not isinstance(answer, Answer) or answer.deleted_at or question.deleted_at:
        raise NotThere
    may = question.author_id == actor.pk or standing.may_moderate
    if not (standing.may_write and may):
        raise NotAllowed
    return answer, question, standing


def _audit_for_others(
    action: str, question: Post, answer: Answer, actor: Member, at: datetime
) -> None:
    if question.author_id != actor.pk:
        details = {"answer": answer.pk}
        audit(actor_id=actor.pk, action=action, subject=subject_of(question), details=details,
              at=at)  # fmt: skip


@transaction.atomic
def bookmark(*, post_id: int, member_id: int, at: datetime) -> bool:
    """Keep a post to find it again; return whether that is new.

    :raises NotThere: if there is no such post that they may read.
    :raises TooFast: if they marked too much lately.
    """
    post = _keepable(post_id, member_id, at)
    _row, is_new = Bookmark.objects.get_or_create(
        post=post, member_id=member_id, defaults={"at": at}
    )
    if is_new:
        event = Bookmarked(subject_id=subject_of(post), space_id=post.space_id)
        record(event, at=at, actor_id=member_id)
    return is_new


@transaction.atomic
def drop_bookmark(*, post_id: int, member_id: int, at: datetime) -> bool:
    """No longer keep a post; return whether they did."""
    mine = Bookmark.objects.filter(post_id=post_id, member_id=someone(member_id).pk)
    post = Post.objects.filter(pk=post_id).first()
    deleted, _ = mine.delete()
    if deleted and post is not None:
        event = BookmarkDropped(subject_id=subject_of(post), space_id=post.space_id)
        record(event, at=at, actor_id=member_id)
    return bool(deleted)


def _keepable(post_id: int, member_id: int, at: datetime) -> Post:
    member = someone(member_id)
    not_too_fast("mark", MARKING, member_id=member_id, at=at)
    post = Post.objects.filter(pk=post_id, deleted_at=None).first()
    if post is None:
        raise NotThere
    readable_standing(post.space_id, member)
    return post
