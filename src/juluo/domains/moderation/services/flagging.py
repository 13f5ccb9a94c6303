"""Members flag what they can read."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.members.services import Limit, take
from juluo.domains.members.types import Member
from juluo.domains.messaging import queries as messaging
from juluo.domains.moderation import permissions, rules
from juluo.domains.moderation.models import Case, Flag
from juluo.domains.moderation.services import telling
from juluo.domains.moderation.services.first_aid import give_first_aid
from juluo.domains.moderation.services.refusals import (
    CannotBe,
    NeedsConsent,
    NotAllowed,
    NotThere,
    SaidNothing,
    TooMany,
)
from juluo.domains.moderation.types import Kind, Reason, Status
from juluo.eventlog.recording import record
from juluo.events.moderation import Flagged

# A bad evening passes; whoever flags all day is not helping.
FLAGS = Limit(burst=10, per_hour=10)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Something as it stands at this moment."""

    kind: str
    author_id: int | None
    space_id: int | None
    title: str
    body: str
    body_format: str
    context: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def flag(
    *,
    subject: str,
    member: Member,
    reason: str,
    words: str = "",
    consents: bool = False,
    at: datetime,
) -> bool:
    """Flag something that a member can read; return whether they had not yet.

    Nobody learns who flagged but those who decide. A private message is copied, with what was
    said before it, if the member ``consents``: it is the only way moderators see it.

    :raises NotThere: if there is no such thing that they can read.
    :raises NotAllowed: if it is their own.
    :raises NeedsConsent: if it is a private message and they do not consent.
    :raises CannotBe: if there is no such reason.
    :raises SaidNothing: if the reason is another one, and they do not say which.
    :raises TooMany: if they flagged too much lately.
    """
    if not permissions.can_flag(member):
        raise NotThere
    found = snapshot(subject=subject, viewer=member)
    if found.author_id == member.pk:
        raise NotAllowed
    kept = rules.tidy(words, rules.WORDS)
    _require_sense(found, reason, kept, consents=consents)
    if not take(key=f"flag:{member.pk}", limit=FLAGS, at=at):
        raise TooMany
    case, is_new_case = _open_case(subject, found, at)
    _row, is_new = Flag.objects.get_or_create(
        case=case, member=member, defaults={"reason": reason, "words": kept, "at": at}
    )
    if not is_new:
        return False
    record(Flagged(case_id=case.pk, kind=case.kind, reason=reason, space_id=case.space_id), at=at)
    give_first_aid(case, at=at)
    if is_new_case:
        telling.of_case(case, at=at)
    return True


def snapshot(*, subject: str, viewer: Member) -> Snapshot:
    """Return something that a member can read as it stands now.

    :raises NotThere: if there is no such thing for them.
    """
    kind, _colon, number = subject.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        raise NotThere
    found = None
    if kind in {"post", "answer", "comment"}:
        found = _talk(subject, viewer)
    elif kind == "message":
        found = _message(messaging.message_for(message_id=int(number), viewer=viewer), kind)
    elif kind == "private":
        found = _message(messaging.private_for(message_id=int(number), viewer=viewer), kind)
    elif kind == "member":
        found = _profile(int(number))
    if found is None or subject != f"{kind}:{int(number)}":
        raise NotThere
    return found


def _talk(subject: str, viewer: Member) -> Snapshot | None:
    said = discussions.piece_for(subject=subject, viewer=viewer)
    if said is None:
        return None
    return Snapshot(
        kind=said.kind,
        author_id=said.author_id,
        space_id=said.space_id,
        title=said.title,
        body=said.body,
        body_format=said.body_format,
    )


def _message(said: messaging.MessageSaid | None, kind: str) -> Snapshot | None:
    if said is None:
        return None
    return Snapshot(
        kind=kind,
        author_id=said.author_id,
        space_id=said.space_id,
        title="",
        body=said.body,
        body_format=said.body_format,
        context=[
            {"name": each.author_name, "body": each.body, "at": each.sent_at.isoformat()}
            for each in said.before
        ],
    )


def _profile(member_id: int) -> Snapshot | None:
    whose = members.active_member(member_id)
    if whose is None or whose.same_as_id is not None:
        return None
    own = members.own_profile(member_id)
    return Snapshot(
        kind=Kind.PROFILE,
        author_id=member_id,
        space_id=None,
        title=own.name,
        body="\n\n".join([own.bio, *own.links]).strip(),
        body_format="markdown",
    )


def _require_sense(found: Snapshot, reason: str, words: str, *, consents: bool) -> None:
    if reason not in Reason.values:
        raise CannotBe
    if reason == Reason.OTHER and not words:
        raise SaidNothing
    if found.kind == Kind.PRIVATE and not consents:
        raise NeedsConsent


def _open_case(subject: str, found: Snapshot, at: datetime) -> tuple[Case, bool]:
    """Return the open case about something, held until the transaction ends."""
    case, is_new = Case.objects.get_or_create(
        subject=subject,
        status=Status.OPEN,
        defaults={
            "kind": found.kind,
            "author_id": found.author_id,
            "space_id": found.space_id,
            "title": found.title[:300],
            "body": found.body,
            "body_format": found.body_format,
            "context": found.context,
            "opened_at": at,
        },
    )
    held = Case.objects.select_for_update().get(pk=case.pk)
    if held.status != Status.OPEN:
        # Decided between finding and holding it: this flag begins another.
        return _open_case(subject, found, at)
    return held, is_new
