"""Make members, and what members do with their own accounts."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from juluo.domains.members.models import Identity, Member
from juluo.domains.members.services.audit import audit
from juluo.domains.members.services.limits import drop_idle_buckets
from juluo.eventlog.recording import record
from juluo.events.base import reference
from juluo.events.members import MemberJoined, SignedIn


class EmailTaken(Exception):
    """Another account has this e-mail address."""


class OwnerExists(Exception):
    """The community has an owner already; ask them."""


def create_member(
    *,
    email: str | None,
    password: str | None = None,
    display_name: str,
    role: str = Member.Role.MEMBER,
    kind: str = Member.Kind.PERSON,
    at: datetime,
    actor_id: int | None = None,
) -> Member:
    """Create a member whose address is taken as verified.

    Without a password they can sign in only after a reset by mail; without an address, never.

    :raises EmailTaken: if another account has the address.
    """
    address = email.strip().lower() if email else None
    draft = Member(email=address, display_name=display_name, role=role, kind=kind, joined_at=at)
    # Hashing takes a quarter of a second: not while others wait to write.
    draft.set_password(password)
    return _save_new(draft, verified=True, at=at, actor_id=actor_id)


def create_owner(*, email: str, password: str, display_name: str, at: datetime) -> Member:
    """Create the community's first owner.

    :raises OwnerExists: if there is one.
    :raises EmailTaken: if another account has the address.
    """
    owner = Member(
        email=email.strip().lower(),
        display_name=display_name,
        role=Member.Role.OWNER,
        kind=Member.Kind.PERSON,
        joined_at=at,
    )
    owner.set_password(password)
    with transaction.atomic():
        if Member.objects.filter(role=Member.Role.OWNER).exists():
            raise OwnerExists
        _save_new(owner, verified=True, at=at)
        audit(actor_id=None, action="owner.created", subject=reference("member", owner.pk), at=at)
    return owner


def sign_up(*, draft: Member, at: datetime) -> Member:
    """Save a member who signs up by themselves; their address is not verified yet.

    ``draft`` has its password set already.

    :raises EmailTaken: if another account has the address.
    """
    draft.role = Member.Role.MEMBER
    draft.kind = Member.Kind.PERSON
    draft.joined_at = at
    return _save_new(draft, verified=None, at=at)


@transaction.atomic
def _save_new(
    draft: Member, *, verified: bool | None, at: datetime, actor_id: int | None = None
) -> Member:
    if draft.email and Member.objects.filter(email__iexact=draft.email).exists():
        raise EmailTaken
    draft.save()
    if draft.email and verified is not None:
        EmailAddress.objects.create(user=draft, email=draft.email, primary=True, verified=verified)
    record(MemberJoined(member_id=draft.pk), at=at, actor_id=draft.pk)
    if actor_id is not None:
        audit(
            actor_id=actor_id,
            action="member.created",
            subject=reference("member", draft.pk),
            details={"role": draft.role},
            at=at,
        )
    return draft


@transaction.atomic
def record_sign_in(*, member_id: int, at: datetime) -> None:
    """Tell the log that a member signed in."""
    record(SignedIn(member_id=member_id), at=at, actor_id=member_id)
    drop_idle_buckets(at=at)


def choose_language(*, member_id: int, language: str) -> None:
    """Remember the language a member reads in; an unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        Member.objects.filter(pk=member_id).exclude(language=language).update(language=language)


@transaction.atomic
def add_identity(
    *, member_id: int, source: str, outside_id: str, name: str = "", at: datetime | None = None
) -> Identity:
    """Tie an outside identity to a member; the same identity again changes nothing.

    :raises ValueError: if the identity belongs to another member.
    """
    identity, _ = Identity.objects.get_or_create(
        source=source,
        outside_id=outside_id,
        defaults={"member_id": member_id, "name": name, "first_seen_at": at},
    )
    if identity.member_id != member_id:
        raise ValueError(f"{identity} belongs to member {identity.member_id}")
    return identity
