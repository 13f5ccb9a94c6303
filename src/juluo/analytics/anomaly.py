"""Is a figure out of the ordinary? What its own past makes likely for the next period.

For counts the arithmetic is done on square roots, where the scatter of a Poisson count is one half
whatever its size (Anscombe 1948), and never below that. Level: the median of the last periods, once
the rhythm of the week is taken out; rhythm of the year where two years are known. Scatter: the root
mean square of the errors that the same rule would have made before, the few largest pulled in, so
that one odd day neither moves the level nor hides the next one. A scatter from the median of the
errors raised twice as many alerts, of which a later look confirmed fewer (benchmarks/alerts.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from juluo.analytics.question import Grain

# How far back a period's likeness reaches, how many make a level, how few are too few.
REACH = {Grain.DAY: 84, Grain.WEEK: 26, Grain.MONTH: 24}
LEVEL = {Grain.DAY: 14, Grain.WEEK: 6, Grain.MONTH: 4}
FEWEST = {Grain.DAY: 28, Grain.WEEK: 8, Grain.MONTH: 6}
YEAR = {Grain.DAY: 364, Grain.WEEK: 52, Grain.MONTH: 12}
POISSON = 0.5
# Years differ: the season counts for half of what it did last time.
_SEASON_SHARE = 0.5
# One odd day must not hide the next: of many errors, the largest count as the one below them.
_FEWEST_ERRORS, _KEPT = 5, 0.97
# Of fewer than some thirty errors no share is pulled in: there, one that stands apart is.
_APART = 2


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What a period's value should be, and the range that history makes plausible."""

    middle: float
    low: float
    high: float
    sample: int

    def is_odd(self, value: float) -> bool:
        """Tell whether a value lies outside the range."""
        return not self.low <= value <= self.high


def expectation(
    before: Sequence[float | None],
    *,
    grain: Grain,
    counts: bool,
    sigmas: float = 3.0,
    most: float | None = None,
) -> Expectation | None:
    """Return what the period after these ones should be, or None if they are too few.

    :param before: the values of the periods before, oldest first, without gaps.
    :param sigmas: the width of the range; three is passed by chance once in some hundred periods.
    :param most: the highest that a value can be (1 for a share).
    """
    known = [0.0 if value is None else value for value in before] if counts else _filled(before)
    # A history begins with its first event: the silence before it is no level.
    first = next((n for n, value in enumerate(known) if value), len(known))
    known = known[first:]
    if len(known) < FEWEST[grain]:
        return None
    scaled = [sqrt(max(value, 0.0)) for value in known] if counts else known
    middle = _next(scaled, grain)
    start = max(FEWEST[grain] // 2, len(scaled) - REACH[grain])
    errors = [scaled[n] - _next(scaled[:n], grain) for n in range(start, len(scaled))]
    scatter = max(_spread(errors), POISSON if counts else 1e-9)
    low, high = middle - sigmas * scatter, middle + sigmas * scatter
    if counts:
        middle, low, high = middle**2, max(low, 0.0) ** 2, high**2
    return Expectation(
        middle=middle,
        low=max(low, 0.0),
        high=high if most is None else min(high, most),
        sample=len(known),
    )


def _filled(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _next(values: Sequence[float], grain: Grain) -> float:
    """Return the middle expectation for the value after these."""
    recent = list(values[-REACH[grain] :])
    weekly = _weekday_parts(recent) if grain is Grain.DAY and len(recent) >= 21 else None
    if weekly is not None:
        flat = [value - weekly[(n - len(recent)) % 7] for n, value in enumerate(recent)]
        level = median(flat[-LEVEL[grain] :]) + weekly[0]
    else:
        level = median(recent[-LEVEL[grain] :])
    return max(level + _season(values, grain), 0.0)


def _weekday_parts(recent: Sequence[float]) -> list[float]:
    """Return how far each day of the week lies from the mean; place 0 is the next day's."""
    mean = fmean(recent)
    parts = []
    for place in range(7):
        alike = [value for n, value in enumerate(recent) if (n - len(recent)) % 7 == place]
        # A few weeks say little of a weekday: pull its part towards none.
        parts.append((fmean(alike) - mean) * len(alike) / (len(alike) + 2))
    return parts


def _season(values: Sequence[float], grain: Grain) -> float:
    """Return what the same period did a year ago against the level before it, halved."""
    year, reach = YEAR[grain], LEVEL[grain]
    if len(values) < 2 * year:
        return 0.0
    place = len(values) - year
    around = values[max(place - reach // 2, 0) : place + reach // 2 + 1]
    before = values[max(place - reach, 0) : place]
    return _SEASON_SHARE * (median(around) - median(before))


def _spread(errors: Sequence[float]) -> float:
    """Return the root mean square of the errors, the few largest pulled in to the next one."""
    if not errors:
        return 0.0
    sizes = sorted(abs(each) for each in errors)
    if len(sizes) < _FEWEST_ERRORS:
        return sqrt(fmean([each**2 for each in sizes]))
    cap = sizes[int(len(sizes) * _KEPT)]
    if sizes[-1] > _APART * sizes[-2]:
        cap = min(cap, sizes[-2])
    return sqrt(fmean([min(each, cap) ** 2 for each in sizes]))
