"""Revenue and its reconciliation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.finance.forms.amounts import (
    AmountField,
    AmountForm,
    choices_of,
    day_field,
    key_field,
)
from juluo.domains.finance.forms.financing import InBooks
from juluo.domains.finance.services import Earning


class RevenueForm(AmountForm):
    """What was earned by what on a day."""

    stream = forms.TypedChoiceField(label=_("Stream"), coerce=int)
    earned_on = day_field(label=_("Day"))
    reference = forms.CharField(
        label=_("Reference"),
        max_length=100,
        required=False,
        help_text=_("The order, invoice or payment it can be found by."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    budget = forms.TypedChoiceField(label=_("Budget"), coerce=int, empty_value=None, required=False)
    form_key = key_field()
    field_order = ("stream", "amount", "earned_on", "reference", "budget", "note")

    def __init__(
        self,
        *args: Any,
        streams: Sequence[tuple[int, str]],
        budgets: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        """Offer the streams and budgets there are."""
        super().__init__(*args, **options)
        self.fields["stream"].choices = streams  # type: ignore[attr-defined]
        self.fields["budget"].choices = choices_of(budgets, _("None"))  # type: ignore[attr-defined]

    @property
    def earning(self) -> Earning:
        """What a valid form records."""
        values = self.cleaned_data
        return Earning(
            stream_id=values["stream"],
            stated=self.stated,
            earned_on=values["earned_on"],
            reference=values["reference"],
            note=values["note"],
            budget_id=values["budget"],
        )


class ReconcileForm(InBooks):
    """What came in for an entry."""

    received = AmountField(label=_("Amount received"), zero=True)


class RevenueFilters(forms.Form):
    """How the list of revenue is narrowed; what makes no sense is left out."""

    first = day_field(label=_("First day"), required=False)
    last = day_field(label=_("Last day"), required=False)
    stream = forms.TypedChoiceField(label=_("Stream"), coerce=int, empty_value=None, required=False)
    open = forms.BooleanField(label=_("Only not reconciled"), required=False)

    def __init__(self, *args: Any, streams: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer the streams there are."""
        super().__init__(*args, **options)
        self.fields["stream"].choices = choices_of(streams, _("All"))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
