"""Bands of counts: their edges are whole numbers, so none holds exactly four in five.

Of the bands around a centre, on the scale of even scatter, the one is taken that held most nearly
as much as asked; see docs/explanation/goals-and-pace.md.
"""

from math import ceil, floor, sqrt

import numpy as np

from juluo.analytics.forecast.past import Array, Scale

_ROUNDING = 1e-6
# Rather than a band that held less, the next wider one: what comes one time in three stays in.
_LEAST = 0.7
# From here on steps of one no longer matter: a Poisson count's root scatters by a half.
_MANY = 1000.0


def led_to(centre: float, errors: Array) -> Array:
    """Return how far from the centre the whole numbers lie that these errors lead to."""
    values = np.round(np.square(np.maximum(centre + errors, 0.0)) - Scale.COUNT.shift)
    return np.abs(Scale.COUNT.even(values) - centre)


def nearest_reach(sizes: Array, weights: Array, level: float, *, unseen: float) -> float:
    """Return the size up to which most nearly this part of the weight lies.

    ``unseen`` is the weight of a value not seen yet, which may be larger than all.
    """
    steps, place = np.unique(np.round(sizes, 9), return_inverse=True)
    held = np.cumsum(np.bincount(place, weights=weights)) / (weights.sum() + unseen)
    nearest = int(np.argmin(np.abs(held - level)))
    if held[nearest] < _LEAST:
        nearest = min(nearest + 1, len(steps) - 1)
    return float(steps[nearest])


def poisson_reach(centre: float, level: float, *, deviate: float) -> float:
    """Return the reach of the band that most nearly so many Poisson counts keep to."""
    mean = Scale.COUNT.plain(centre)
    if mean > _MANY:
        return deviate * Scale.COUNT.noise
    counts = np.arange(floor(mean + 6 * sqrt(mean)) + 12)
    logs = counts * np.log(max(mean, 1e-9)) - mean - np.cumsum(np.log(np.maximum(counts, 1)))
    sizes = np.abs(Scale.COUNT.even(counts) - centre)
    return nearest_reach(sizes, np.exp(logs), level, unseen=0.0)


def edges(centre: float, reach: float) -> tuple[float, float]:
    """Return the first and the last whole number within reach of the centre."""
    shift = Scale.COUNT.shift
    low = ceil(max(centre - reach, 0.0) ** 2 - shift - _ROUNDING)
    high = floor(max(centre + reach, 0.0) ** 2 - shift + _ROUNDING)
    if low > high:
        low = high = round(Scale.COUNT.plain(centre))
    return float(max(low, 0)), float(max(high, 0))
