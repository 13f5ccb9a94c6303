"""What the services of writing share: who comes, to what, and why they may be refused."""

from datetime import datetime

from juluo.domains.discussions import permissions, rules
from juluo.domains.discussions.models import Answer, Comment, Post, Space, SpaceMember
from juluo.domains.discussions.rules import Standing
from juluo.domains.members import queries as members
from juluo.domains.members.services import Limit, require_guidelines, take
from juluo.domains.members.types import Member
from juluo.events.base import reference
from juluo.lib.typed_text import says_something, tidy, tidy_line

Piece = Post | Answer | Comment
KINDS: dict[str, type[Piece]] = {"post": Post, "answer": Answer, "comment": Comment}
# Whoever writes: a lively evening passes, a program that floods a space does not.
WRITING = Limit(burst=80, per_hour=120)
MARKING = Limit(burst=120, per_hour=600)
KEEPING = Limit(burst=120, per_hour=600)


class NotThere(LookupError):
    """There is no such thing, or none that they may read."""


class NotAllowed(PermissionError):
    """They may see it, and may not do this with it."""


class ThreadIsClosed(Exception):
    """Nobody but moderators replies under a closed or deleted opening."""


class TooFast(Exception):
    """They did this too often in a short time."""


class Unwritable(ValueError):
    """A text cannot be kept as it is: ``field`` names which, ``problem`` says why."""

    def __init__(self, field: str, problem: str) -> None:
        """Keep what is wrong."""
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


def someone(member_id: int) -> Member:
    """Return the member who acts.

    :raises NotAllowed: if their account is closed.
    """
    member = members.active_member(member_id)
    if member is None:
        raise NotAllowed
    return member


def not_too_fast(kind: str, limit: Limit, *, member_id: int, at: datetime) -> None:
    """Count one act of a member.

    :raises TooFast: if they had too many lately.
    """
    if not take(key=f"{kind}:{member_id}", limit=limit, at=at):
        raise TooFast


def ready_to_write(member: Member, *, at: datetime) -> None:
    """Let a member write or change a text, and count it.

    :raises GuidelinesFirst: if they are to accept the guidelines before they write.
    :raises TooFast: if they wrote too much lately.
    """
    require_guidelines(member, at=at)
    not_too_fast("write", WRITING, member_id=member.pk, at=at)


def locked_space(space_id: int, member: Member) -> tuple[Space, Standing]:
    """Return a space nobody changes meanwhile, and where the member stands towards it.

    :raises NotThere: if there is none that they know of.
    """
    space = Space.objects.select_for_update(no_key=True).filter(pk=space_id).first()
    if space is None:
        raise NotThere
    standing = permissions.standing_of(member, space, _role(member, space_id))
    if not standing.may_know:
        raise NotThere
    return space, standing


def readable_standing(space_id: int, member: Member) -> Standing:
    """Return where a member stands towards a space that they may read.

    :raises NotThere: if there is none.
    """
    standing = permissions.standing(member, space_id)
    if standing is None or not standing.may_read:
        raise NotThere
    return standing


def readable_thread(post_id: int, member: Member) -> tuple[Post, Standing]:
    """Return an opening, and where the member stands; nobody waits for it.

    :raises NotThere: if there is none that they may read.
    """
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise NotThere
    return post, readable_standing(post.space_id, member)


def locked_thread(post_id: int, member: Member) -> tuple[Post, Standing]:
    """Return an opening nobody changes meanwhile, and where the member stands.

    What changes talk locks the opening first, then what stands under it: nobody waits in a circle.

    :raises NotThere: if there is none that they may read.
    """
    post = Post.objects.select_for_update(no_key=True).filter(pk=post_id).first()
    if post is None:
        raise NotThere
    return post, readable_standing(post.space_id, member)


def locked_piece(subject: str, member: Member) -> tuple[Piece, Post, Standing]:
    """Return a piece of talk by its reference, its opening (both locked), and the standing.

    :raises NotThere: if there is none that they may read.
    """
    model, pk = named(subject)
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise NotThere
    post, standing = locked_thread(opening_of(found), member)
    if isinstance(found, Post):
        return post, post, standing
    return model.objects.select_for_update(no_key=True).get(pk=pk), post, standing


def opening_of(piece: Piece) -> int:
    """Return the opening that a piece of talk stands under."""
    if isinstance(piece, Answer):
        return piece.question_id
    return piece.post_id if isinstance(piece, Comment) else piece.pk


def subject_of(piece: Piece) -> str:
    """Return the reference of a piece of talk."""
    return reference(type(piece).__name__.lower(), piece.pk)


def own_or_moderated(piece: Piece, member: Member, standing: Standing) -> bool:
    """Return whether it is their own.

    :raises NotAllowed: if it is neither their own nor theirs to keep in order.
    """
    if not standing.may_write or (piece.author_id != member.pk and not standing.may_moderate):
        raise NotAllowed
    return piece.author_id == member.pk


def text_of(field: str, text: str, *, longest: int) -> str:
    """Return a text as it is kept.

    :raises Unwritable: if it says nothing or is too long.
    """
    kept = tidy_line(text) if field == "title" else tidy(text)
    if not says_something(kept):
        raise Unwritable(field, "empty")
    if len(kept) > longest:
        raise Unwritable(field, "too_long")
    return kept


def tags_of(tags: tuple[str, ...]) -> list[str]:
    """Return tags as they are kept.

    :raises Unwritable: if there are too many, or one is too long.
    """
    kept = list(rules.tags_typed(",".join(tags)))
    if len(kept) > rules.TAGS:
        raise Unwritable("tags", "too_many")
    if any(len(tag) > rules.TAG for tag in kept):
        raise Unwritable("tags", "too_long")
    return kept


def named(subject: str) -> tuple[type[Piece], int]:
    """Return the table and the row that a reference names.

    :raises NotThere: if it names no kind of talk.
    """
    kind, _colon, number = subject.partition(":")
    if kind not in KINDS or not number.isdecimal() or len(number) > 18:
        raise NotThere
    return KINDS[kind], int(number)


def _role(member: Member, space_id: int) -> str | None:
    mine = SpaceMember.objects.filter(space_id=space_id, member_id=member.pk)
    return mine.values_list("role", flat=True).first()
