"""What is in the spaces."""

from collections.abc import Iterable

from juluo.domains.discussions.models import Space


def space_names(space_ids: Iterable[int] | None = None) -> dict[int, str]:
    """Return the names of these spaces, or of all of them, in the order of their names."""
    rows = Space.objects.order_by("name", "pk")
    if space_ids is not None:
        rows = rows.filter(pk__in=list(space_ids))
    return dict(rows.values_list("pk", "name"))
