"""What a decision about a flag does to talk: take it away until decided otherwise.

Who may decide is asked by whoever calls; here nobody is told, nothing is audited.
"""

from datetime import datetime

from django.db import transaction

from juluo.domains.discussions.models import Answer, Post
from juluo.domains.discussions.services.entering import (
    NotThere,
    Piece,
    named,
    opening_of,
    subject_of,
)
from juluo.domains.discussions.services.reacting import withdraw_acceptance
from juluo.domains.discussions.services.removing import count_under
from juluo.eventlog.recording import record
from juluo.events.discussions import TalkDeleted, TalkRestored


@transaction.atomic
def hold(*, subject: str, actor_id: int | None, at: datetime) -> bool:
    """Take a piece of talk away, as nobody's own act; return whether it stood there until now.

    :raises NotThere: if there is no such talk.
    """
    piece, post = _locked(subject)
    standing_there = type(piece).objects.filter(pk=piece.pk, deleted_at=None)
    if not standing_there.update(deleted_at=at, deleted_by_id=actor_id, is_held=True):
        return False
    count_under(piece, post, -1)
    if isinstance(piece, Answer) and post.accepted_answer_id == piece.pk:
        withdraw_acceptance(post, actor_id=actor_id, at=at)
    event = TalkDeleted(
        subject_id=subject,
        thread_id=subject_of(post),
        space_id=post.space_id,
        recipient_id=piece.author_id,
        by_author=False,
    )
    record(event, at=at, actor_id=actor_id)
    return True


@transaction.atomic
def let_go(*, subject: str, actor_id: int | None, at: datetime) -> bool:
    """Put back what a decision took away; return whether it was away by one.

    :raises NotThere: if there is no such talk.
    """
    piece, post = _locked(subject)
    held = type(piece).objects.filter(pk=piece.pk, is_held=True)
    if not held.update(deleted_at=None, deleted_by=None, delete_reason="", is_held=False):
        return False
    count_under(piece, post, 1)
    event = TalkRestored(
        subject_id=subject,
        thread_id=subject_of(post),
        space_id=post.space_id,
        recipient_id=piece.author_id,
    )
    record(event, at=at, actor_id=actor_id)
    return True


def _locked(subject: str) -> tuple[Piece, Post]:
    """Return a piece of talk and its opening: the opening locked first, as everywhere."""
    model, pk = named(subject)
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere
    post = Post.objects.select_for_update(no_key=True).get(pk=opening_of(found))
    if isinstance(found, Post):
        return post, post
    return model.objects.select_for_update(no_key=True).get(pk=pk), post
