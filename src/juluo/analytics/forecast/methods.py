"""Point forecasts: each takes what is known and says the next so many values.

All work on the scale where values scatter evenly, and use nothing but the past they are given.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from juluo.analytics.forecast.past import Array

Method = Callable[[Array, int], Array]
COMBINED = "combined"


def smoothed(past: Array, steps: int, *, share: float) -> Array:
    """Smooth exponentially: the newest value weighs ``share``, older ones ever less."""
    weights = (1 - share) ** np.arange(len(past))[::-1]
    return np.full(steps, float(weights @ past / weights.sum()))


def average(past: Array, steps: int) -> Array:
    """Say the mean of a long stretch."""
    return np.full(steps, past[-60:].mean())


def middle(past: Array, steps: int) -> Array:
    """Say the median of the last eight values."""
    return np.full(steps, np.median(past[-8:]))


def damped_trend(past: Array, steps: int) -> Array:
    """Smooth, and go on along the last twelve values' slope, ever less steeply."""
    level = smoothed(past, 1, share=0.3)[0]
    recent = past[-12:]
    places = np.arange(len(recent)) - (len(recent) - 1) / 2
    slope = float(places @ recent / (places @ places)) if len(recent) >= 6 else 0.0
    return level + slope * np.cumsum(0.9 ** np.arange(1, steps + 1))


def seasonal_naive(past: Array, steps: int, *, season: int) -> Array:
    """Repeat what was a season ago."""
    if len(past) < season:
        return smoothed(past, steps, share=0.3)
    return past[-season:][np.arange(steps) % season]


def seasonal_drift(past: Array, steps: int, *, season: int) -> Array:
    """Repeat the last season, and add half of what has changed from season to season."""
    if len(past) < 2 * season:
        return smoothed(past, steps, share=0.3)
    change = past[-season:].mean() - past[-2 * season : -season].mean()
    seasons_on = 1 + np.arange(steps) // season
    return seasonal_naive(past, steps, season=season) + 0.5 * change * seasons_on


def seasonal_profile(past: Array, steps: int, *, season: int, share: float) -> Array:
    """Smooth what is left once the season's usual shape is taken away."""
    if len(past) < 2 * season:
        return smoothed(past, steps, share=share)
    seasons = min(len(past) // season, 8)
    cut = past[-seasons * season :].reshape(-1, season)
    # Few seasons show their shape poorly: it is drawn towards none.
    shape = (cut.mean(axis=0) - cut.mean()) * seasons / (seasons + 1)
    place = (np.arange(len(past)) - len(past)) % season
    level = smoothed(past - shape[place], 1, share=share)[0]
    return level + shape[np.arange(steps) % season]


def methods(season: int) -> dict[str, Method]:
    """Return the methods to try, by name; those of a season only where there is one."""
    found: dict[str, Method] = {
        "latest": partial(smoothed, share=0.6),
        "smoothed": partial(smoothed, share=0.3),
        "slowly smoothed": partial(smoothed, share=0.1),
        "average": average,
        "middle": middle,
        "damped trend": damped_trend,
    }
    if season > 1:
        found |= {
            "seasonal naive": partial(seasonal_naive, season=season),
            "seasonal drift": partial(seasonal_drift, season=season),
            "seasonal profile": partial(seasonal_profile, season=season, share=0.3),
            "slow seasonal profile": partial(seasonal_profile, season=season, share=0.1),
        }
    return found


# What several methods say together errs less than most of them alone.
IN_COMBINATION = (
    "smoothed",
    "slowly smoothed",
    "middle",
    "slow seasonal profile",
    "seasonal naive",
)
