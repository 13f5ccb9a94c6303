"""Find members by a part of their name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from juluo.domains.members.models import Member
from juluo.domains.members.queries.profiles import picture_url


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberName:
    """What a member is found by."""

    id: int
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MemberFound:
    """A member who was found."""

    id: int
    name: str
    picture: str
    role: str
    role_label: str
    at: datetime


def with_accounts(words: str, *, limit: int = 20) -> list[tuple[int, str]]:
    """Return ``(id, name)`` of people who can sign in and whose name holds the words, by name."""
    found = Member.objects.filter(
        display_name__icontains=words, is_active=True, email__isnull=False, kind=Member.Kind.PERSON
    )
    rows = found.order_by("display_name", "pk").values_list("pk", "display_name")
    return list(rows[:limit])


def member_names(*, after: int = 0, limit: int = 1000) -> list[MemberName]:
    """Return the names of the members that follow an id. One query."""
    rows = Member.objects.filter(pk__gt=after).order_by("pk")[:limit]
    return [MemberName(id=row.pk, name=row.display_name, at=row.joined_at) for row in rows]


def known_members() -> int:
    """Return how many members there are, of every kind."""
    return Member.objects.count()


def member_names_of(ids: Collection[int]) -> list[MemberName]:
    """Return the names of these members. One query."""
    rows = Member.objects.filter(pk__in=ids)
    return [MemberName(id=row.pk, name=row.display_name, at=row.joined_at) for row in rows]


def members_found(ids: Collection[int]) -> list[MemberFound]:
    """Return those of the members whose account is open. One query."""
    rows = Member.objects.filter(pk__in=ids, is_active=True)
    return [
        MemberFound(
            id=row.pk,
            name=row.display_name,
            picture=picture_url(row.pk, row.picture),
            role=row.role,
            role_label=row.get_role_display(),
            at=row.joined_at,
        )
        for row in rows
    ]


def ids_named(words: str, *, limit: int = 50) -> list[int]:
    """Return the ids of those whose name holds the words, with or without an account."""
    rows = Member.objects.filter(display_name__icontains=words, is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
