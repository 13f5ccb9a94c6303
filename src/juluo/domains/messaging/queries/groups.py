"""One chat group as a member sees it, and who is in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from juluo.domains.discussions import permissions as spaces
from juluo.domains.members.permissions import Viewer
from juluo.domains.members.types import Member
from juluo.domains.messaging import permissions
from juluo.domains.messaging.models import ChatGroup, GroupMember

FOUND = 20


@dataclass(frozen=True, kw_only=True)
class GroupHead:
    """What stands above a group's log, and what this member may do here."""

    id: int
    name: str
    about: str
    source: str
    space_id: int | None
    space_name: str
    join_rule: str
    join_rule_label: str
    slow_seconds: int
    is_closed: bool
    moved_at: datetime | None
    members: int
    asking: int
    role: str | None
    is_inside: bool
    is_muted: bool
    last_read: datetime | None
    may_read: bool
    may_write: bool
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """Someone's place in a group."""

    member_id: int
    name: str
    role: str
    role_label: str
    joined_at: datetime


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """Someone whom one may write to, or invite."""

    member_id: int
    name: str


def group_head(*, viewer: Viewer, group_id: int) -> GroupHead | None:
    """Return a group as a member sees it; None where there is none for them. Two queries."""
    group = (
        ChatGroup.objects.select_related("space")
        .annotate(
            inside=Count("members", filter=Q(members__role__in=permissions.INSIDE)),
            asking=Count("members", filter=Q(members__role=GroupMember.Role.ASKING)),
            role_in_space=spaces.my_role(viewer, "space_id"),
        )
        .filter(pk=group_id)
        .first()
    )
    if group is None:
        return None
    row = GroupMember.objects.filter(group=group, member_id=viewer.pk or 0).first()
    role = row.role if row else None
    space = None
    if group.space is not None:
        space = spaces.standing_of(viewer, group.space, group.role_in_space)
    standing = permissions.standing_of(viewer, group, role=role, space=space)
    if not standing.may_see:
        return None
    return GroupHead(
        id=group.pk,
        name=group.name,
        about=group.about,
        source=group.source,
        space_id=group.space_id,
        space_name=group.space.name if group.space else "",
        join_rule=group.join_rule,
        join_rule_label=group.get_join_rule_display(),
        slow_seconds=group.slow_seconds,
        is_closed=group.closed_at is not None,
        moved_at=group.moved_at,
        members=group.inside,
        asking=group.asking if standing.may_change else 0,
        role=role,
        is_inside=standing.is_inside,
        is_muted=bool(row and row.is_muted),
        last_read=row.last_read if row else None,
        may_read=standing.may_read,
        may_write=standing.may_write,
        may_change=standing.may_change,
    )


def may_hear_group(member: Member, group_id: int) -> bool:
    """Whether a member's open pages are told that something changed in a group."""
    head = group_head(viewer=member, group_id=group_id)
    return head is not None and head.may_read


def places(group_id: int, *, everyone: bool) -> list[PlaceRow]:
    """Return who is in a group, owners first; with everyone those who ask or are invited, too."""
    rows = GroupMember.objects.filter(group_id=group_id).select_related("member")
    if not everyone:
        rows = rows.filter(role__in=permissions.INSIDE)
    order = {role: number for number, role in enumerate(("asking", "invited", "owner", "member"))}
    found = sorted(rows, key=lambda row: (order[row.role], row.member.display_name, row.pk))
    return [
        PlaceRow(
            member_id=row.member_id,
            name=row.member.display_name,
            role=row.role,
            role_label=row.get_role_display(),
            joined_at=row.joined_at,
        )
        for row in found
    ]


def people_named(words: str, *, but: int) -> list[PersonRow]:
    """Return people with an account whose name holds these words, by name. One query."""
    if not words.strip():
        return []
    rows = Member.objects.filter(
        display_name__icontains=words.strip()[:60], is_active=True, kind=Member.Kind.PERSON
    )
    found = rows.exclude(email=None).exclude(pk=but).order_by("display_name", "pk")[:FOUND]
    return [PersonRow(member_id=row.pk, name=row.display_name) for row in found]
