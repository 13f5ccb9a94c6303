"""Who the community knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from juluo.domains.members.models import Identity, Member


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


def names(member_ids: Iterable[int]) -> dict[int, str]:
    """Return the display names of these members."""
    wanted = list(set(member_ids))
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 5000):
        part = Member.objects.filter(pk__in=wanted[start : start + 5000])
        found.update(part.values_list("pk", "display_name"))
    return found


def sources() -> list[str]:
    """Return the outside sources that members are known from."""
    return list(Identity.objects.order_by("source").values_list("source", flat=True).distinct())
