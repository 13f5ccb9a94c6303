"""When did it begin? The likeliest day of a change in a series, and where else it may lie.

For each day, how much likelier the values are (overdispersed counts) with one factor before and
another from it on, than with one throughout. The days weighed by that likelihood give the interval
that holds the change nineteen times in twenty, if there was one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from juluo.analytics.diagnosis.cube import Array

COVER = 0.95
# The log-likelihood a change must add, beyond a little for every day it might have been.
LEAST = 3.0
EDGE = 2
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class ChangePoint:
    """The first changed day, the interval around it, and the levels before and after.

    ``factor`` is the level after, in units of the one before; ``gain`` the log-likelihood.
    """

    on: date
    low: date
    high: date
    factor: float
    gain: float


def change_point(
    values: Array, *, first: date, expected: Array | None = None
) -> ChangePoint | None:
    """Return the change of a series' level, or None where there is none.

    :param values: a count for each day from ``first`` on.
    :param expected: what each day should have been, but for the factors (for the part of a
        share: its whole); the weekday's usual level if absent.
    """
    seen = np.asarray(values, float)
    if len(seen) < 2 * WEEK:
        return None
    usual = _weekdays(seen) if expected is None else np.maximum(np.asarray(expected, float), 1e-9)
    gains, factors = _gains(seen, usual)
    gains /= _spread(seen, usual, int(np.argmax(gains)))
    best = int(np.argmax(gains))
    if gains[best] < LEAST + np.log(len(seen)):
        return None
    low, high = _interval(gains)
    return ChangePoint(
        on=first + timedelta(days=best),
        low=first + timedelta(days=low),
        high=first + timedelta(days=high),
        factor=float(factors[best]),
        gain=float(gains[best]),
    )


def _weekdays(seen: Array) -> Array:
    """Return each day's usual share of its week (the median over weeks), never nothing."""
    places = np.arange(len(seen)) % WEEK
    level = np.array([np.median(seen[places == day]) for day in range(WEEK)])
    level = np.maximum(level, seen.mean() * 0.1 + 1e-6)
    return np.asarray(level[places])


def _gains(seen: Array, usual: Array) -> tuple[Array, Array]:
    """Return, for a change on each day, the log-likelihood it adds and the factor."""
    total, base = seen.sum(), usual.sum()
    before, before_base = np.cumsum(seen) - seen, np.cumsum(usual) - usual
    after, after_base = total - before, base - before_base
    gains = _fit(before, before_base) + _fit(after, after_base) - _fit(total, base)
    gains[:EDGE] = gains[len(seen) - EDGE + 1 :] = 0.0
    rate_before = np.maximum(before, 0.5) / np.maximum(before_base, 1e-9)
    factors = after / np.maximum(after_base, 1e-9) / rate_before
    return np.maximum(gains, 0.0), factors


def _fit(count: Array, base: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(count > 0, count * np.log(count / np.maximum(base, 1e-9)), 0.0)


def _spread(seen: Array, usual: Array, at: int) -> float:
    """Return the overdispersion of the days once the change is allowed for, at least one.

    Neighbouring days alike count against it too: slow swings look like steps.
    """
    level = np.empty(len(seen))
    for part in (slice(0, max(at, 1)), slice(max(at, 1), None)):
        level[part] = usual[part] * seen[part].sum() / max(usual[part].sum(), 1e-9)
    errors = (seen - level) / np.sqrt(np.maximum(level, 0.5))
    alike = float(errors[1:] @ errors[:-1] / max(errors @ errors, 1e-9))
    stretch = (1 + max(alike, 0.0)) / (1 - min(max(alike, 0.0), 0.8))
    return max(float(errors @ errors / max(len(seen) - WEEK - 1, 1)) * stretch, 1.0)


def _interval(gains: Array) -> tuple[int, int]:
    weights = np.exp(gains - gains.max())
    weights[gains <= 0] = 0.0
    weights /= weights.sum()
    order = np.argsort(-weights, kind="stable")
    needed = int(np.searchsorted(np.cumsum(weights[order]), COVER)) + 1
    held = order[:needed]
    return int(held.min()), int(held.max())
