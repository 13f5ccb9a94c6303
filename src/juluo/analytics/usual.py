"""What a figure usually is: the range that history alone makes plausible."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

# With fewer windows before it there is no saying what is usual.
FEWEST_WINDOWS = 4
_TWO_SIDED_95 = 1.96


@dataclass(frozen=True, kw_only=True)
class UsualRange:
    """Where the next value would fall 19 times in 20 if nothing had changed."""

    low: float
    high: float
    windows: int

    def holds(self, value: float) -> bool:
        """Tell whether a value is nothing unusual."""
        return self.low <= value <= self.high


def usual_range(
    before: Sequence[float | None], *, counts: bool, most: float | None = None
) -> UsualRange | None:
    """Return the range expected after these comparable windows, or None if they are too few.

    The mean of the windows before, with a bound from how they scattered; for counts never
    tighter than a Poisson count of that mean (METRICS.md, §diagnosis, step 1). The mean's own
    uncertainty is part of the bound. No figure of ours is negative; ``most`` is the highest
    that a value can be (1 for a share).
    """
    known = [value for value in before if value is not None]
    if len(known) < FEWEST_WINDOWS:
        return None
    mean = fmean(known)
    scatter = max(variance(known), mean) if counts else variance(known)
    reach = _TWO_SIDED_95 * sqrt(scatter * (1 + 1 / len(known)))
    high = mean + reach if most is None else min(mean + reach, most)
    return UsualRange(low=max(mean - reach, 0.0), high=high, windows=len(known))
