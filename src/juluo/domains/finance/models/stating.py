"""An amount in the books' currency, and what was stated where that was another."""

from typing import Any, Self

from django.db import models

from juluo.domains.finance.rules.stating import Stated
from juluo.lib.money import Money


class StatedAmount(models.Model):
    """What rows of money have in common: the amount, and how it came about."""

    # In the smallest unit of the books' currency.
    amount = models.BigIntegerField()
    original_amount = models.BigIntegerField()
    original_currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    rate_source = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def columns(stated: Stated) -> dict[str, Any]:
        """Return the columns that hold a stated amount."""
        rate = stated.rate
        return {
            "amount": stated.amount.amount,
            "original_amount": stated.original.amount,
            "original_currency": stated.original.currency,
            "rate": rate.value if rate else None,
            "rate_on": rate.on if rate else None,
            "rate_source": rate.source if rate else "",
        }

    def restate(self, stated: Stated) -> Self:
        """Take another amount."""
        for name, value in self.columns(stated).items():
            setattr(self, name, value)
        return self

    @property
    def original(self) -> Money:
        """The amount in the currency in which it was stated."""
        return Money(self.original_amount, self.original_currency)
