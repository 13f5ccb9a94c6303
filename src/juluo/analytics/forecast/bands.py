"""Choose the method that has erred least, and make the band from the errors really made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist, fmean, stdev

import numpy as np

from juluo.analytics.forecast.methods import COMBINED, IN_COMBINATION, methods
from juluo.analytics.forecast.past import Array, Past, Scale, carried_on, rms
from juluo.analytics.forecast.whole import edges, led_to, nearest_reach, poisson_reach
from juluo.analytics.question import Grain

COVER = 0.8
_NORMAL = NormalDist()
_Z = _NORMAL.inv_cdf((1 + COVER) / 2)
# Fewer values, or fewer forecasts to judge by, say nothing reliable.
FEWEST_VALUES = 8
FEWEST_ERRORS = 5
_FIRST_ORIGIN = 6
# Periods after which an error of the past weighs half; after which its scatter does.
_MEMORY = {Grain.DAY: 90.0, Grain.WEEK: 26.0, Grain.MONTH: 12.0}
_SCATTER_MEMORY = {Grain.DAY: 28.0, Grain.WEEK: 13.0, Grain.MONTH: 6.0}
_RECENTLY = {Grain.DAY: 28, Grain.WEEK: 26, Grain.MONTH: 12}
# How much of today's scatter is the last weeks', and how far it can shrink or stretch an error.
_OF_RECENT, _MOST_STRETCH = 0.7, 3.0
# The combination wins where another method is hardly better.
_FOR_COMBINATION = 0.9
# The nominal level counts like this many bands of the past in deciding the level to use.
_PRIOR_BANDS = 10.0
_LEVELS = (0.5, 0.97)
_FEWEST_PAIRS = 4


class TooLittleHistory(ValueError):
    """The past is too short, or too full of gaps, for more than a guess."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """Where a value to come lies: four times in five from ``low`` to ``high``.

    ``method`` has erred least so far; ``errors`` is how many forecasts of the past the band's
    width is taken from. ``centre`` and ``reach`` are the band on the scale of even scatter, before
    the edges of counts are made whole.
    """

    low: float
    middle: float
    high: float
    method: str
    errors: int
    centre: float
    reach: float
    scale: Scale

    def chance_of(self, target: float, *, higher_is_better: bool) -> float:
        """Return how likely the value reaches a target, from .01 to .99."""
        if self.reach <= 0:
            met = self.middle >= target if higher_is_better else self.middle <= target
            return 0.99 if met else 0.01
        distance = (self.centre - float(self.scale.even(target))) * _Z / self.reach
        chance = _NORMAL.cdf(distance if higher_is_better else -distance)
        return min(max(chance, 0.01), 0.99)

    def after(self, known: float, *, times: float = 1.0) -> "Band":
        """Return the band of so many times this value, added to what is known already."""
        even, plain = self.scale.even, self.scale.plain
        ends = [
            float(even(known + times * plain(self.centre + side * self.reach))) for side in (-1, 1)
        ]
        return replace(
            self,
            low=known + times * self.low,
            middle=known + times * self.middle,
            high=known + times * self.high,
            centre=sum(ends) / 2,
            reach=(ends[1] - ends[0]) / 2,
        )


def forecast(past: Past, *, ahead: int) -> Band:
    """Return the band of the value ``ahead`` periods after the last known one.

    :raises TooLittleHistory: if the past cannot judge a forecast that far.
    """
    return _Trial(past, ahead=ahead, total=False).band()


def forecast_total(past: Past, *, periods: int) -> Band:
    """Return the band of the sum of the next ``periods`` values.

    :raises TooLittleHistory: if the past cannot judge a forecast that far.
    """
    return _Trial(past, ahead=periods, total=True).band()


class _Trial:
    """Every forecast the methods would have made of this past, and how they erred.

    An origin is how many values were known; what it forecasts is known ``ahead`` values later.
    """

    def __init__(self, past: Past, *, ahead: int, total: bool) -> None:
        self.past, self.ahead, self.total = past, ahead, total
        known = past.recent
        self.values = carried_on(known)
        self.even = past.scale.even(self.values)
        self.length = len(known)
        recently = [value is not None for value in known[-_RECENTLY[past.grain] :]]
        if self.length < FEWEST_VALUES or sum(recently) * 2 < len(recently):
            raise TooLittleHistory
        self.origins = range(_FIRST_ORIGIN, self.length + 1)
        self.names, said = self._say()
        self.truth = self._truth([value is not None for value in known])
        self.errors = self.truth[:, None] - said
        self.chosen, self.picked = self._choose(said)
        self.missed = self.truth - self.chosen
        self.scatter = self._scatter()

    def _say(self) -> tuple[list[str], Array]:
        """Return what each method says at each origin, the combination last."""
        found = methods(self.past.season)
        said = np.full((self.length + 1, len(found) + 1), np.nan)
        for origin in self.origins:
            past = self.even[:origin]
            for column, method in enumerate(found.values()):
                said[origin, column] = self._aggregate(method(past, self.ahead))
        together = [n for n, name in enumerate(found) if name in IN_COMBINATION]
        said[:, -1] = said[:, together].mean(axis=1)
        return [*found, COMBINED], said

    def _aggregate(self, path: Array) -> float:
        if not self.total:
            return float(path[-1])
        scale = self.past.scale
        return float(scale.even(sum(scale.plain(float(each)) for each in path)))

    def _truth(self, known: list[bool]) -> Array:
        truth = np.full(self.length + 1, np.nan)
        for origin in self.origins:
            end = origin + self.ahead
            if end > self.length:
                break
            if self.total and all(known[origin:end]):
                truth[origin] = self.past.scale.even(self.values[origin:end].sum())
            elif not self.total and known[end - 1]:
                truth[origin] = self.even[end - 1]
        return truth

    def _settled(self, origin: int) -> Array:
        """Return the origins whose outcome was known at this one."""
        earlier = np.arange(_FIRST_ORIGIN, origin - self.ahead + 1)
        return earlier[~np.isnan(self.truth[earlier])] if len(earlier) else earlier

    def _weights(self, origin: int, settled: Array) -> Array:
        age = origin - self.ahead - settled
        return 0.5 ** (age / _MEMORY[self.past.grain])

    def _choose(self, said: Array) -> tuple[Array, list[str]]:
        """Return, for each origin, the forecast of the method that had erred least until then."""
        chosen = np.full(self.length + 1, np.nan)
        picked = [COMBINED] * (self.length + 1)
        for origin in self.origins:
            settled, place = self._settled(origin), len(self.names) - 1
            if len(settled) >= 3:
                erred = self._weights(origin, settled) @ np.abs(self.errors[settled])
                erred[-1] *= _FOR_COMBINATION
                place = int(np.argmin(erred))
            chosen[origin], picked[origin] = said[origin, place], self.names[place]
        return chosen, picked

    def _scatter(self) -> Array:
        """Return how much values moved from one to the next, as it was known at each origin."""
        moves = np.diff(self.even)
        scatter = np.ones(self.length + 1)
        least = 0.3 if self.past.scale is Scale.COUNT else 1e-9
        for origin in self.origins:
            known = moves[: origin - 1]
            age = np.arange(len(known))[::-1]
            weights = 0.5 ** (age / _SCATTER_MEMORY[self.past.grain])
            recent = float(np.sqrt(weights @ np.square(known) / weights.sum()))
            scatter[origin] = max(_OF_RECENT * recent + (1 - _OF_RECENT) * rms(known), least)
        return scatter

    def _stretched(self, origin: int, settled: Array) -> Array:
        """Return past errors, stretched to the scatter at this origin."""
        stretch = self.scatter[origin] / self.scatter[settled]
        return self.missed[settled] * np.clip(stretch, 1 / _MOST_STRETCH, _MOST_STRETCH)

    def band(self) -> Band:
        """Return the band at the last origin."""
        origin = self.length
        settled = self._settled(origin)
        if len(settled) < FEWEST_ERRORS:
            raise TooLittleHistory
        errors, weights = self._stretched(origin, settled), self._weights(origin, settled)
        level = self._level(settled, weights)
        centre, scale = float(self.chosen[origin]), self.past.scale
        reach = _weighted_quantile(np.abs(errors), weights, level)
        return _around(
            centre,
            max(reach, _Z * scale.noise),
            scale,
            exact=self._exact(centre, errors, weights, level) if scale is Scale.COUNT else None,
            method=self.picked[origin],
            errors=len(settled),
        )

    def _exact(self, centre: float, errors: Array, weights: Array, level: float) -> float:
        """Return how far a band of whole numbers goes that holds most nearly this part."""
        seen = nearest_reach(led_to(centre, errors), weights, level, unseen=1.0)
        return max(seen, poisson_reach(centre, COVER, deviate=_Z))

    def _level(self, settled: Array, weights: Array) -> float:
        """Return the level that would have held the truth as often as promised.

        Where past bands were too wide or too narrow (a community that grows or dies away), the
        places their truths took among the errors known then say so.
        """
        ranks, kept = [], []
        for origin, weight in zip(settled, weights, strict=True):
            before = self._settled(int(origin))
            if len(before) >= FEWEST_ERRORS:
                ranks.append(self._rank(int(origin), before))
                kept.append(weight)
        if len(ranks) <= 3:
            return COVER
        seen = _weighted_quantile(np.array(ranks), np.array(kept), COVER)
        worth = float(sum(kept))
        level = (_PRIOR_BANDS * COVER + worth * seen) / (_PRIOR_BANDS + worth)
        return min(max(level, _LEVELS[0]), _LEVELS[1])

    def _rank(self, origin: int, before: Array) -> float:
        """Return which part of the errors known then was smaller than the one made."""
        sizes, weights = np.abs(self._stretched(origin, before)), self._weights(origin, before)
        missed = abs(self.missed[origin])
        smaller, alike = weights[sizes < missed].sum(), weights[sizes == missed].sum()
        return float((smaller + alike / 2 + 0.5) / (weights.sum() + 1))


def _around(
    centre: float, reach: float, scale: Scale, *, exact: float | None, method: str, errors: int
) -> Band:
    """Return the band around a centre; ``exact`` is how far that of a count goes."""
    low, middle, high = (scale.plain(centre + side * reach) for side in (-1, 0, 1))
    if exact is not None:
        low, high = edges(centre, exact)
    return Band(
        low=low,
        middle=min(max(middle, low), high),
        high=high,
        method=method,
        errors=errors,
        centre=centre,
        reach=reach,
        scale=scale,
    )


def _weighted_quantile(values: Array, weights: Array, level: float) -> float:
    """Return the conformal quantile: one more value, not seen yet, may be larger than all."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(np.interp(level * (reached[-1] + 1), reached, values[order]))


def finished(now: float, pairs: Sequence[tuple[float, float]], *, scale: Scale) -> Band:
    """Return the band of a window's whole value, from its value so far.

    For values that do not add up (distinct people, shares). ``pairs`` are windows of the past:
    their value when this much of them had passed, and at their end.

    :raises TooLittleHistory: if there are fewer than four.
    """
    if len(pairs) < _FEWEST_PAIRS:
        raise TooLittleHistory
    steps = [float(scale.even(end)) - float(scale.even(early)) for early, end in pairs]
    centre = float(scale.even(now)) + fmean(steps)
    spread = stdev(steps) * sqrt(1 + 1 / len(steps)) * _student(len(steps) - 1)
    reach = max(spread, _Z * scale.noise if len(set(steps)) > 1 else 0.0)
    return _around(
        centre,
        reach,
        scale,
        exact=reach if scale is Scale.COUNT else None,
        method="windows like it",
        errors=len(pairs),
    )


def _student(freedom: int) -> float:
    """Return Student's deviate that holds four in five (Cornish and Fisher's expansion)."""
    first = (_Z**3 + _Z) / (4 * freedom)
    second = (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)
    return _Z + first + second
