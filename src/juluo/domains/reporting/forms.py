"""What a report should cover."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from juluo.domains.reporting.models import Report
from juluo.domains.reporting.queries import can_make
from juluo.domains.reporting.types import EARLIEST, LATEST, LONGEST_DAYS, ReportRequest

_CANNOT = _("This server cannot make PDF files yet. Choose Word, or ask whoever runs it.")
IN_REACH = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST - timedelta(days=1))]


class ReportForm(forms.Form):
    """First and last day, language and format."""

    first = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_REACH,
    )
    last = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_REACH,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Report.Language)
    format = forms.ChoiceField(label=_("Format"), choices=Report.Format)

    def clean_format(self) -> str:
        """Refuse what this machine cannot make, and say what to do instead."""
        chosen: str = self.cleaned_data["format"]
        if not can_make(chosen):
            raise forms.ValidationError(_CANNOT)
        return chosen

    def clean(self) -> dict[str, Any]:
        """Check the window."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A report can cover ten years at the most."))
        return values

    @property
    def request(self) -> ReportRequest:
        """What a valid form asks for."""
        values = self.cleaned_data
        return ReportRequest(
            start=values["first"],
            end=values["last"] + timedelta(days=1),
            language=values["language"],
        )


class PlanDocumentForm(forms.Form):
    """Which state of a plan, in which language, as which kind of file."""

    version = forms.TypedChoiceField(
        label=_("Which state"), coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=Report.Language)
    format = forms.ChoiceField(label=_("Format"), choices=Report.Format)

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
            raise forms.ValidationError(_CANNOT)
        return chosen
