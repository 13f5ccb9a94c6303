"""What a member has read: a state of theirs, not a fact for the log."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import Post, SpaceMember, ThreadRead
from juluo.domains.discussions.services.entering import NotThere, someone


@transaction.atomic
def mark_thread_read(*, post_id: int, member_id: int, until: datetime) -> bool:
    """Keep that a member has read a thread up to a moment; return whether that is news.

    It never goes back. Whoever asks has shown them the thread.
    """
    mine = ThreadRead.objects.filter(post_id=post_id, member_id=member_id)
    if mine.filter(read_at__lt=until).update(read_at=until):
        return True
    _row, is_new = ThreadRead.objects.get_or_create(
        post_id=post_id, member_id=member_id, defaults={"read_at": until}
    )
    return is_new


@transaction.atomic
def mark_space_read(*, space_id: int, member_id: int, at: datetime) -> bool:
    """Let everything said in a space until now count as read; return whether that is news.

    :raises NotThere: if there is no such space that they may read and have joined.
    """
    if not permissions.can_read_space(someone(member_id), space_id):
        raise NotThere
    mine = SpaceMember.objects.filter(space_id=space_id, member_id=member_id)
    if not mine.exists():
        raise NotThere
    older = mine.filter(Q(read_at=None) | Q(read_at__lt=at))
    return bool(older.update(read_at=at))


def keep_up(post: Post, *, member_id: int, at: datetime) -> None:
    """Whoever had read everything before they replied has read their own reply, too."""
    before = post.last_reply_at or post.published_at
    mine = ThreadRead.objects.filter(post=post, member_id=member_id, read_at__gte=before)
    mine.filter(read_at__lt=at).update(read_at=at)


def later(at: datetime) -> Greatest:
    """Return, for an update, when a thread was last replied to once this reply stands there."""
    return Greatest(Coalesce(F("last_reply_at"), at), at)
