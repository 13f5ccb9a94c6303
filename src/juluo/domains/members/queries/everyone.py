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
    """Return every member, in id order."""
    rows = Member.objects.order_by("pk").values_list("pk", "kind", "role", "outside_staff")
    return [
        Someone(pk, kind, outside or role != Member.Role.MEMBER)
        for pk, kind, role, outside in rows.iterator(chunk_size=20_000)
    ]
