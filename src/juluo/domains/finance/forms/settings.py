"""How the books are kept."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juluo.domains.finance.forms.amounts import AmountField
from juluo.domains.finance.forms.financing import InBooks
from juluo.lib.money import EXPONENTS, currency_name


class NameForm(forms.Form):
    """The name of a category or a stream."""

    name = forms.CharField(label=_("Name"), max_length=60)


class RulesForm(InBooks):
    """From which amounts more is needed than one operator's approval."""

    owner_from = AmountField(
        label=_("An owner must approve from"),
        required=False,
        zero=True,
        help_text=_("Empty: an operator is enough for any amount."),
    )
    two_from = AmountField(
        label=_("Two people must approve from"),
        required=False,
        zero=True,
        help_text=_("Empty: one person is enough for any amount."),
    )


class CurrencyForm(forms.Form):
    """The currency of the books."""

    currency = forms.ChoiceField(label=_("Currency of the books"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the currencies we can count in."""
        super().__init__(*args, **options)
        language = get_language() or "en"
        pairs = [(each, currency_name(each, language=language)) for each in EXPONENTS]
        self.fields["currency"].choices = pairs  # type: ignore[attr-defined]
