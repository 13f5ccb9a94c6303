"""What members see of each other."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.safestring import SafeString

from juluo.domains.members import permissions
from juluo.domains.members.models import CompositionAnswer, FormerName, Member, Profile
from juluo.domains.members.queries.composition_words import LABELS, Words, worded
from juluo.domains.members.rules.composition import ASKED
from juluo.lib.talk_html import talk_html


@dataclass(frozen=True, kw_only=True)
class LinkView:
    """A link of a member: its address, and the part of it people read."""

    url: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a member shows of themselves of one thing."""

    label: Words
    values: tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class ProfileView:
    """A member's public page as one viewer sees it; ``bio`` is safe HTML."""

    id: int
    # The member that someone known from elsewhere turned out to be.
    same_as_id: int | None
    name: str
    picture: str
    kind: str
    kind_label: str
    role_label: str
    is_staff: bool
    is_active: bool
    joined_at: datetime
    bio: SafeString | str
    links: tuple[LinkView, ...]
    said: tuple[Said, ...]
    is_mine: bool
    may_tidy: bool


@dataclass(frozen=True, kw_only=True)
class OwnProfile:
    """What a member may change of their own page."""

    name: str
    bio: str
    links: tuple[str, ...]
    picture: str


@dataclass(frozen=True, kw_only=True)
class OwnAnswer:
    """What a member said of one thing, and who may know."""

    chosen: tuple[str, ...]
    seen: str


def picture_url(member_id: int, picture: str) -> str:
    """Return the address of a member's picture; empty where they have none."""
    return reverse("members:picture", args=[member_id, picture]) if picture else ""


def picture_urls(member_ids: Collection[int]) -> dict[int, str]:
    """Return the addresses of the pictures of those who have one. One query."""
    rows = Member.objects.filter(pk__in=member_ids).exclude(picture="")
    return {pk: picture_url(pk, name) for pk, name in rows.values_list("pk", "picture")}


def profile(*, viewer: Member, member_id: int) -> ProfileView | None:
    """Return a member's public page; None where there is no such member. Three queries.

    Of a closed account only the name remains: what it said of itself may be why it is closed.
    """
    member = Member.objects.select_related("profile").filter(pk=member_id).first()
    if member is None:
        return None
    own = getattr(member, "profile", None) if member.is_active else None
    return ProfileView(
        id=member.pk,
        same_as_id=member.same_as_id,
        name=member.display_name,
        picture=picture_url(member.pk, member.picture) if member.is_active else "",
        kind=member.kind,
        kind_label=member.get_kind_display(),
        role_label=member.get_role_display(),
        is_staff=member.is_staff,
        is_active=member.is_active,
        joined_at=member.joined_at,
        bio=talk_html(own.bio, "markdown") if own and own.bio else "",
        links=tuple(_link(each) for each in own.links) if own else (),
        said=_said(member_id) if member.is_active else (),
        is_mine=viewer.pk == member_id,
        may_tidy=permissions.can_tidy_profile(viewer, member),
    )


def own_profile(member_id: int) -> OwnProfile:
    """Return what a member can change of their page."""
    member = Member.objects.select_related("profile").get(pk=member_id)
    own = getattr(member, "profile", None) or Profile()
    return OwnProfile(
        name=member.display_name,
        bio=own.bio,
        links=tuple(own.links),
        picture=picture_url(member.pk, member.picture),
    )


def own_answers(member_id: int) -> dict[str, OwnAnswer]:
    """Return what a member said of themselves, by what they were asked."""
    rows = CompositionAnswer.objects.filter(member_id=member_id)
    return {each.asked: OwnAnswer(chosen=tuple(each.chosen), seen=each.seen) for each in rows}


def former_names(member_id: int) -> list[tuple[str, datetime]]:
    """Return the names a member went by before and until when, newest first; for staff."""
    rows = FormerName.objects.filter(member_id=member_id).order_by("-pk")
    return list(rows.values_list("name", "until"))


def has_picture(*, member_id: int, picture: str) -> bool:
    """Whether this is the picture of this member now."""
    return bool(picture) and Member.objects.filter(pk=member_id, picture=picture).exists()


def _said(member_id: int) -> tuple[Said, ...]:
    shown = CompositionAnswer.objects.filter(
        member_id=member_id, seen=CompositionAnswer.Seen.MEMBERS
    )
    chosen = dict(shown.values_list("asked", "chosen"))
    return tuple(
        Said(label=LABELS[each.key], values=tuple(worded(each.key, chosen[each.key])))
        for each in ASKED
        if chosen.get(each.key)
    )


def _link(url: str) -> LinkView:
    parts = urlsplit(url)
    return LinkView(url=url, words=(parts.netloc + parts.path.rstrip("/"))[:60])
