"""Every read of members that leaves the domain."""

from juluo.domains.members.queries.api_tokens import TokenRow, api_tokens
from juluo.domains.members.queries.directory import (
    PAGE,
    AuditRow,
    IdentityRow,
    KindsChanged,
    MemberCounts,
    MemberDetail,
    MemberPage,
    MemberRow,
    active_member,
    active_owner_ids,
    audit_of,
    audit_page,
    counts,
    detail,
    has_owner,
    kinds_changed,
    listing,
    names,
    sources,
    staff,
)
from juluo.domains.members.queries.everyone import Someone, everyone
from juluo.domains.members.queries.finding import with_accounts
from juluo.domains.members.queries.outside_identities import members_by_outside_id

__all__ = [
    "PAGE",
    "AuditRow",
    "IdentityRow",
    "KindsChanged",
    "MemberCounts",
    "MemberDetail",
    "MemberPage",
    "MemberRow",
    "Someone",
    "TokenRow",
    "active_member",
    "active_owner_ids",
    "api_tokens",
    "audit_of",
    "audit_page",
    "counts",
    "detail",
    "everyone",
    "has_owner",
    "kinds_changed",
    "listing",
    "members_by_outside_id",
    "names",
    "sources",
    "staff",
    "with_accounts",
]
