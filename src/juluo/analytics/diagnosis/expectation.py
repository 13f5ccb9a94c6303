"""Is there anything to explain? What the window should be, from the community's own history.

The level is a mean of the comparable windows before, the recent ones counting most. Where the
same window a year ago is known, the season's part is what that window did against the windows
before it, drawn towards none by as much as chance alone could have made of it (James and Stein's
positive part). The noise bound is the errors the same rule would have made, at least Poisson's.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from juluo.analytics.diagnosis.cube import Array

FEWEST_ERRORS = 4
_MEMORY, _REACH, _FEWEST = 0.8, 10, 4
YEAR = 52
_Z = 1.959963984540054
# An error further out than so many usual ones was an incident, not noise.
_INCIDENT = 4.0


class Outcome(StrEnum):
    """What history says of a window's value."""

    USUAL = "usual"
    SEASON = "explained_by_season"
    UNUSUAL = "unusual"
    TOO_SHORT = "history_too_short"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What was expected of a value, and what it was.

    ``plain`` is the expectation from the windows before alone; ``season`` the factor (for a
    share: the difference) that last year's season makes of it, None where no year is known.
    ``sigmas`` is how many usual errors the value lies away; ``mark`` the most that happened
    while all was quiet. ``quiet`` tells which windows were nothing out of the ordinary.
    """

    outcome: Outcome
    actual: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None
    plain: float | None = None
    season: float | None = None
    sigmas: float = 0.0
    mark: float = 0.0
    windows: int = 0
    years: int = 0

    @property
    def is_unusual(self) -> bool:
        """Tell whether there is something to explain."""
        return self.outcome is Outcome.UNUSUAL


@dataclass(frozen=True)
class _Series:
    part: Array
    whole: Array | None
    bounded: bool

    @property
    def is_share(self) -> bool:
        return self.whole is not None and self.bounded

    def errors(self, levels: Array) -> Array:
        """Return how far the values lie from their levels, on the even scale."""
        if not self.is_share:
            return self.even(self.part) - levels
        share = self.part / np.maximum(np.asarray(self.whole), 1e-9)
        return self.even(share) - levels

    def even(self, value: Array) -> Array:
        """Bring counts, or shares, to a scale where chance scatters them evenly."""
        if not self.is_share:
            return np.sqrt(np.maximum(value, 0.0))
        return np.arcsin(np.sqrt(np.clip(value, 0.0, 1.0)))

    def plain(self, even: float, place: int) -> float:
        """Bring a value back (with a whole: as a ratio)."""
        if self.is_share:
            return float(np.sin(np.clip(even, 0.0, np.pi / 2)) ** 2)
        count = float(max(even, 0.0) ** 2)
        return count if self.whole is None else count / max(float(self.whole[place]), 1e-9)

    def floor(self, place: int) -> float:
        """Return the least scatter: Poisson's, or the binomial's."""
        if self.whole is None or not self.bounded:
            return 0.5
        return float(0.5 / max(float(self.whole[place]), 1.0) ** 0.5)

    def value(self, place: int) -> float | None:
        """Return a window's own value."""
        if self.whole is None:
            return float(self.part[place])
        whole = float(self.whole[place])
        return float(self.part[place]) / whole if whole else None


def expectation(
    part: Array, whole: Array | None = None, *, gap: int = 1, bounded: bool = True
) -> Expected:
    """Return what the last of these comparable windows should be.

    :param part: the values of windows a week apart, oldest first; the part of a share.
    :param gap: how many windows back is the first that does not overlap.
    :param bounded: whether the part lies within the whole; else it is a count with exposure.
    """
    held = None if whole is None else np.asarray(whole, float)
    series = _Series(np.asarray(part, float), held, bounded)
    last = len(part) - 1
    first = _beginning(series)
    levels = np.array([_level(series, n, first, gap) for n in range(last + 1)])
    errors = series.errors(levels)
    known = [n for n in range(last - gap + 1) if np.isfinite(errors[n])]
    actual = series.value(last)
    if actual is None or not np.isfinite(levels[last]) or len(known) < FEWEST_ERRORS:
        return Expected(outcome=Outcome.TOO_SHORT, actual=actual, windows=len(known))
    rough = _spread(errors[known])
    shifts = np.array([_season(series, errors, levels, n, rough) for n in range(last + 1)])
    seasonal = errors - shifts
    return _judged(series, levels, seasonal, shifts, known, actual, plain=float(errors[last]))


def _beginning(series: _Series) -> int:
    """Return the window in which history begins: the silence before it is no level."""
    seen = series.part if series.whole is None else series.whole
    return int(np.argmax(seen > 0)) if (seen > 0).any() else len(seen)


def _level(series: _Series, place: int, first: int, gap: int) -> float:
    before = np.arange(place - gap, max(place - gap - _REACH, first - 1), -1)
    if len(before) < _FEWEST:
        return float("nan")
    weights = _MEMORY ** np.arange(len(before))
    weights /= weights.sum()
    level = weights @ series.part[before]
    if series.whole is not None:
        whole = weights @ series.whole[before]
        if whole <= 0 or series.whole[place] <= 0:
            return float("nan")
        level /= whole
        if not series.bounded:
            level *= series.whole[place]
    return float(series.even(np.asarray(level)))


def _season(series: _Series, errors: Array, levels: Array, place: int, rough: float) -> float:
    """Return by how much last year's season moves this window, on the even scale."""
    years = [n for n in range(place - YEAR, -1, -YEAR) if np.isfinite(errors[n])]
    if not years or not np.isfinite(levels[place]):
        return 0.0
    scale = 1.0
    if not series.is_share:
        scale = levels[place] / max(float(np.mean(levels[years])), 1e-9)
    seen = float(np.mean(errors[years])) * scale
    noise = max(rough, series.floor(place)) ** 2 * 1.5 / len(years)
    return seen * max(0.0, 1 - noise / seen**2) if seen else 0.0


def _judged(
    series: _Series,
    levels: Array,
    errors: Array,
    shifts: Array,
    known: list[int],
    actual: float,
    *,
    plain: float,
) -> Expected:
    last = len(levels) - 1
    floor = series.floor(last)
    scatter = max(_spread(errors[known]), floor)
    usual = np.abs(errors[known])
    calm = usual[usual <= _INCIDENT * scatter]
    # Few errors show their scatter poorly (Student's factor, roughly).
    reach = _Z * scatter * (1 + 1.5 / len(known))
    years = len(range(last - YEAR, -1, -YEAR))
    if abs(shifts[last]) > scatter:
        # A season seen once is itself uncertain.
        reach *= (1 + 1 / years) ** 0.5
    middle = levels[last] + shifts[last]
    odd = abs(errors[last]) > reach
    outcome = Outcome.UNUSUAL if odd else Outcome.USUAL
    if not odd and abs(plain) > reach and abs(shifts[last]) > scatter:
        outcome = Outcome.SEASON
    level, expected = series.plain(levels[last], last), series.plain(middle, last)
    season = expected - level if series.is_share else expected / max(level, 1e-9)
    return Expected(
        outcome=outcome,
        actual=actual,
        expected=expected,
        low=series.plain(middle - reach, last),
        high=series.plain(middle + reach, last),
        plain=level,
        season=season if years else None,
        sigmas=float(errors[last]) * _Z / reach,
        mark=float(calm.max()) / scatter if len(calm) else 0.0,
        windows=len(known),
        years=years,
    )


def _spread(errors: Array) -> float:
    """Return the root mean square of errors, those of incidents pulled in."""
    sizes = np.abs(errors)
    cap = _INCIDENT * 1.4826 * max(float(np.median(sizes)), 1e-9)
    return float(np.sqrt(np.mean(np.minimum(sizes, cap) ** 2)))
