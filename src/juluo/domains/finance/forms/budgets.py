"""Budgets, their lines, limits and benefits."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.finance.forms.amounts import (
    AmountField,
    AmountForm,
    choices_of,
    day_field,
)
from juluo.domains.finance.models import Indicator
from juluo.domains.finance.rules.forecasting import next_month
from juluo.domains.finance.services import LineFacts

LONGEST_DAYS = 3_700


class BudgetForm(forms.Form):
    """A budget of the community's own: its title, days and owner."""

    title = forms.CharField(label=_("Title"), max_length=200)
    first = day_field(label=_("First day"))
    last = day_field(label=_("Last day"))
    owner = forms.TypedChoiceField(label=pgettext_lazy("money", "Owner"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer those who may answer for money."""
        super().__init__(*args, **options)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A budget can cover ten years at the most."))
        return values

    @property
    def end(self) -> date:
        """The first day not covered."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


def months_of(start: date, end: date) -> list[date]:
    """Return the first day of each month that the days ``[start, end)`` touch."""
    found, month = [], start.replace(day=1)
    while month < end:
        found.append(month)
        month = next_month(month)
    return found


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=1000)


class LineForm(AmountForm):
    """One budget line."""

    title = forms.CharField(label=_("Title"), max_length=200)
    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    month = forms.ChoiceField(label=_("Planned for"), required=False)
    owner = forms.TypedChoiceField(
        label=pgettext_lazy("money", "Owner"),
        coerce=int,
        help_text=_("Is warned before the limit."),
    )
    strategy = forms.TypedChoiceField(
        label=_("Strategy"), coerce=int, empty_value=None, required=False
    )
    task = forms.TypedChoiceField(
        label=_("Task"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Its open work says how much is still to come."),
    )
    warn_at = forms.IntegerField(
        label=_("Warning at (percent)"), min_value=1, max_value=99, initial=80
    )
    stops = forms.BooleanField(
        label=_("Stop at the limit"),
        required=False,
        initial=True,
        help_text=_("Otherwise the limit only warns."),
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=1000, required=False)
    field_order = ("title", "category", "amount", "currency", "rate", "rate_on", "rate_source")
    zero_is_fine = True

    def __init__(
        self,
        *args: Any,
        choices: Mapping[str, Sequence[tuple[Any, Any]]],
        needs_reason: bool,
        **options: Any,
    ) -> None:
        """Offer what the budget and its plan have; ask for a reason once it was approved."""
        super().__init__(*args, **options)
        empty = {"month": _("Whole period"), "strategy": _("None"), "task": _("None")}
        for name, pairs in choices.items():
            self.fields[name].choices = choices_of(pairs, empty.get(name))  # type: ignore[attr-defined]
        for name in ("strategy", "task"):
            if not choices[name]:
                del self.fields[name]
        self.fields["reason"].required = needs_reason
        if not needs_reason:
            del self.fields["reason"]

    @property
    def facts(self) -> LineFacts:
        """What a valid form says of the line."""
        values = self.cleaned_data
        month = values["month"]
        return LineFacts(
            category_id=values["category"],
            title=values["title"],
            stated=self.stated,
            owner_id=values["owner"],
            strategy_id=values.get("strategy"),
            task_id=values.get("task"),
            month=date.fromisoformat(month) if month else None,
            warn_at=values["warn_at"],
            stops=values["stops"],
        )


class LiftForm(forms.Form):
    """By how much a line may go over its limit, and why."""

    amount = AmountField(label=_("By how much"))
    reason = forms.CharField(label=_("Reason"), max_length=1000)

    def __init__(self, *args: Any, books: str, **options: Any) -> None:
        """Count in the books' currency."""
        super().__init__(*args, **options)
        self.fields["amount"].currency = books  # type: ignore[attr-defined]


class IndicatorForm(forms.Form):
    """A metric to show beside the cost."""

    metric = forms.ChoiceField(label=_("Metric"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Indicator.Kind)

    def __init__(self, *args: Any, metrics: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer metrics that are one number over a window."""
        super().__init__(*args, **options)
        self.fields["metric"].choices = metrics  # type: ignore[attr-defined]


class EffectForm(forms.Form):
    """The days over which an effect is measured, and whose cost it is."""

    first = day_field(label=_("First day"), required=False)
    last = day_field(label=_("Last day"), required=False)
    strategy = forms.TypedChoiceField(
        label=_("Cost of"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, strategies: Sequence[tuple[int, str]], **options: Any) -> None:
        """Offer the whole budget and each strategy."""
        super().__init__(*args, **options)
        pairs = choices_of(strategies, _("The whole budget"))
        self.fields["strategy"].choices = pairs  # type: ignore[attr-defined]
