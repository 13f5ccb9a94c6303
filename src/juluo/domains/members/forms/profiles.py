"""What members write and say of themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juluo.domains.members import queries, services
from juluo.domains.members.models import CompositionAnswer
from juluo.domains.members.models.profiles import LONGEST_BIO
from juluo.domains.members.rules.composition import ASKED, Asked
from juluo.domains.members.rules.profiles import LONGEST_LINK, leads_to_a_page
from juluo.domains.members.services.profiles import MOST_LINKS
from juluo.lib.pictures import MOST_BYTES, NotAPicture, drawn_anew


def refused_name() -> str:
    """Return what a form says of a name that nobody may go by."""
    return _(
        "Choose another name: without invisible characters or web addresses, "
        "and not one that looks like the name of someone who works here."
    )


class ProfileForm(forms.Form):
    """A member's public page."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        help_text=gettext_lazy("How others see you here."),
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    bio = forms.CharField(
        label=gettext_lazy("About you"),
        required=False,
        max_length=LONGEST_BIO,
        help_text=gettext_lazy("Markdown works here. Every member can read it."),
        widget=forms.Textarea({"rows": 6}),
    )
    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG, at most 5 MB. Without one your initials are shown."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )
    no_picture = forms.BooleanField(label=gettext_lazy("Take my picture away"), required=False)

    def __init__(self, *args: Any, member_id: int, **kwargs: Any) -> None:
        """Offer places for links, and nothing to take away where there is nothing."""
        super().__init__(*args, **kwargs)
        self._member_id = member_id
        for place in range(MOST_LINKS):
            self.fields[f"link_{place}"] = forms.URLField(
                label=gettext_lazy("Link %(number)s") % {"number": place + 1},
                required=False,
                max_length=LONGEST_LINK,
                assume_scheme="https",
                widget=forms.URLInput({"placeholder": "", "autocomplete": "url"}),
            )
        if not self.initial.get("has_picture"):
            del self.fields["no_picture"]

    def clean_name(self) -> str:
        """Return a name one may go by; the one they have may stay, whatever it is."""
        name: str = self.cleaned_data["name"]
        if name == self.initial.get("name"):
            return name
        try:
            return services.check_name(name, member_id=self._member_id)
        except services.NameNotAllowed:
            raise forms.ValidationError(refused_name()) from None

    def clean_picture(self) -> bytes:
        """Return the picture's bytes; refuse what is none."""
        given = self.cleaned_data["picture"]
        if not given:
            return b""
        picture: bytes = given.read(MOST_BYTES + 1)
        try:
            drawn_anew(picture, width=1, height=1)
        except NotAPicture:
            words = _("This is no PNG or JPEG picture of at most 5 MB that can be read.")
            raise forms.ValidationError(words) from None
        return picture

    def clean(self) -> dict[str, Any]:
        """Refuse links that lead anywhere but to a page of the web."""
        found = super().clean() or self.cleaned_data
        for place in range(MOST_LINKS):
            link = found.get(f"link_{place}")
            if link and not leads_to_a_page(link):
                self.add_error(
                    f"link_{place}",
                    _("Write an address that begins with https:// and names a page of the web."),
                )
        return found

    def links(self) -> list[str]:
        """Return the links that were given, in order."""
        given = [self.cleaned_data[f"link_{place}"] for place in range(MOST_LINKS)]
        return [each for each in given if each]


class CompositionForm(forms.Form):
    """What a member says of themselves, each with who may know."""

    def __init__(self, *args: Any, answers: Mapping[str, queries.OwnAnswer], **kwargs: Any) -> None:
        """Ask everything, with what was answered before."""
        super().__init__(*args, **kwargs)
        for asked in ASKED:
            before = answers.get(asked.key)
            self.fields[asked.key] = _choices(asked, before.chosen if before else ())
            self.fields[f"{asked.key}_seen"] = forms.ChoiceField(
                label=gettext_lazy("Who may know"),
                choices=CompositionAnswer.Seen.choices,
                initial=before.seen if before else CompositionAnswer.Seen.NOBODY,
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return what is asked with its field of who may know."""
        return [(self[asked.key], self[f"{asked.key}_seen"]) for asked in ASKED]

    def answers(self) -> list[tuple[str, tuple[str, ...], str]]:
        """Return what was asked, what was chosen and who may know."""
        given = self.cleaned_data
        return [
            (asked.key, _as_tuple(given[asked.key]), given[f"{asked.key}_seen"]) for asked in ASKED
        ]

    def clean_interests(self) -> list[str]:
        """Refuse more interests than may be chosen."""
        most = next(asked.most for asked in ASKED if asked.key == "interests")
        chosen: list[str] = self.cleaned_data["interests"]
        if len(chosen) > most:
            words = _("Choose at most %(most)d.") % {"most": most}
            raise forms.ValidationError(words)
        return chosen


def _choices(asked: Asked, chosen: tuple[str, ...]) -> forms.ChoiceField:
    label = str(queries.LABELS[asked.key])
    choices = list(queries.CHOICES[asked.key].items())
    if asked.most > 1:
        return forms.MultipleChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial=list(chosen),
            help_text=gettext_lazy("At most %(most)d.") % {"most": asked.most},
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=label,
        choices=[("", gettext_lazy("I would rather not say")), *choices],
        required=False,
        initial=chosen[0] if chosen else "",
    )


def _as_tuple(given: str | list[str]) -> tuple[str, ...]:
    return tuple(given) if isinstance(given, list) else ((given,) if given else ())
