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
from juluo.domains.members.views.guidelines import (
    accept_guidelines,
    guideline_standing,
    guidelines,
    new_guidelines,
    remind_of_guidelines,
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
    "accept_guidelines",
    "add",
    "api_tokens",
    "audit",
    "change_kind",
    "change_role",
    "edit_profile",
    "end_session",
    "guideline_standing",
    "guidelines",
    "language",
    "listing",
    "new_guidelines",
    "picture",
    "profile",
    "reinstate",
    "remind_of_guidelines",
    "revoke_token",
    "suspend",
    "take_back",
    "tidy",
    "who",
]
