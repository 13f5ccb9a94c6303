"""What moderators do with threads: close, pin, feature, move."""

from datetime import datetime

from django.db import transaction

from juluo.domains.discussions.models import Post
from juluo.domains.discussions.services.entering import (
    KEEPING,
    NotAllowed,
    NotThere,
    locked_thread,
    not_too_fast,
    readable_standing,
    someone,
    subject_of,
)
from juluo.domains.members.services import record_audited
from juluo.events.base import Event
from juluo.events.discussions import (
    MarkedDuplicate,
    ThreadClosed,
    ThreadFeatured,
    ThreadMoved,
    ThreadPinned,
    ThreadReopened,
    ThreadUnfeatured,
    ThreadUnpinned,
)

_Mark = type[
    ThreadClosed
    | ThreadReopened
    | ThreadPinned
    | ThreadUnpinned
    | ThreadFeatured
    | ThreadUnfeatured
]
# What each act is called: the column it sets, whether it sets or clears it, and its event.
MARKS: dict[str, tuple[str, bool, _Mark]] = {
    "close": ("closed_at", True, ThreadClosed),
    "reopen": ("closed_at", False, ThreadReopened),
    "pin": ("pinned_at", True, ThreadPinned),
    "unpin": ("pinned_at", False, ThreadUnpinned),
    "feature": ("featured_at", True, ThreadFeatured),
    "unfeature": ("featured_at", False, ThreadUnfeatured),
}


@transaction.atomic
def mark_thread(*, post_id: int, act: str, actor_id: int, at: datetime) -> bool:
    """Close, reopen, pin, unpin, feature or unfeature a thread; return whether that is news.

    The asker may close and reopen their own question; the rest is for moderators.

    :raises NotThere: if there is no such thread that they may read, or no such act.
    :raises NotAllowed: if it is not theirs to do.
    """
    if act not in MARKS:
        raise NotThere
    column, is_set, happened = MARKS[act]
    post = _kept(post_id, actor_id, at, own_will_do=column == "closed_at")
    was_other = Post.objects.filter(pk=post_id, **{f"{column}__isnull": is_set})
    if not was_other.update(**{column: at if is_set else None}):
        return False
    if act == "reopen":
        Post.objects.filter(pk=post_id).update(duplicate_of=None)
    here = subject_of(post)
    event = happened(
        subject_id=here, thread_id=here, space_id=post.space_id, recipient_id=post.author_id
    )
    _record(event, here, actor_id, at)
    return True


@transaction.atomic
def mark_duplicate(*, post_id: int, original_id: int, actor_id: int, at: datetime) -> bool:
    """Say that a question asks what another asked before, and close it; return whether it is news.

    The asker may, and moderators. Reopened, it is a question of its own again.

    :raises NotThere: if one of the two is no question that they may read.
    :raises NotAllowed: if it is not theirs to say.
    """
    post = _kept(post_id, actor_id, at, own_will_do=True)
    original = Post.objects.filter(
        pk=original_id, kind=Post.Kind.QUESTION, deleted_at=None, duplicate_of=None
    ).first()
    if original is None or post.kind != Post.Kind.QUESTION or original.pk == post.pk:
        raise NotThere
    readable_standing(original.space_id, someone(actor_id))
    if post.duplicate_of_id == original.pk:
        return False
    Post.objects.filter(pk=post.pk).update(duplicate_of=original, closed_at=post.closed_at or at)
    # Those that led here lead on to where this one leads.
    Post.objects.filter(duplicate_of=post).update(duplicate_of=original)
    here = subject_of(post)
    event = MarkedDuplicate(
        subject_id=here,
        thread_id=here,
        space_id=post.space_id,
        recipient_id=post.author_id,
        original_id=original.pk,
    )
    _record(event, here, actor_id, at)
    return True


@transaction.atomic
def move_thread(*, post_id: int, space_id: int, actor_id: int, at: datetime) -> bool:
    """Move a thread into another space; return whether it was elsewhere.

    :raises NotThere: if there is no such thread, or no such space, that they may read.
    :raises NotAllowed: unless they keep order in both spaces and both are in use.
    """
    post = _kept(post_id, actor_id, at, own_will_do=False)
    target = readable_standing(space_id, someone(actor_id))
    if not (target.may_moderate and target.may_write):
        raise NotAllowed
    if post.space_id == space_id:
        return False
    # Pinned in one space says nothing of the other.
    Post.objects.filter(pk=post_id).update(space_id=space_id, pinned_at=None)
    here = subject_of(post)
    event = ThreadMoved(
        subject_id=here, thread_id=here, space_id=space_id, from_space_id=post.space_id
    )
    _record(event, here, actor_id, at)
    return True


def _kept(post_id: int, actor_id: int, at: datetime, *, own_will_do: bool) -> Post:
    actor = someone(actor_id)
    not_too_fast("keep", KEEPING, member_id=actor_id, at=at)
    post, standing = locked_thread(post_id, actor)
    if post.deleted_at is not None:
        raise NotThere
    may = standing.may_moderate or (own_will_do and post.author_id == actor_id)
    if not (standing.may_write and may):
        raise NotAllowed
    return post


def _record(event: Event, subject: str, actor_id: int, at: datetime) -> None:
    record_audited(event, subject=subject, actor_id=actor_id, at=at)
