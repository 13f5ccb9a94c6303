"""Members as members see them, one's own page, and what one was told."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import caller
from juluo.api.errors import Refused, TooMany
from juluo.api.fields import Id, Words
from juluo.domains.members import queries as members
from juluo.domains.members import services
from juluo.domains.notifications import queries as notifications
from juluo.domains.notifications import services as telling

router = Router(tags=["profile"])


class LinkOut(Schema):
    """A link of a member."""

    url: str
    words: str


class MemberOut(Schema):
    """A member's public page; ``bio`` is safe HTML."""

    id: int
    name: str
    picture: str
    kind: str
    role_label: str
    is_staff: bool
    is_active: bool
    joined_at: datetime
    bio: str
    links: list[LinkOut]


class OwnOut(Schema):
    """What you may change of your own page."""

    id: int
    name: str
    bio: str
    links: list[str]
    picture: str


class OwnIn(Schema):
    """What changes of your page; what is absent stays."""

    name: Words = Field("", max_length=60)
    bio: Words = Field("", max_length=2000)
    links: list[Words] = Field([], max_length=5)


class ToldOut(Schema):
    """Something you were told."""

    id: int
    words: str
    url: str
    told_at: datetime
    is_read: bool


class Listed(Schema):
    """Which of them."""

    before: Id | None = None
    limit: int = Field(30, ge=1, le=100)


class ReadIn(Schema):
    """Which you have read; all of them where nothing is said."""

    ids: list[Id] | None = Field(None, max_length=500)


@router.get("/me/", response=OwnOut, summary="Read your own page")
def me(request: HttpRequest) -> Any:
    """Return what you may change of your own page."""
    member = caller(request).member
    return {"id": member.pk, **vars(members.own_profile(member.pk))}


@router.patch("/me/", response=OwnOut, summary="Change your own page")
@transaction.atomic
def change(request: HttpRequest, given: OwnIn) -> Any:
    """Change your name, what you write of yourself, and your links."""
    member = caller(request).member
    now, old = timezone.now(), members.own_profile(member.pk)
    wanted = {**vars(old), **given.dict(exclude_unset=True)}
    try:
        if wanted["name"] != old.name:
            name = services.check_name(wanted["name"], member_id=member.pk)
            services.rename(member_id=member.pk, name=name, at=now)
        services.write_profile(
            member_id=member.pk, bio=wanted["bio"], links=list(wanted["links"]), at=now
        )
    except services.NameNotAllowed:
        raise Refused("Nobody can go by this name.", name="not allowed") from None
    except services.NotALink:
        raise Refused("A link names a page of the web.", links="not a link") from None
    except services.TooLong:
        raise Refused("This is more than a page holds.", bio="too long") from None
    except services.TooOften:
        raise TooMany from None
    return {"id": member.pk, **vars(members.own_profile(member.pk))}


@router.get("/members/{int:member_id}/", response=MemberOut, summary="Read a member's page")
def member(request: HttpRequest, member_id: int) -> Any:
    """Return a member's public page."""
    found = members.profile(viewer=caller(request).member, member_id=member_id)
    if found is None:
        raise Http404
    return found


@router.get("/notifications/", response=list[ToldOut], summary="Read what you were told")
def told(request: HttpRequest, listed: Query[Listed]) -> Any:
    """Return what you were told, newest first; ask on with ``before``."""
    return notifications.inbox(
        member_id=caller(request).member.pk, before_id=listed.before, limit=listed.limit
    )


@router.post("/notifications/read/", response={204: None}, summary="Mark as read")
def read(request: HttpRequest, given: ReadIn) -> Any:
    """Mark some, or all, of what you were told as read."""
    telling.mark_read(
        member_id=caller(request).member.pk, notification_ids=given.ids, at=timezone.now()
    )
    return Status(204, None)
