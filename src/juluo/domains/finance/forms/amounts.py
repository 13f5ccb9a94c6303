"""Amounts as people write them, exact, in the books' currency or in another at a rate."""

import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from juluo.domains.finance.types import Stated, state
from juluo.lib.money import (
    EXPONENTS,
    LARGEST,
    Money,
    NotMoney,
    Rate,
    convert,
    currency_name,
    parse,
    shown,
)

IN_REACH = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
LARGEST_RATE = 1_000_000_000


def new_form_key() -> str:
    """Return a key for a form that is opened: sent twice, it counts once."""
    return secrets.token_urlsafe(16)


def day_field(**options: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(widget=widget, validators=IN_REACH, **options)


def key_field() -> forms.CharField:
    """Return the hidden field that tells a form sent twice from two forms."""
    return forms.CharField(widget=forms.HiddenInput, max_length=40)


def choices_of(pairs: Sequence[tuple[Any, Any]], empty: Any = None) -> list[tuple[Any, Any]]:
    """Return choices with, where it is given, what the empty one says."""
    return [*([("", empty)] if empty is not None else []), *pairs]


class AmountField(forms.CharField):
    """An amount of one currency; the clean value is money."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, currency: str = "CNY", zero: bool = False, **options: Any) -> None:
        """Expect amounts of a currency, above zero unless ``zero`` is fine too."""
        super().__init__(max_length=40, **options)
        self.currency, self.zero = currency, zero

    def clean(self, value: Any) -> Money | None:
        """Return the amount, or None where nothing is written and nothing needs to be."""
        text = super().clean(value)
        return read_amount(text, self.currency, zero=self.zero) if text else None

    def prepare_value(self, value: Any) -> Any:
        """Write money as a plain number."""
        return value.plain if isinstance(value, Money) else value


def read_amount(text: str, currency: str, *, zero: bool = False) -> Money:
    """Return the amount that a text names, or say kindly what is wrong with it."""
    try:
        money = parse(text, currency)
    except NotMoney:
        digits = EXPONENTS[currency]
        example = Money(1_234 * 10**digits + 5 * 10 ** max(digits - 1, 0) * bool(digits), currency)
        message = _("Write an amount such as %(example)s.")
        values = {"example": shown(example, language=get_language() or "en")}
        raise forms.ValidationError(message, params=values) from None
    if money.amount < 0 or (not money and not zero):
        raise forms.ValidationError(_("The amount must be above zero."))
    return money


class AmountForm(forms.Form):
    """An amount, and where it is in another currency, the rate that it is counted at.

    A valid form has ``cleaned_data["stated"]``.
    """

    amount = forms.CharField(
        label=_("Amount"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    rate = forms.DecimalField(
        label=_("Rate"),
        required=False,
        max_digits=24,
        decimal_places=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    rate_on = day_field(label=_("Rate of"), required=False)
    rate_source = forms.CharField(
        label=_("Source of the rate"),
        required=False,
        max_length=100,
        help_text=_("For example the bank's statement."),
    )

    # Fields that the page folds away until they are needed.
    folded = ("currency", "rate", "rate_on", "rate_source")
    zero_is_fine = False

    def __init__(self, *args: Any, books: str, **options: Any) -> None:
        """Count in the books' currency."""
        super().__init__(*args, **options)
        self.books = books
        language = get_language() or "en"
        currency = self.fields["currency"]
        assert isinstance(currency, forms.ChoiceField)  # noqa: S101 - tells the type checker
        others = [each for each in EXPONENTS if each != books]
        currency.choices = [
            (each, currency_name(each, language=language)) for each in (books, *others)
        ]
        self.fields["amount"].help_text = currency_name(books, language=language)
        self.fields["rate"].help_text = _(
            "What one unit of that currency is worth in %(currency)s."
        ) % {"currency": books}

    def clean(self) -> dict[str, Any]:
        """Work out what the amount counts for."""
        values = super().clean() or {}
        if "amount" in values and "currency" in values:
            try:
                values["stated"] = self._stated(values)
            except forms.ValidationError as error:
                self.add_error(None if error.code == "together" else "amount", error)
        return values

    def _stated(self, values: dict[str, Any]) -> Stated | None:
        currency = values["currency"] or self.books
        original = read_amount(values["amount"], currency, zero=self.zero_is_fine)
        if currency == self.books:
            return state(original, currency=self.books)
        rate = self._rate(values, currency)
        if rate is None:
            return None
        worth = convert(original, rate)
        if worth.amount > LARGEST or (not worth and not self.zero_is_fine):
            raise forms.ValidationError(_("At this rate the amount makes no sense."))
        return state(original, currency=self.books, rate=rate)

    def _rate(self, values: dict[str, Any], currency: str) -> Rate | None:
        missing = [name for name in ("rate", "rate_on", "rate_source") if not values.get(name)]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Another currency needs its rate, the day and the source."))
        value: Decimal | None = values.get("rate")
        if missing or value is None:
            return None
        if not 0 < value <= LARGEST_RATE:
            self.add_error("rate", _("A rate is a number above zero."))
            return None
        return Rate(currency, self.books, value, values["rate_on"], values["rate_source"])

    @property
    def stated(self) -> Stated:
        """The amount of a valid form."""
        stated: Stated = self.cleaned_data["stated"]
        return stated

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that stand open on the page."""
        return [each for each in self.visible_fields() if each.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The fields that the page folds away."""
        return [each for each in self.visible_fields() if each.name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether the folded fields hold something to see."""
        chosen = self["currency"].value()
        return bool(chosen and chosen != self.books) or any(
            each.errors for each in self.folded_fields
        )
