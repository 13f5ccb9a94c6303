"""What others may know of members, as frozen rows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from juluo.domains.members import permissions
from juluo.domains.members.models import AuditEntry, Identity, Member
from juluo.domains.members.queries.same_people import also
from juluo.eventlog import reading
from juluo.events.members import KindChanged

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """One member in a list; ``email`` only where the viewer may see it."""

    id: int
    name: str
    email: str | None
    role: str
    role_label: str
    kind: str
    kind_label: str
    is_active: bool
    sources: tuple[str, ...]
    joined_at: datetime
    contributions: int
    last_seen_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MemberPage:
    """One page of the list; ``next_after`` names the place to go on from, if there is more."""

    rows: tuple[MemberRow, ...]
    next_after: int | None
    total: int


@dataclass(frozen=True, kw_only=True)
class IdentityRow:
    """A member as one outside source knows them."""

    source: str
    outside_id: str
    name: str
    first_seen_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MemberDetail:
    """A member's page: the row, where they came from, and what the viewer may do about them."""

    row: MemberRow
    identities: tuple[IdentityRow, ...]
    outside_staff: bool
    former_names: tuple[str, ...]
    may_change_role: bool
    may_change_kind: bool
    may_suspend: bool
    role_choices: tuple[tuple[str, str], ...]
    kind_choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class KindsChanged:
    """On a local day, so many accounts were said to be of a kind."""

    on: date
    kind: str
    accounts: int


@dataclass(frozen=True, kw_only=True)
class AuditRow:
    """One thing a member of staff did."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    action: str
    subject: str
    details: dict[str, Any] = field(default_factory=dict)
    address: str | None


@dataclass(frozen=True, kw_only=True)
class MemberCounts:
    """How many are known, and how many of them have an account here that can sign in."""

    known: int
    with_account: int
    bots: int


def counts() -> MemberCounts:
    """Count the members. One query."""
    found = Member.objects.filter(same_as=None).aggregate(
        known=Count("id", filter=Q(kind=Member.Kind.PERSON)),
        with_account=Count("id", filter=Q(kind=Member.Kind.PERSON) & ~Q(email=None)),
        bots=Count("id", filter=Q(kind=Member.Kind.BOT)),
    )
    return MemberCounts(**found)


def has_owner() -> bool:
    """Whether somebody owns the community yet."""
    return Member.objects.filter(role=Member.Role.OWNER).exists()


def active_owner_ids() -> list[int]:
    """Return the owners who can sign in, longest-standing first."""
    found = Member.objects.filter(role=Member.Role.OWNER, is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def active_member(member_id: int) -> Member | None:
    """Return a member whose account is open; None if there is none."""
    return Member.objects.filter(pk=member_id, is_active=True).first()


def staff() -> list[tuple[int, str]]:
    """Return ``(id, name)`` of everyone who works for the community and can sign in, by name."""
    found = Member.objects.exclude(role=Member.Role.MEMBER).filter(is_active=True)
    return list(found.order_by("display_name", "pk").values_list("pk", "display_name"))


def operators() -> list[int]:
    """Return those who run the community and can sign in."""
    roles = (Member.Role.OPERATOR, Member.Role.OWNER)
    found = Member.objects.filter(role__in=roles, is_active=True).order_by("pk")
    return list(found.values_list("pk", flat=True))


def sources() -> list[str]:
    """Return the outside sources that members are known from, sorted."""
    found = Identity.objects.order_by("source").values_list("source", flat=True)
    return list(found.distinct())


def listing(
    *,
    viewer: Member | AnonymousUser,
    q: str = "",
    role: str = "",
    kind: str = "",
    source: str = "",
    after: int | None = None,
) -> MemberPage:
    """Return members, newest account first, narrowed by what is given. Five queries."""
    members = _narrowed(viewer=viewer, q=q.strip(), role=role, kind=kind, source=source)
    total = members.count()
    if after is not None:
        members = members.filter(pk__lt=after)
    found = list(members.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    rows = _rows(shown, show_email=permissions.can_see_member_emails(viewer))
    more = len(found) > PAGE
    return MemberPage(rows=rows, next_after=shown[-1].pk if more else None, total=total)


def _narrowed(*, viewer: Member | AnonymousUser, q: str, role: str, kind: str, source: str) -> Any:
    members = Member.objects.filter(same_as=None)
    if q:
        named = Q(display_name__icontains=q) | Q(identities__name__icontains=q)
        # Searching by address would tell it to those who may not see it.
        if permissions.can_see_member_emails(viewer):
            named |= Q(email__icontains=q)
        members = members.filter(pk__in=Member.objects.filter(named).order_by().values("pk"))
    if role:
        members = members.filter(role=role)
    if kind:
        members = members.filter(kind=kind)
    if source:
        with_identity = Identity.objects.filter(source=source).order_by().values("member_id")
        members = members.filter(pk__in=with_identity)
    return members


def _rows(members: Collection[Member], *, show_email: bool) -> tuple[MemberRow, ...]:
    ids = [member.pk for member in members]
    did = _what_they_did(ids)
    known_from: dict[int, list[str]] = {}
    pairs = Identity.objects.filter(member_id__in=ids).order_by("source")
    for member_id, source in pairs.values_list("member_id", "source").distinct():
        known_from.setdefault(member_id, []).append(source)
    return tuple(
        MemberRow(
            id=member.pk,
            name=member.display_name,
            email=member.email if show_email else None,
            role=member.role,
            role_label=member.get_role_display(),
            kind=member.kind,
            kind_label=member.get_kind_display(),
            is_active=member.is_active,
            sources=tuple(known_from.get(member.pk, ())),
            joined_at=member.joined_at,
            contributions=did[member.pk].contributions if member.pk in did else 0,
            last_seen_at=did[member.pk].last_at if member.pk in did else None,
        )
        for member in members
    )


def _what_they_did(ids: Collection[int]) -> dict[int, reading.ActorSummary]:
    """Return what members did, also as those they turned out to be."""
    others = also(ids)
    did = reading.summaries([*ids, *others])
    for other, member_id in others.items():
        if other in did:
            mine, theirs = did.get(member_id), did.pop(other)
            did[member_id] = mine.and_also(theirs) if mine else theirs
    return did


def detail(*, viewer: Member | AnonymousUser, member_id: int) -> MemberDetail | None:
    """Return what a member's page shows to this viewer, or None where there is no such member."""
    member = Member.objects.filter(pk=member_id).first()
    if member is None:
        return None
    (row,) = _rows([member], show_email=permissions.can_see_member_emails(viewer))
    identities = member.identities.order_by("source", "outside_id")
    return MemberDetail(
        row=row,
        identities=tuple(
            IdentityRow(
                source=each.source,
                outside_id=each.outside_id,
                name=each.name,
                first_seen_at=each.first_seen_at,
            )
            for each in identities
        ),
        outside_staff=member.outside_staff,
        former_names=tuple(each.name for each in member.former_names.order_by("-pk")),
        may_change_role=permissions.can_change_role(viewer, member, member.role),
        may_change_kind=permissions.can_change_kind(viewer, member),
        may_suspend=permissions.can_suspend(viewer, member),
        role_choices=tuple((value, str(label)) for value, label in Member.Role.choices),
        kind_choices=tuple((value, str(label)) for value, label in Member.Kind.choices),
    )


def names(member_ids: Collection[int]) -> dict[int, str]:
    """Return the names that go with ids; ids nobody has are absent."""
    return dict(Member.objects.filter(pk__in=member_ids).values_list("pk", "display_name"))


def audit_page(*, before: int | None = None) -> tuple[tuple[AuditRow, ...], int | None]:
    """Return what staff did, newest first, and the place to go on from. One query."""
    entries = AuditEntry.objects.select_related("actor")
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries.order_by("-pk")[: PAGE + 1])
    rows = tuple(_audit_row(entry) for entry in found[:PAGE])
    return rows, rows[-1].id if len(found) > PAGE else None


def audit_of(subject: str) -> list[AuditRow]:
    """Return what staff did to one thing, newest first, a page of it. One query."""
    entries = AuditEntry.objects.select_related("actor").filter(subject=subject)
    return [_audit_row(entry) for entry in entries.order_by("-pk")[:PAGE]]


def kinds_changed(*, start: date, end: date, timezone: str) -> list[KindsChanged]:
    """Return on which local days of ``[start, end)`` accounts were given which kind. One query."""
    zone = ZoneInfo(timezone)
    low, high = (datetime.combine(each, time.min, zone) for each in (start, end))
    entries = AuditEntry.objects.filter(action=KindChanged.name, at__gte=low, at__lt=high)
    given: dict[tuple[date, str], set[str]] = defaultdict(set)
    for at, subject, details in entries.values_list("at", "subject", "details"):
        given[at.astimezone(zone).date(), str(details.get("after", ""))].add(subject)
    return [
        KindsChanged(on=on, kind=kind, accounts=len(subjects))
        for (on, kind), subjects in sorted(given.items())
    ]


def _audit_row(entry: AuditEntry) -> AuditRow:
    return AuditRow(
        id=entry.pk,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_name=entry.actor.display_name if entry.actor else "",
        action=entry.action,
        subject=entry.subject,
        details=entry.details,
        address=entry.address,
    )
