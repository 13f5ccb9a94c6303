"""Did what we did work? Shares against a hold-out, and series against what they would have been."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

from juluo.analytics.statistics import wilson

Array = Any
_NORMAL = NormalDist()
FEWEST_PLACEBOS = 19
# How strongly a synthetic series' weights are drawn to one another.
_RIDGE = 0.1
_SPARE = 0.02


class Verdict(StrEnum):
    """What can be said of something that was done."""

    EFFECTIVE = "effective"
    HARMFUL = "harmful"
    NOT_SHOWN = "not_shown"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """A difference with its 95 % interval; never effective while the interval holds zero.

    ``treated`` and ``control`` are the shares (or values) compared; ``sample`` how many people,
    or placebo runs, the interval rests on.
    """

    verdict: Verdict
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    treated: float | None = None
    control: float | None = None
    sample: int = 0


def holdout(
    *, treated: tuple[int, int], control: tuple[int, int], higher_is_better: bool = True
) -> Effect:
    """Compare the shares of all those assigned (intention to treat), given as (part, whole).

    The interval is Newcombe's (1998, method 10), from the Wilson intervals of both shares.
    """
    first, second = wilson(*treated), wilson(*control)
    if first is None or second is None:
        return Effect(verdict=Verdict.CANNOT_TELL)
    shares = treated[0] / treated[1], control[0] / control[1]
    difference = shares[0] - shares[1]
    low = difference - sqrt((shares[0] - first[0]) ** 2 + (second[1] - shares[1]) ** 2)
    high = difference + sqrt((first[1] - shares[0]) ** 2 + (shares[1] - second[0]) ** 2)
    return Effect(
        verdict=_verdict(low, high, higher_is_better=higher_is_better),
        difference=difference,
        low=low,
        high=high,
        treated=shares[0],
        control=shares[1],
        sample=treated[1] + control[1],
    )


def needed_sample(*, base: float, rise: float, power: float = 0.8, ratio: float = 1.0) -> int:
    """Return how many people must be treated to show a rise of a share, in points.

    As many times ``ratio`` are held out. Two-sided at 5 % (Fleiss, Levin and Paik 2003, with the
    continuity correction, since Newcombe's interval is a little wider than the plain one).

    :raises ValueError: if the shares do not lie between 0 and 1, or nothing should change.
    """
    other = base + rise
    if not (0 <= base <= 1 and 0 <= other <= 1 and rise and ratio > 0):
        raise ValueError("Shares lie between 0 and 1, and something must change.")
    # A plan should not fall short of its power: a hair is added.
    alpha, beta = _NORMAL.inv_cdf(0.975), _NORMAL.inv_cdf(min(power + _SPARE, 0.999))
    mean = (other + ratio * base) / (1 + ratio)
    spread = alpha * sqrt((1 + ratio) * mean * (1 - mean) / ratio)
    spread += beta * sqrt(other * (1 - other) + base * (1 - base) / ratio)
    plain = (spread / rise) ** 2
    more = (1 + sqrt(1 + 2 * (1 + 1 / ratio) / (plain * abs(rise)))) ** 2 / 4
    return ceil(plain * more)


def _verdict(low: float, high: float, *, higher_is_better: bool) -> Verdict:
    if low <= 0 <= high:
        return Verdict.NOT_SHOWN
    return Verdict.EFFECTIVE if (low > 0) is higher_is_better else Verdict.HARMFUL


def before_and_after(
    values: Sequence[float], *, periods: int, higher_is_better: bool = True
) -> Effect:
    """Compare the last ``periods`` values with what the ones before would have gone on as."""
    return synthetic(values, [], periods=periods, higher_is_better=higher_is_better)


def synthetic(
    values: Sequence[float],
    others: Sequence[Sequence[float]],
    *,
    periods: int,
    higher_is_better: bool = True,
) -> Effect:
    """Compare a series' last ``periods`` values with a mixture of series that were left alone.

    The mixture is fitted on the past alone. The same is done as if the start had been at each
    moment of the past: the interval is as wide as those placebo runs, in which nothing was done,
    make it: nineteen in twenty by their scatter, and never narrower than the widest of them.
    Differences are means per period.
    """
    seen = np.asarray(values, float)
    start, fit = len(seen) - periods, max(2 * periods, 8)
    rest = np.array([np.asarray(each, float) for each in others]).reshape(len(others), len(seen))
    # Runs must not share a day with the real one, and need a past of their own to be fitted on.
    moments = range(fit, start - periods + 1)
    if len(moments) < FEWEST_PLACEBOS:
        return Effect(verdict=Verdict.CANNOT_TELL, sample=max(len(moments), 0))
    runs = np.array([_gap(seen, rest, at, periods, fit) for at in moments])
    difference, expected = _gap(seen, rest, start, periods, fit)
    # Larger values scatter more, as counts do; runs are brought to the level of the real one.
    level = np.maximum(runs[:, 1], max(abs(expected) * 0.1, 1e-9))
    placebos = np.abs(runs[:, 0]) * np.sqrt(max(expected, 1e-9) / level)
    # Runs overlap: so many of them are not so many looks.
    apart = max(len(moments) / periods - 1, 1.0)
    reach = max(float(np.sqrt(np.mean(placebos**2))) * _student(apart), float(placebos.max()))
    low, high = difference - reach, difference + reach
    return Effect(
        verdict=_verdict(low, high, higher_is_better=higher_is_better),
        difference=difference,
        low=low,
        high=high,
        treated=float(seen[start:].mean()),
        control=expected,
        sample=len(moments),
    )


def _gap(seen: Array, rest: Array, at: int, periods: int, fit: int) -> tuple[float, float]:
    """Return how far the values from a moment on lie from what was expected, and that."""
    past = slice(at - fit, at)
    actual, level = float(seen[at : at + periods].mean()), float(seen[past].mean())
    if not len(rest):
        return actual - level, level
    means = rest[:, past].mean(axis=1, keepdims=True)
    inputs = (rest[:, past] - means).T
    square = inputs.T @ inputs
    square += np.eye(len(rest)) * _RIDGE * (np.trace(square) / len(rest) + 1e-9)
    weights = np.linalg.solve(square, inputs.T @ (seen[past] - level))
    later = rest[:, at : at + periods].mean(axis=1) - means[:, 0]
    expected = level + float(weights @ later)
    return actual - expected, expected


def _student(freedom: float) -> float:
    """Return Student's deviate that holds nineteen in twenty (Cornish and Fisher's expansion)."""
    z = _NORMAL.inv_cdf(0.975)
    first = (z**3 + z) / (4 * freedom)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    return z + first + second + third
