"""A series as it is known, and the scale on which its values scatter evenly."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

import numpy as np

from juluo.analytics.question import Grain

Array = Any
_SEASONS = {Grain.DAY: 7, Grain.WEEK: 52, Grain.MONTH: 12}
# What is older was another time's community.
_LONGEST = {Grain.DAY: 400, Grain.WEEK: 160, Grain.MONTH: 72}
# Anscombe's constant: with it the root of a Poisson count scatters by a half, however large.
_SHIFT = 0.375


class Scale(StrEnum):
    """What values can be: counts, shares within 0 and 1, or other amounts of 0 and more."""

    COUNT = "count"
    SHARE = "share"
    AMOUNT = "amount"

    def even(self, value: Any) -> Any:
        """Bring values to the scale where they scatter evenly."""
        if self is Scale.SHARE:
            return value
        return np.sqrt(np.maximum(value, 0.0) + self.shift)

    def plain(self, value: float) -> float:
        """Bring a value back, into what is possible."""
        if self is Scale.SHARE:
            return min(max(value, 0.0), 1.0)
        return max(max(value, 0.0) ** 2 - self.shift, 0.0)

    @property
    def shift(self) -> float:
        """What is added before the root is taken."""
        return _SHIFT if self is Scale.COUNT else 0.0

    @property
    def noise(self) -> float:
        """The scatter that counts have even if nothing at all changes (Poisson)."""
        return 0.5 if self is Scale.COUNT else 0.0


@dataclass(frozen=True, kw_only=True)
class Past:
    """The known values of a series, oldest first, whole periods only; None where undefined."""

    values: tuple[float | None, ...]
    grain: Grain
    scale: Scale = Scale.COUNT

    @property
    def recent(self) -> tuple[float | None, ...]:
        """The values that still tell of this community, from its first one on."""
        kept = self.values[-_LONGEST[self.grain] :]
        first = next((n for n, value in enumerate(kept) if value is not None), len(kept))
        return kept[first:]

    @property
    def season(self) -> int:
        """How many periods make a season, where it was seen twice; else 1."""
        length = _SEASONS[self.grain]
        return length if len(self.recent) >= 2 * length else 1


def carried_on(values: Sequence[float | None]) -> Array:
    """Return the values with each gap filled by the last one before it."""
    filled, last = [], 0.0
    for value in values:
        last = last if value is None else value
        filled.append(last)
    return np.array(filled, dtype=float)


def rms(values: Array) -> float:
    """Return the root of the mean square; 0 of nothing."""
    return sqrt(float(np.mean(np.square(values)))) if len(values) else 0.0
