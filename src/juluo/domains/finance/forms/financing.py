"""Sources of financing, tranches and duties."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.finance.forms.amounts import AmountField, AmountForm, day_field
from juluo.domains.finance.models import Duty, FundingSource
from juluo.domains.finance.services import SourceFacts


class SourceForm(AmountForm):
    """A source of financing."""

    budget = forms.TypedChoiceField(label=_("For the budget"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=FundingSource.Kind)
    title = forms.CharField(label=_("Title"), max_length=200)
    giver = forms.CharField(label=_("Who gives it"), max_length=200, required=False)
    probability = forms.IntegerField(
        label=_("Chance (percent)"),
        min_value=0,
        max_value=100,
        initial=50,
        help_text=_("For planning, until it is agreed."),
    )
    owner = forms.TypedChoiceField(label=pgettext_lazy("money", "Owner"), coerce=int)
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(label=_("Reason for another amount"), max_length=1000, required=False)
    field_order = ("budget", "kind", "title", "giver", "amount", "probability", "owner")

    def __init__(
        self,
        *args: Any,
        budgets: Sequence[tuple[int, str]] | None,
        people: Sequence[tuple[int, str]],
        **options: Any,
    ) -> None:
        """Offer the budgets to a new source; one that is there stays with its own."""
        super().__init__(*args, **options)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]
        if budgets is None:
            del self.fields["budget"]
        else:
            self.fields["budget"].choices = budgets  # type: ignore[attr-defined]
            del self.fields["reason"]

    @property
    def facts(self) -> SourceFacts:
        """What a valid form says of the source."""
        values = self.cleaned_data
        return SourceFacts(
            kind=values["kind"],
            title=values["title"],
            stated=self.stated,
            probability=values["probability"],
            owner_id=values["owner"],
            giver=values["giver"],
            conditions=values["conditions"],
        )


class StageForm(forms.Form):
    """Another stage, and why."""

    stage = forms.ChoiceField(label=_("Next stage"))
    reason = forms.CharField(label=_("Reason"), max_length=1000, required=False)

    def __init__(self, *args: Any, stages: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the stages that follow."""
        super().__init__(*args, **options)
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]


class InBooks(forms.Form):
    """Amounts in the books' currency."""

    def __init__(self, *args: Any, books: str, **options: Any) -> None:
        """Count in the books' currency."""
        super().__init__(*args, **options)
        for each in self.fields.values():
            if isinstance(each, AmountField):
                each.currency = books


class TrancheForm(InBooks):
    """A part of a source's money and the day it is due."""

    due = day_field(label=_("Due"))
    amount = AmountField(label=_("Amount"))
    condition = forms.CharField(label=_("Condition"), max_length=200, required=False)


class ReceivedForm(InBooks):
    """What came in, and when."""

    received = AmountField(label=_("Amount received"))
    day = day_field(label=_("Received on"))


class DutyForm(InBooks):
    """What a source asks for by a day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Duty.Kind)
    title = forms.CharField(label=_("Title"), max_length=200)
    due = day_field(label=_("Due"))
    amount = AmountField(
        label=_("Amount to repay"), required=False, help_text=_("Only of a repayment.")
    )

    def clean(self) -> dict[str, Any]:
        """Check that a repayment has an amount, and nothing else has."""
        values = super().clean() or {}
        is_repayment = values.get("kind") == Duty.Kind.REPAYMENT
        if is_repayment and not values.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("A repayment needs its amount."))
        if not is_repayment and values.get("amount"):
            self.add_error("amount", _("Only a repayment has an amount."))
        return values
