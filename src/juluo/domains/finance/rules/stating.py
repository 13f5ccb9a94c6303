"""An amount as somebody stated it, and what it counts for in the books."""

from dataclasses import dataclass

from juluo.lib.money import Money, Rate, convert


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
