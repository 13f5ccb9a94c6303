"""Who may read chat groups."""

from juluo.domains.members.permissions import can_read_spaces

__all__ = ["can_read_spaces"]
