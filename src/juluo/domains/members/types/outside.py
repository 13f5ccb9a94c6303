"""People as outside sources know them."""

from dataclasses import dataclass
from datetime import datetime


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
