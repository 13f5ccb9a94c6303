"""Values other packages may hold in their hands."""

from dataclasses import dataclass

from django.utils.translation import get_language

from juluo.lib.money import Money, Rate, convert, shown

__all__ = ["Amount", "Money", "Rate", "Stated", "state"]


class Amount(Money):
    """Money that says itself in the page's language."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return the amount as people write it."""
        return shown(self, language=get_language() or "en")


class RateMissing(ValueError):
    """An amount in another currency needs the rate that it is counted at."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """An amount as somebody stated it, and what it counts for in the books' currency."""

    amount: Money
    original: Money
    rate: Rate | None = None


def state(original: Money, *, currency: str, rate: Rate | None = None) -> Stated:
    """Return an amount with its worth in the books' currency.

    :raises RateMissing: if it is in another currency and no rate into the books' is given.
    """
    if original.currency == currency:
        return Stated(amount=original, original=original)
    if rate is None or rate.quote != currency:
        raise RateMissing(f"{original.currency} in {currency}")
    return Stated(amount=convert(original, rate), original=original, rate=rate)
