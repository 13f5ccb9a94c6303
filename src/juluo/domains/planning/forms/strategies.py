"""Strategies typed in, and what they should do."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.members import queries as members
from juluo.domains.planning import queries
from juluo.domains.planning.forms.goals import LARGEST
from juluo.domains.planning.rules import goals as rules
from juluo.ui.form_fields import day_field, offer


class StrategyForm(forms.Form):
    """What is to be done, by whom, when, and what it takes besides money."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("How it is done"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 3}),
    )
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    hours = forms.FloatField(
        label=_("Planned work in hours"), min_value=0, max_value=100_000, required=False
    )
    material = forms.CharField(
        label=_("Material"), required=False, max_length=5000, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer staff as owners."""
        super().__init__(*args, **kwargs)
        offer(self, "owner", members.staff())

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        return values

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form gives the services."""
        values = self.cleaned_data
        last: date = values["last"]
        return {
            "title": values["title"],
            "description": values["description"],
            "owner_id": values["owner"],
            "start": values["first"],
            "end": last + timedelta(days=1),
            "planned_minutes": round((values["hours"] or 0) * 60),
            "material": values["material"],
        }


class EffectForm(forms.Form):
    """What a strategy should do to a target, and by when."""

    target = forms.TypedChoiceField(label=_("Moves the target"), coerce=int)
    change = forms.FloatField(
        label=_("Expected change"),
        min_value=-LARGEST,
        max_value=LARGEST,
        help_text=_("With a minus where it should fall. Shares in points, times in hours."),
    )
    by = day_field(_("By when"))

    def __init__(self, *args: Any, plan_id: int, **kwargs: Any) -> None:
        """Offer the targets of the plan's goals."""
        super().__init__(*args, **kwargs)
        choices = queries.target_choices(plan_id)
        self._units = {each.id: each.unit for each in choices}
        offer(self, "target", [(each.id, each.label) for each in choices])

    def clean_change(self) -> float:
        """Refuse a change of nothing."""
        change: float = self.cleaned_data["change"]
        if change == 0:
            raise forms.ValidationError(_("Say how much it should rise or fall."))
        return change

    @property
    def expected_change(self) -> float:
        """The change in the target's own unit."""
        values = self.cleaned_data
        return rules.from_typed(values["change"], self._units[values["target"]])
