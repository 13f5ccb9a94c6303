"""Who may read what is said in spaces."""

from juluo.domains.members.permissions import can_read_spaces

__all__ = ["can_read_spaces"]
