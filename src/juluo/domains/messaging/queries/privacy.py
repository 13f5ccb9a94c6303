"""Who wants to hear from whom."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from juluo.domains.members.types import Member
from juluo.domains.messaging.models import (
    Block,
    GroupMember,
    MessageSetting,
    Participant,
    PrivateMessage,
)
from juluo.domains.messaging.rules import INSIDE

Who = MessageSetting.Who


@dataclass(frozen=True, kw_only=True)
class BlockedRow:
    """Someone whom a member has blocked."""

    member_id: int
    name: str


def is_blocked(*, by: int, member_id: int) -> bool:
    """Whether the first wants to be left alone by the second."""
    return Block.objects.filter(blocker_id=by, blocked_id=member_id).exists()


def blockers_of(*, member_id: int, among: Collection[int]) -> frozenset[int]:
    """Return those of the members who want to be left alone by this one."""
    rows = Block.objects.filter(blocked_id=member_id, blocker_id__in=among)
    return frozenset(rows.values_list("blocker_id", flat=True))


def blocked_by(*, member_id: int) -> list[BlockedRow]:
    """Return whom a member has blocked, by name."""
    rows = Block.objects.filter(blocker_id=member_id).select_related("blocked")
    return [
        BlockedRow(member_id=row.blocked_id, name=row.blocked.display_name)
        for row in rows.order_by("blocked__display_name", "pk")
    ]


def who_may_write(*, member_id: int) -> str:
    """Return whom a member lets write to them first."""
    found = MessageSetting.objects.filter(member_id=member_id).values_list("who", flat=True)
    return found.first() or Who.EVERYONE


def reachable(member_id: int) -> Member | None:
    """Return the member if they can read what is written to them: a person with an open account."""
    found = Member.objects.filter(pk=member_id, is_active=True, kind=Member.Kind.PERSON)
    return found.exclude(email=None).first()


def takes_messages(*, member_id: int, of: int) -> bool:
    """Whether a member takes private messages of another, as things are."""
    if is_blocked(by=member_id, member_id=of):
        return False
    if has_written(author_id=member_id, to=of):
        return True
    who = who_may_write(member_id=member_id)
    return who == Who.EVERYONE or (who == Who.KNOWN and _share_a_group(member_id, of))


def has_written(*, author_id: int, to: int) -> bool:
    """Whether a member has ever written privately where the other reads."""
    shared = Participant.objects.filter(member_id=to).values("conversation_id")
    return PrivateMessage.objects.filter(author_id=author_id, conversation_id__in=shared).exists()


def _share_a_group(one: int, other: int) -> bool:
    groups = GroupMember.objects.filter(member_id=one, role__in=INSIDE).values("group_id")
    return GroupMember.objects.filter(
        Q(group_id__in=groups), member_id=other, role__in=INSIDE
    ).exists()
