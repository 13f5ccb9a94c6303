"""Every read of members that leaves the domain."""

from juluo.domains.members.queries.everyone import Someone, everyone, names, sources
from juluo.domains.members.queries.outside_identities import members_by_outside_id

__all__ = ["Someone", "everyone", "members_by_outside_id", "names", "sources"]
