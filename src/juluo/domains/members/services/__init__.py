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
from juluo.domains.members.services.api_tokens import (
    Bearer,
    bearer_of,
    make_token,
    revoke_token,
)
from juluo.domains.members.services.audit import audit, record_audited
from juluo.domains.members.services.becoming_one import (
    NotOnePerson,
    become_one,
    part_again,
)
from juluo.domains.members.services.composition import NotAnAnswer, say, take_everything_back
from juluo.domains.members.services.guidelines import (
    GuidelinesFirst,
    NotCurrent,
    NothingSaid,
    accept_guidelines,
    publish_guidelines,
    remind_of_guidelines,
    require_guidelines,
)
from juluo.domains.members.services.limits import Limit, drop_idle_buckets, give_back, take
from juluo.domains.members.services.outside_people import bring_in_people
from juluo.domains.members.services.profiles import (
    NameNotAllowed,
    TooOften,
    change_picture,
    check_name,
    give_words_back,
    picture_bytes,
    rename,
    tidy_profile,
    write_profile,
)
from juluo.domains.members.services.roles import (
    LastOwner,
    NotAllowed,
    StaffArePeople,
    change_kind,
    change_role,
    end_suspension,
    reinstate,
    suspend,
)

__all__ = [
    "Bearer",
    "EmailTaken",
    "GuidelinesFirst",
    "LastOwner",
    "Limit",
    "NameNotAllowed",
    "NotAllowed",
    "NotAnAnswer",
    "NotCurrent",
    "NotOnePerson",
    "NothingSaid",
    "OwnerExists",
    "StaffArePeople",
    "TooOften",
    "accept_guidelines",
    "add_identity",
    "audit",
    "bearer_of",
    "become_one",
    "bring_in_people",
    "change_kind",
    "change_picture",
    "change_role",
    "check_name",
    "choose_language",
    "create_member",
    "create_owner",
    "drop_idle_buckets",
    "end_suspension",
    "give_back",
    "give_words_back",
    "make_token",
    "part_again",
    "picture_bytes",
    "publish_guidelines",
    "record_audited",
    "record_sign_in",
    "reinstate",
    "remind_of_guidelines",
    "rename",
    "require_guidelines",
    "revoke_token",
    "say",
    "sign_up",
    "suspend",
    "take",
    "take_everything_back",
    "tidy_profile",
    "write_profile",
]
