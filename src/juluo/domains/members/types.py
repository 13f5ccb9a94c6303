"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import datetime

from juluo.domains.members.models import Member

__all__ = ["Member", "OutsidePerson"]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsidePerson:
    """Someone as an outside source knows them.

    ``dated`` is False where ``joined_at`` is only the first time they were seen.
    """

    outside_id: str
    name: str
    kind: str
    staff: bool
    joined_at: datetime
    dated: bool
    first_seen_at: datetime | None
