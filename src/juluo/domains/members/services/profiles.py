"""What members write and draw of themselves."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from juluo.domains.members import permissions
from juluo.domains.members.models import FormerName, Member, Profile
from juluo.domains.members.models.profiles import LONGEST_BIO
from juluo.domains.members.rules import names
from juluo.domains.members.rules.profiles import LONGEST_LINK, leads_to_a_page
from juluo.domains.members.services.audit import record_audited
from juluo.domains.members.services.limits import Limit, take
from juluo.domains.members.services.roles import NotAllowed
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.members import NameChanged, ProfileChanged, ProfileTidied
from juluo.lib.durable_files import replace_durably
from juluo.lib.home import data_home
from juluo.lib.pictures import drawn_anew

PICTURE_SIDE = 256
MOST_LINKS = 5
# Three new names at once, then one in ten days: enough for a change of mind, not for hiding.
RENAMES = Limit(burst=3, per_hour=1 / 240)
PICTURES = Limit(burst=10, per_hour=5)


class NameNotAllowed(ValueError):
    """The name hides letters, poses as a link or looks like that of a member of staff."""


class NotALink(ValueError):
    """It names no page of the web."""


class TooLong(ValueError):
    """It is more than a member's page holds."""


class TooOften(Exception):
    """It was changed so often lately that it has to wait."""


def check_name(name: str, *, member_id: int | None = None) -> str:
    """Return the name as it is kept.

    :raises NameNotAllowed: if a member may not go by it.
    """
    tidy = names.tidy(name)
    if not names.skeleton(tidy) or names.has_hidden_letters(tidy) or names.looks_like_link(tidy):
        raise NameNotAllowed
    staff = Member.objects.exclude(role=Member.Role.MEMBER)
    if member_id is not None:
        staff = staff.exclude(pk=member_id)
    if names.poses_as(tidy, staff.values_list("display_name", flat=True)):
        raise NameNotAllowed
    return tidy


@transaction.atomic
def rename(*, member_id: int, name: str, at: datetime) -> bool:
    """Let a member go by another name; staff still see the former. Return whether it is new.

    :raises NameNotAllowed: if a member may not go by it.
    :raises TooOften: if they changed it too often lately.
    """
    member = Member.objects.select_for_update().get(pk=member_id)
    if name == member.display_name:
        return False
    tidy = check_name(name, member_id=member_id)
    if tidy == member.display_name:
        return False
    if not take(key=f"rename:{member_id}", limit=RENAMES, at=at):
        raise TooOften
    FormerName.objects.create(member=member, name=member.display_name, until=at)
    member.display_name = tidy
    member.save(update_fields=["display_name"])
    subject = reference("member", member_id)
    record_audited(NameChanged(member_id=member_id), subject=subject, actor_id=member_id, at=at)
    return True


@transaction.atomic
def write_profile(*, member_id: int, bio: str, links: Sequence[str], at: datetime) -> bool:
    """Keep what a member writes of themselves; return whether anything is new.

    :raises NotALink: if a link names no page of the web.
    :raises TooLong: if they write more than a page holds.
    """
    if len(bio) > LONGEST_BIO:
        raise TooLong
    if any(len(link) > LONGEST_LINK or not leads_to_a_page(link) for link in links):
        raise NotALink
    kept, _ = Profile.objects.select_for_update().get_or_create(member_id=member_id)
    given = {"bio": bio, "links": list(dict.fromkeys(links))[:MOST_LINKS]}
    changed = [field for field, value in given.items() if getattr(kept, field) != value]
    if not changed:
        return False
    for field in changed:
        setattr(kept, field, given[field])
    kept.save()
    _record(member_id, ",".join(changed), at)
    return True


def change_picture(*, member_id: int, picture: bytes, at: datetime) -> None:
    """Let a picture stand for a member from now on; without bytes their initials do.

    :raises NotAPicture: if it is no PNG or JPEG that can be read.
    :raises TooOften: if they changed it too often lately.
    """
    if picture and not take(key=f"picture:{member_id}", limit=PICTURES, at=at):
        raise TooOften
    # Drawing takes a while: not while others wait to write.
    name = _kept(drawn_anew(picture, width=PICTURE_SIDE, height=PICTURE_SIDE)) if picture else ""
    with transaction.atomic():
        if _replace_picture(member_id, name):
            _record(member_id, "picture", at)


@transaction.atomic
def tidy_profile(*, actor_id: int, member_id: int, at: datetime, address: str | None) -> None:
    """Take away what a member wrote and drew of themselves; the audit says who did.

    :raises NotAllowed: if the actor may not.
    """
    actor = Member.objects.get(pk=actor_id)
    member = Member.objects.get(pk=member_id)
    if not permissions.can_tidy_profile(actor, member):
        raise NotAllowed
    Profile.objects.filter(member_id=member_id).update(bio="", links=[])
    _replace_picture(member_id, "")
    record_audited(
        ProfileTidied(member_id=member_id),
        subject=reference("member", member_id),
        actor_id=actor_id,
        address=address,
        at=at,
    )


@transaction.atomic
def give_words_back(*, member_id: int, bio: str, at: datetime) -> bool:
    """Give a member the words back that staff took away, unless they have written new ones."""
    blank = Profile.objects.filter(member_id=member_id, bio="")
    if not bio or not blank.update(bio=bio):
        return False
    _record(member_id, "bio", at)
    return True


def picture_folder() -> Path:
    """Return the folder of members' pictures, made if missing."""
    folder = data_home() / "pictures"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def picture_bytes(name: str) -> bytes | None:
    """Return a member's picture as PNG; None where its file is not there."""
    path = picture_folder() / f"{name}.png"
    return path.read_bytes() if name.isalnum() and path.is_file() else None


def _kept(drawn: bytes) -> str:
    """Put a picture on the disk under a name of its own; return the name."""
    name = secrets.token_hex(16)
    draft = picture_folder() / f"{name}.draft"
    draft.write_bytes(drawn)
    replace_durably(draft, draft.with_suffix(".png"))
    return name


def _replace_picture(member_id: int, name: str) -> bool:
    member = Member.objects.select_for_update().get(pk=member_id)
    before, member.picture = member.picture, name
    if before == name:
        return False
    member.save(update_fields=["picture"])
    if before:
        old = picture_folder() / f"{before}.png"
        transaction.on_commit(lambda: old.unlink(missing_ok=True))
    return True


def _record(member_id: int, fields: str, at: datetime) -> None:
    record(ProfileChanged(member_id=member_id, fields=fields), at=at, actor_id=member_id)
