"""Who the community knows."""

from dataclasses import dataclass

from juluo.domains.members.models import Member


@dataclass(frozen=True)
class Someone:
    """What metrics must know of a member: never a name."""

    member_id: int
    kind: str
    is_staff: bool


def everyone() -> list[Someone]:
    """Return every member, in id order; two that turned out to be one are one."""
    parts = Member.objects.filter(outside_staff=True).exclude(same_as=None)
    was_staff = set(parts.values_list("same_as_id", flat=True))
    rows = Member.objects.filter(same_as=None).order_by("pk")
    columns = rows.values_list("pk", "kind", "role", "outside_staff")
    return [
        Someone(pk, kind, outside or role != Member.Role.MEMBER or pk in was_staff)
        for pk, kind, role, outside in columns.iterator(chunk_size=20_000)
    ]
