"""Values other packages may hold in their hands."""

from juluo.domains.members.models import Member

__all__ = ["Member"]
