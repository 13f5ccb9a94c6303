"""What planning does in the background."""

from juluo.domains.planning.tasks.readings import read_targets

__all__ = ["read_targets"]
