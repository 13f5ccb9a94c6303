"""Rounded numbers that still add up to their rounded sum."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def adding_up(values: Sequence[Fraction], step: Fraction) -> list[Fraction]:
    """Return the values in whole steps whose sum is the rounded sum.

    Each goes down to its step; those that lost most go up again, until the sum is reached (the
    method of largest remainders). So each lies less than a step from what it was.
    """
    steps = [each / step for each in values]
    down = [floor(each) for each in steps]
    missing = floor(sum(steps, Fraction(0)) + Fraction(1, 2)) - sum(down)
    by_loss = sorted(range(len(steps)), key=lambda n: (down[n] - steps[n], n))
    raised = set(by_loss[:missing])
    return [(whole + (n in raised)) * step for n, whole in enumerate(down)]
