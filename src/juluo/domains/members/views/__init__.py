"""Pages and actions about members; one module for each subject."""

from juluo.domains.members.views.accounts import (
    add,
    api_tokens,
    audit,
    change_kind,
    change_role,
    end_session,
    language,
    listing,
    reinstate,
    revoke_token,
    suspend,
)
from juluo.domains.members.views.profiles import (
    about_me,
    edit_profile,
    picture,
    profile,
    take_back,
    tidy,
    who,
)

__all__ = [
    "about_me",
    "add",
    "api_tokens",
    "audit",
    "change_kind",
    "change_role",
    "edit_profile",
    "end_session",
    "language",
    "listing",
    "picture",
    "profile",
    "reinstate",
    "revoke_token",
    "suspend",
    "take_back",
    "tidy",
    "who",
]
