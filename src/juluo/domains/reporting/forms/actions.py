"""What is promised about a finding, and whether it was done."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.analytics.catalog import METRICS
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.planning.queries import figure_typed, metrics_for_gates
from juluo.domains.reporting.forms.reports import IN_REACH
from juluo.domains.reporting.models import Action


class ActionForm(forms.Form):
    """What, by whom, until when, and which figure should change by it."""

    finding = forms.ChoiceField(label=_("About"), required=False)
    what = forms.CharField(label=_("What will be done"), max_length=300)
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    due = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_REACH,
    )
    metric = forms.ChoiceField(
        label=_("Figure that should change"),
        required=False,
        help_text=_("The next report measures it by itself."),
    )
    space = forms.TypedChoiceField(
        label=_("In which space"), coerce=int, empty_value=None, required=False
    )
    target = forms.FloatField(
        label=_("What it should be"),
        required=False,
        help_text=_("Shares in percent, waiting times in hours."),
    )

    def __init__(self, *args: Any, language: str, findings: dict[str, str], **options: Any) -> None:
        """Offer the report's findings, staff, metrics that a window has, and spaces."""
        super().__init__(*args, **options)
        offers: dict[str, list[tuple[Any, Any]]] = {
            "finding": [("", _("Nothing found in particular")), *findings.items()],
            "owner": members.staff(),
            "metric": [("", _("None")), *_metrics(language)],
            "space": [("", _("All spaces")), *sorted(discussions.space_names().items())],
        }
        for name, choices in offers.items():
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a target where there is a figure; keep it as figures are kept."""
        values = super().clean() or {}
        key, target = values.get("metric"), values.get("target")
        if key and target is None and "target" not in self.errors:
            self.add_error("target", _("Say what the figure should be."))
        if target is not None and key:
            values["target"] = figure_typed(target, METRICS[key].unit)
        return values


def _metrics(language: str) -> list[tuple[str, str]]:
    return [(each.key, each.title.in_language(language)) for each in metrics_for_gates()]


class DecideActionForm(forms.Form):
    """Whether an action is done, and a word on it."""

    status = forms.ChoiceField(label=_("State"), choices=Action.Status)
    note = forms.CharField(
        label=_("What was done, or why not"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
