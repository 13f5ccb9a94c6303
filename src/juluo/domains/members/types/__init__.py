"""Values other packages may hold in their hands."""

from juluo.domains.members.models import Member
from juluo.domains.members.types.outside import OutsidePerson
from juluo.domains.members.types.profiles import ProfilePart, ProfileSection

__all__ = ["Member", "OutsidePerson", "ProfilePart", "ProfileSection"]
