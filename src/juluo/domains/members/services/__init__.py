"""Every write to members: accounts, roles, the audit, and the limiter others share."""

from juluo.domains.members.services.accounts import (
    EmailTaken,
    OwnerExists,
    add_identity,
    choose_language,
    create_member,
    create_owner,
    record_sign_in,
    sign_up,
)
from juluo.domains.members.services.audit import audit
from juluo.domains.members.services.limits import Limit, drop_idle_buckets, give_back, take
from juluo.domains.members.services.outside_people import bring_in_people
from juluo.domains.members.services.roles import (
    LastOwner,
    NotAllowed,
    StaffArePeople,
    change_kind,
    change_role,
    reinstate,
    suspend,
)

__all__ = [
    "EmailTaken",
    "LastOwner",
    "Limit",
    "NotAllowed",
    "OwnerExists",
    "StaffArePeople",
    "add_identity",
    "audit",
    "bring_in_people",
    "change_kind",
    "change_role",
    "choose_language",
    "create_member",
    "create_owner",
    "drop_idle_buckets",
    "give_back",
    "record_sign_in",
    "reinstate",
    "sign_up",
    "suspend",
    "take",
]
