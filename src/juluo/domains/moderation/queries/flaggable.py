"""What a member is about to flag, as the form shows it."""

from dataclasses import dataclass

from django.urls import reverse

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.messaging import queries as messaging
from juluo.domains.moderation.models import Flag
from juluo.domains.moderation.types import Status
from juluo.lib.talk_html import first_words

EXCERPT = 300


@dataclass(frozen=True, kw_only=True)
class Flaggable:
    """Something that a member can flag; ``before`` is what would be copied with it."""

    subject: str
    author_name: str
    quoted: str
    url: str
    is_mine: bool
    is_private: bool = False
    is_of_two: bool = False
    before: tuple[tuple[str, str], ...] = ()
    has_flagged: bool = False


def flaggable(*, subject: str, viewer: Member) -> Flaggable | None:
    """Return something that a member can read and flag; None where there is none for them."""
    kind, _colon, number = subject.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    if kind in {"post", "answer", "comment"}:
        return _talk(subject, viewer)
    builders = {"message": _message, "private": _private, "member": _profile}
    return builders[kind](subject, int(number), viewer) if kind in builders else None


def _talk(subject: str, viewer: Member) -> Flaggable | None:
    said = discussions.piece_for(subject=subject, viewer=viewer)
    if said is None:
        return None
    words = first_words(said.body, said.body_format, length=EXCERPT)
    return Flaggable(
        subject=subject,
        author_name=said.author_name,
        quoted=words or said.title,
        url=reverse("discussions:talk", args=[subject.replace(":", "-")]),
        is_mine=said.author_id == viewer.pk,
        has_flagged=_has_flagged(subject, viewer),
    )


def _message(subject: str, number: int, viewer: Member) -> Flaggable | None:
    said = messaging.message_for(message_id=number, viewer=viewer)
    if said is None:
        return None
    return Flaggable(
        subject=subject,
        author_name=said.author_name,
        quoted=first_words(said.body, said.body_format, length=EXCERPT),
        url=reverse("messaging:message", args=[number]),
        is_mine=said.author_id == viewer.pk,
        has_flagged=_has_flagged(subject, viewer),
    )


def _private(subject: str, number: int, viewer: Member) -> Flaggable | None:
    said = messaging.private_for(message_id=number, viewer=viewer)
    if said is None:
        return None
    before = (
        (each.author_name, first_words(each.body, "markdown", length=EXCERPT))
        for each in said.before
    )
    return Flaggable(
        subject=subject,
        author_name=said.author_name,
        quoted=first_words(said.body, said.body_format, length=EXCERPT),
        url=reverse("messaging:chats"),
        is_mine=said.author_id == viewer.pk,
        is_private=True,
        is_of_two=said.is_of_two,
        before=tuple(before),
        has_flagged=_has_flagged(subject, viewer),
    )


def _profile(subject: str, number: int, viewer: Member) -> Flaggable | None:
    found = members.active_member(number)
    if found is None or found.same_as_id is not None:
        return None
    return Flaggable(
        subject=subject,
        author_name=found.display_name,
        quoted="",
        url=reverse("members:profile", args=[number]),
        is_mine=number == viewer.pk,
        has_flagged=_has_flagged(subject, viewer),
    )


def _has_flagged(subject: str, viewer: Member) -> bool:
    mine = Flag.objects.filter(member_id=viewer.pk, case__subject=subject)
    return mine.filter(case__status=Status.OPEN).exists()
