"""Tell members what was said to them; nobody is told of what they may not read."""

from datetime import datetime

from django.urls import reverse

from juluo.domains.discussions import permissions
from juluo.domains.discussions.models import Answer, Comment, Post, Space, SpaceMember
from juluo.domains.discussions.services.entering import Piece, subject_of
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.notifications.services import tell
from juluo.lib.talk_html import first_words


def of_reply(
    post: Post,
    reply: Answer | Comment,
    *,
    recipient_id: int | None,
    actor: Member,
    at: datetime,
) -> None:
    """Tell someone that they were answered."""
    kind = "answered" if isinstance(reply, Answer) else "commented"
    _tell(kind, post, reply, recipient_id=recipient_id, actor=actor, at=at)


def of_acceptance(question: Post, answer: Answer, *, actor: Member, at: datetime) -> None:
    """Tell the author of an answer that it was accepted."""
    _tell("accepted", question, answer, recipient_id=answer.author_id, actor=actor, at=at)


def of_deletion(post: Post, piece: Piece, *, actor: Member, at: datetime) -> None:
    """Tell an author that a moderator took away what they wrote."""
    _tell("deleted", post, piece, recipient_id=piece.author_id, actor=actor, at=at)


def tell_watchers(*, subject: str, at: datetime) -> None:
    """Tell those who watch a space that something was opened in it, if it still stands there."""
    _kind, _colon, number = subject.partition(":")
    post = Post.objects.select_related("author").filter(pk=int(number), deleted_at=None).first()
    if post is None:
        return
    watching = SpaceMember.objects.filter(
        space_id=post.space_id, level=SpaceMember.Level.WATCHING, member__is_active=True
    ).exclude(member_id=post.author_id or 0)
    for member_id in watching.values_list("member_id", flat=True):
        tell(
            member_id=member_id,
            kind="discussions.opened",
            key=f"discussions.opened:{post.pk}",
            facts={"who": _name(post.author), "title": title_of(post)},
            url=reverse("discussions:post", args=[post.pk]),
            at=at,
        )


def of_request(space: Space, *, actor: Member, at: datetime) -> None:
    """Tell the moderators of a space that someone asks to be let in."""
    keepers = SpaceMember.objects.filter(
        space=space, role=SpaceMember.Role.MODERATOR, member__is_active=True
    )
    told = list(keepers.values_list("member_id", flat=True))
    for member_id in told or [pk for pk, _name in members.staff()]:
        tell(
            member_id=member_id,
            kind="discussions.joining_asked",
            key=f"discussions.joining_asked:{space.pk}:{actor.pk}:{at:%Y-%m-%d}",
            facts={"who": actor.display_name, "space": space.name},
            url=reverse("discussions:space_members", args=[space.pk]),
            at=at,
        )


def of_letting_in(space: Space, *, member_id: int, at: datetime) -> None:
    """Tell a member that they were let into a space."""
    tell(
        member_id=member_id,
        kind="discussions.let_in",
        key=f"discussions.let_in:{space.pk}:{at:%Y-%m-%dT%H}",
        facts={"space": space.name},
        url=reverse("web:space", args=[space.pk]),
        at=at,
    )


def title_of(post: Post) -> str:
    """Return a post's title, or its first words where it has none."""
    return post.title or first_words(post.body, post.body_format, length=60)


def _tell(
    kind: str,
    post: Post,
    piece: Piece,
    *,
    recipient_id: int | None,
    actor: Member,
    at: datetime,
) -> None:
    if recipient_id is None or recipient_id == actor.pk:
        return
    recipient = members.active_member(recipient_id)
    if recipient is None or recipient.email is None or not _listens(recipient, post.space_id):
        return
    name = subject_of(piece)
    tell(
        member_id=recipient_id,
        kind=f"discussions.{kind}",
        key=f"discussions.{kind}:{name}:{at:%Y%m%d}" if kind == "deleted" else f"{kind}:{name}",
        facts={"who": actor.display_name, "title": title_of(post)},
        url=reverse("discussions:talk", args=[name.replace(":", "-")]),
        at=at,
    )


def _listens(member: Member, space_id: int) -> bool:
    """Whether a member may read a space and has not muted it."""
    muted = SpaceMember.objects.filter(
        space_id=space_id, member_id=member.pk, level=SpaceMember.Level.MUTED
    )
    return permissions.can_read_space(member, space_id) and not muted.exists()


def _name(author: Member | None) -> str:
    return author.display_name if author else "–"
