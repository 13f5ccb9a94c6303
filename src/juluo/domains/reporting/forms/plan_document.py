"""Which state of a plan is wanted as a file."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.reporting.models import ReportFile
from juluo.domains.reporting.queries import can_make

CANNOT_MAKE = _("This server cannot make PDF files yet. Choose Word, or ask whoever runs it.")


class PlanDocumentForm(forms.Form):
    """Which state of a plan, in which language, as which kind of file."""

    version = forms.TypedChoiceField(
        label=_("Which state"), coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=ReportFile.Language)
    format = forms.ChoiceField(label=_("Format"), choices=ReportFile.Format)

    def __init__(self, *args: Any, versions: Sequence[int], **options: Any) -> None:
        """Offer the plan as it is now, and its frozen versions, newest first."""
        super().__init__(*args, **options)
        frozen = [(number, _("Version %(number)s") % {"number": number}) for number in versions]
        state = cast("forms.TypedChoiceField", self.fields["version"])
        state.choices = [("", _("As it is now")), *frozen]

    def clean_format(self) -> str:
        """Refuse what this machine cannot make, and say what to do instead."""
        chosen: str = self.cleaned_data["format"]
        if not can_make(chosen):
            raise forms.ValidationError(CANNOT_MAKE)
        return chosen
