"""Every read of members that leaves the domain."""

from collections.abc import Iterable

from juluo.domains.members.models import Identity


def members_by_outside_id(*, source: str, outside_ids: Iterable[str]) -> dict[str, int]:
    """Return the member behind each outside id that is known."""
    rows = Identity.objects.filter(source=source, outside_id__in=list(outside_ids))
    return dict(rows.values_list("outside_id", "member_id"))
