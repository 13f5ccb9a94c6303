"""Who may read chat groups: those who may read the space."""

from juluo.domains.discussions.permissions import can_read_space
from juluo.domains.members.permissions import can_read_spaces

__all__ = ["can_read_space", "can_read_spaces"]
