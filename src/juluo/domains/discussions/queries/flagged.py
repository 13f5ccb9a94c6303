"""Talk as whoever flags it, and whoever decides about it, needs it."""

from dataclasses import dataclass

from juluo.domains.discussions.models import Answer, Comment, Post, Revision, SpaceMember
from juluo.domains.discussions.queries.talk import readable_piece
from juluo.domains.members.permissions import Viewer, can_read_spaces
from juluo.events.base import reference

_MODELS: dict[str, type[Post | Answer | Comment]] = {
    "post": Post,
    "answer": Answer,
    "comment": Comment,
}


@dataclass(frozen=True, kw_only=True)
class PieceSaid:
    """A piece of talk with its words as they were typed; ``kind`` tells posts from questions."""

    subject: str
    kind: str
    author_id: int | None
    author_name: str
    space_id: int
    title: str
    body: str
    body_format: str
    is_away: bool


def piece_for(*, subject: str, viewer: Viewer) -> PieceSaid | None:
    """Return a piece of talk to a member who may read it, while it stands there."""
    found = readable_piece(subject, viewer)
    if found is None or not can_read_spaces(viewer):
        return None
    piece, post, _standing = found
    if piece.deleted_at is not None or post.deleted_at is not None:
        return None
    return _said(piece, post)


def piece_now(subject: str) -> PieceSaid | None:
    """Return a piece of talk as it is now; whether they may see it is the caller's to ask."""
    kind, _colon, number = subject.partition(":")
    if kind not in _MODELS or not number.isdecimal() or len(number) > 18:
        return None
    piece = _MODELS[kind].objects.select_related("author").filter(pk=number).first()
    if piece is None:
        return None
    if isinstance(piece, Post):
        return _said(piece, piece)
    return _said(piece, piece.question if isinstance(piece, Answer) else piece.post)


def moderated_space_ids(member_id: int) -> list[int]:
    """Return the spaces whose moderator a member is. One query."""
    rows = SpaceMember.objects.filter(member_id=member_id, role=SpaceMember.Role.MODERATOR)
    return list(rows.values_list("space_id", flat=True))


def moderator_ids(space_id: int) -> list[int]:
    """Return the members who are moderators of a space and can sign in. One query."""
    rows = SpaceMember.objects.filter(
        space_id=space_id, role=SpaceMember.Role.MODERATOR, member__is_active=True
    )
    return list(rows.values_list("member_id", flat=True))


def has_written(*, author_id: int, words: str) -> bool:
    """Whether something that was brought in from elsewhere by this author holds these words."""
    for kind, model in _MODELS.items():
        rows = model.objects.filter(author_id=author_id, body__icontains=words)
        ids = rows.exclude(source="native").values_list("pk", flat=True)[:50]
        names = {reference(kind, pk) for pk in ids}
        # What was edited here proves nothing: someone else may have written the words into it.
        edited = Revision.objects.filter(subject__in=names).values_list("subject", flat=True)
        if names - set(edited):
            return True
    return False


def _said(piece: Post | Answer | Comment, post: Post) -> PieceSaid:
    kind = type(piece).__name__.lower()
    return PieceSaid(
        subject=reference(kind, piece.pk),
        kind=piece.kind if isinstance(piece, Post) else kind,
        author_id=piece.author_id,
        author_name=piece.author.display_name if piece.author else "",
        space_id=post.space_id,
        title=post.title,
        body=piece.body,
        body_format=piece.body_format,
        is_away=piece.deleted_at is not None,
    )
