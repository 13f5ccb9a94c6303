"""Every read of discussions that leaves the domain."""

from juluo.domains.discussions.queries.outside_ids import (
    published_by_outside_id,
    spaces_by_outside_id,
)
from juluo.domains.discussions.queries.spaces import space_names

__all__ = ["published_by_outside_id", "space_names", "spaces_by_outside_id"]
