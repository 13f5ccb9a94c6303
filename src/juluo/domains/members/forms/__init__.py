"""Input about members, turned into clean values; one module for each subject."""

from juluo.domains.members.forms.accounts import (
    KindForm,
    MemberFilters,
    NewMemberForm,
    RoleForm,
    SignUpForm,
    TokenForm,
)
from juluo.domains.members.forms.guidelines import GuidelinesForm
from juluo.domains.members.forms.profiles import CompositionForm, ProfileForm

__all__ = [
    "CompositionForm",
    "GuidelinesForm",
    "KindForm",
    "MemberFilters",
    "NewMemberForm",
    "ProfileForm",
    "RoleForm",
    "SignUpForm",
    "TokenForm",
]
