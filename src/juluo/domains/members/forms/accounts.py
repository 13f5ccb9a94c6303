"""Input about members, turned into clean values."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from juluo.domains.members import services
from juluo.domains.members.forms.profiles import refused_name
from juluo.domains.members.models import ApiToken, Member
from juluo.ui.form_fields import offer


class SignUpForm(forms.Form):
    """What someone says of themselves when they make an account, besides address and password."""

    display_name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("How others see you here."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["display_name", "email", "password1"]

    def clean_display_name(self) -> str:
        """Return a name one may go by."""
        try:
            return services.check_name(self.cleaned_data["display_name"])
        except services.NameNotAllowed:
            raise forms.ValidationError(refused_name()) from None

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Do nothing more: allauth calls this after the member is saved."""


class MemberFilters(forms.Form):
    """How the list of members is narrowed; what makes no sense is left out."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args: Any, sources: list[str], **kwargs: Any) -> None:
        """Offer the sources that exist."""
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        everyone = ("", _("All"))
        choices: dict[str, list[tuple[Any, Any]]] = {
            "role": [everyone, *Member.Role.choices],
            "kind": [everyone, *Member.Kind.choices],
            "source": [everyone, *((source, source) for source in sources)],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = values

    def values(self) -> dict[str, str]:
        """Return the filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class NewMemberForm(forms.Form):
    """An account made for someone else."""

    display_name = forms.CharField(label=_("Name"), max_length=60)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Member.Role.choices)


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Member.Role.choices)


class KindForm(forms.Form):
    """What an account is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Member.Kind.choices)


class TokenForm(forms.Form):
    """What a new API key is for, what it may do and how long it holds."""

    def __init__(self, *args: Any, scopes: Sequence[str], **kwargs: Any) -> None:
        """Offer the parts of the API that are theirs to use."""
        super().__init__(*args, **kwargs)
        chosen = [each for each in ApiToken.Scope.choices if each[0] in scopes]
        offer(self, "scopes", chosen)

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example: nightly export.")
    )
    days = forms.TypedChoiceField(
        label=_("Holds for"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("a year"))],
        initial=90,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), widget=forms.CheckboxSelectMultiple
    )
    may_write = forms.BooleanField(
        label=_("It may also change things"),
        required=False,
        help_text=_("Within your own rights. Without this it only reads."),
    )
