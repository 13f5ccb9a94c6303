"""Input about hours and absences."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.forms.fields import LAST_BEFORE_FIRST, minutes, staff_choices
from juluo.domains.planning.models import Absence
from juluo.ui.form_fields import day_field, offer


class HoursForm(forms.Form):
    """How many hours somebody has a week, from a day on."""

    member = forms.ChoiceField(label=pgettext_lazy("person", "Who"))
    hours = forms.FloatField(
        label=_("Hours a week"),
        min_value=0,
        max_value=168,
        widget=forms.NumberInput({"step": "0.5"}),
        help_text=_("For five working days; a holiday takes a fifth."),
    )
    first = day_field(pgettext_lazy("hours", "From"))

    def __init__(self, *args: Any, only: int | None = None, **kwargs: Any) -> None:
        """Offer the staff, or only the one who speaks for themselves."""
        super().__init__(*args, **kwargs)
        offer(self, "member", _people(only))

    @property
    def minutes(self) -> int:
        """The hours as minutes."""
        return minutes(self.cleaned_data["hours"])


class AbsenceForm(forms.Form):
    """Who is away when."""

    member = forms.ChoiceField(label=pgettext_lazy("person", "Who"))
    kind = forms.ChoiceField(label=_("Why"), choices=Absence.Kind)
    first = day_field(_("First day"))
    last = day_field(_("Last day"))

    def __init__(self, *args: Any, only: int | None = None, **kwargs: Any) -> None:
        """Offer the staff, or only the one who speaks for themselves."""
        super().__init__(*args, **kwargs)
        offer(self, "member", _people(only))

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", LAST_BEFORE_FIRST)
        return values

    @property
    def end(self) -> date:
        """The first day back."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


def _people(only: int | None) -> list[tuple[str, Any]]:
    return [each for each in staff_choices() if only is None or each[0] == str(only)]
