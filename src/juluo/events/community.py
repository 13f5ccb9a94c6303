"""What can happen to the community's own settings."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class CommunityChanged(Event):
    """Somebody changed the community's settings; ``fields`` names which, comma-separated."""

    name: ClassVar[str] = "community.changed"
    fields: str
