"""What one unit of a measured effect cost, and when that cannot be said."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Verdict(StrEnum):
    """What a measured change allows to say."""

    MEASURED = "measured"
    NONE_YET = "none_yet"
    WRONG_WAY = "wrong_way"
    TOO_LITTLE_HISTORY = "too_little_history"
    NO_FIGURE = "no_figure"
    NO_COST = "no_cost"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A change in the good direction, with the 95 % interval around it."""

    change: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether it may just as well be nothing."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True, kw_only=True)
class UnitCost:
    """The cost of one unit of effect in the smallest unit of money, and its range."""

    middle: int
    low: int
    high: int


def effect(value: float, baseline: float, *, below: float, above: float, lower: bool) -> Effect:
    """Return how far a value moved from its baseline, in the good direction.

    ``below`` and ``above`` are how far the value could have strayed by itself; ``lower`` says
    that less is better.
    """
    change = value - baseline
    low, high = change - above, change + below
    return (
        Effect(change=-change, low=-high, high=-low)
        if lower
        else Effect(change=change, low=low, high=high)
    )


def verdict(cost: int, found: Effect | None) -> Verdict:
    """Return what may be said of a cost and an effect."""
    if found is None:
        return Verdict.TOO_LITTLE_HISTORY
    if found.holds_zero:
        return Verdict.NONE_YET
    if found.high < 0:
        return Verdict.WRONG_WAY
    return Verdict.MEASURED if cost > 0 else Verdict.NO_COST


def unit_cost(cost: int, found: Effect, *, unit: float = 1.0) -> UnitCost:
    """Return the cost of one ``unit`` of an effect whose interval lies above zero.

    A larger effect makes its unit cheaper: the range turns round.
    """
    if found.low <= 0:
        raise ValueError("no measurable effect has no unit cost")

    def each(size: float) -> int:
        return round(Fraction(cost) * Fraction(unit) / Fraction(size))

    return UnitCost(middle=each(found.change), low=each(found.high), high=each(found.low))
