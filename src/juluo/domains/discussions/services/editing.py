"""Change what was said, and keep what it said before."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from juluo.domains.discussions import rules
from juluo.domains.discussions.models import Comment, Post, Revision
from juluo.domains.discussions.services.entering import (
    NotThere,
    Piece,
    locked_piece,
    own_or_moderated,
    ready_to_write,
    someone,
    subject_of,
    tags_of,
    text_of,
)
from juluo.domains.discussions.services.tagging import keep_tags
from juluo.domains.members.services import audit
from juluo.domains.members.types import Member
from juluo.eventlog.recording import record
from juluo.events.discussions import TalkEdited
from juluo.lib.typed_text import tidy_line


class EditedMeanwhile(Exception):
    """Someone else changed the text since the form was shown."""


@transaction.atomic
def edit(
    *,
    subject: str,
    editor_id: int,
    body: str,
    at: datetime,
    title: str = "",
    tags: tuple[str, ...] | None = None,
    reason: str = "",
    edits_seen: int | None = None,
) -> int:
    """Change a piece of talk; return how many edits it has now. The text before is kept.

    Its author may, and moderators; only openings have a title and tags. ``edits_seen`` is the
    number of edits the editor knew of.

    :raises NotThere: if there is no such talk that they may read, or it is deleted.
    :raises NotAllowed: if it is not theirs to change, or nothing changes there any more.
    :raises EditedMeanwhile: if it has been changed by more edits than they knew of.
    :raises GuidelinesFirst: if they are to accept the guidelines first.
    :raises TooFast: if they wrote too much lately.
    :raises Unwritable: if a text says nothing or is too long.
    """
    editor = someone(editor_id)
    ready_to_write(editor, at=at)
    piece, post, standing = locked_piece(subject, editor)
    if piece.deleted_at is not None:
        raise NotThere
    is_own = own_or_moderated(piece, editor, standing)
    number = _edits(piece)
    if edits_seen is not None and edits_seen != number:
        raise EditedMeanwhile
    wanted = _wanted(piece, body=body, title=title, tags=tags)
    if all(getattr(piece, name) == value for name, value in wanted.items()):
        return number
    _keep_before(piece, editor, at, number + 1, reason)
    type(piece).objects.filter(pk=piece.pk).update(**wanted, edited_at=at)
    if isinstance(piece, Post) and piece.tags != wanted["tags"]:
        piece.tags = wanted["tags"]
        keep_tags([piece], anew=True)
    event = TalkEdited(
        subject_id=subject_of(piece),
        thread_id=subject_of(post),
        space_id=post.space_id,
        recipient_id=piece.author_id,
        number=number + 1,
    )
    record(event, at=at, actor_id=editor_id)
    if not is_own:
        audit(actor_id=editor_id, action=event.name, subject=subject_of(piece), at=at)
    return number + 1


@transaction.atomic
def revert(*, subject: str, number: int, editor_id: int, at: datetime, reason: str = "") -> int:
    """Give a piece of talk the text it had before an edit; an edit like any other.

    :raises NotThere: if there is no such edit. Refuses otherwise as :func:`edit` does.
    """
    piece, _post, _standing = locked_piece(subject, someone(editor_id))
    before = Revision.objects.filter(subject=subject_of(piece), number=number).first()
    if before is None:
        raise NotThere
    return edit(
        subject=subject,
        editor_id=editor_id,
        body=before.body,
        title=before.title,
        tags=tuple(str(tag) for tag in before.tags),
        reason=reason,
        at=at,
    )


def _edits(piece: Piece) -> int:
    kept = Revision.objects.filter(subject=subject_of(piece))
    return kept.aggregate(last=Max("number"))["last"] or 0


def _wanted(piece: Piece, *, body: str, title: str, tags: tuple[str, ...] | None) -> dict[str, Any]:
    longest = rules.COMMENT if isinstance(piece, Comment) else rules.BODY
    # What was brought in may be longer than what is written here; it is never cut.
    wanted: dict[str, Any] = {"body": text_of("body", body, longest=max(longest, len(piece.body)))}
    if isinstance(piece, Post):
        # Posts that came from chats have no title.
        has_none = not piece.title and not title.strip()
        longest = max(rules.TITLE, len(piece.title))
        wanted["title"] = "" if has_none else text_of("title", title, longest=longest)
        wanted["tags"] = piece.tags if tags is None else tags_of(tags)
    return wanted


def _keep_before(piece: Piece, editor: Member, at: datetime, number: int, reason: str) -> None:
    titled = {"title": piece.title, "tags": piece.tags} if isinstance(piece, Post) else {}
    Revision.objects.create(
        subject=subject_of(piece),
        number=number,
        editor=editor,
        at=at,
        reason=tidy_line(reason)[: rules.REASON],
        body=piece.body,
        body_format=piece.body_format,
        **titled,
    )
