"""Is a target within reach? What history says before anybody promises it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juluo.analytics.forecast import Band

# With fewer stretches to look back on, nothing is said of how often.
FEWEST_WINDOWS = 4
# With fewer values, that none was as good says nothing.
FEWEST_VALUES = 8
_BY_ITSELF = 0.5
_RARE = 0.1


class Verdict(StrEnum):
    """What history says of a target."""

    MET_BY_SEASON_ALONE = "met_by_season_alone"
    SEEN_BEFORE = "seen_before"
    RARE = "rare"
    NEVER_REACHED_BEFORE = "never_reached_before"
    TOO_LITTLE_HISTORY = "too_little_history"


@dataclass(frozen=True, kw_only=True)
class Feasibility:
    """The verdict, and the figures for its words.

    ``change`` is what the target asks for: a part of the baseline, or the plain difference where
    ``is_relative`` is false (shares, and a baseline of nothing). It happened in ``times`` of
    ``windows`` stretches as long as the target's. ``low`` to ``high`` is what season and trend
    alone would give, ``chance`` that they meet the target. ``best`` is the best value ever.
    """

    verdict: Verdict
    change: float
    is_relative: bool
    windows: int
    times: int
    best: float | None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    chance: float | None = None


def feasibility(
    known: Sequence[float | None],
    *,
    ahead: int,
    baseline: float,
    target: float,
    higher_is_better: bool,
    is_share: bool,
    band: "Band | None",
) -> Feasibility:
    """Judge a target by the past values of its measure, oldest first.

    ``ahead`` is how many values after the baseline's the target lies; ``band`` is what is
    forecast for that moment, if anything can be.
    """
    is_relative = not is_share and baseline > 0
    change = (target - baseline) / baseline if is_relative else target - baseline
    changes = _changes(known, ahead=ahead, is_relative=is_relative)
    upwards = higher_is_better if target == baseline else target > baseline
    times = sum(each >= change if upwards else each <= change for each in changes)
    values = [value for value in known if value is not None]
    best = (max(values) if higher_is_better else min(values)) if values else None
    chance = band.chance_of(target, higher_is_better=higher_is_better) if band else None
    beyond = best is None or (target > best if higher_is_better else target < best)
    return Feasibility(
        verdict=_verdict(len(changes), times, chance, beyond=beyond, values=len(values)),
        change=change,
        is_relative=is_relative,
        windows=len(changes),
        times=times,
        best=best,
        low=band.low if band else None,
        middle=band.middle if band else None,
        high=band.high if band else None,
        chance=chance,
    )


def _changes(known: Sequence[float | None], *, ahead: int, is_relative: bool) -> list[float]:
    """Return how much the value changed over each past stretch of this length."""
    found = []
    for before, after in zip(known, known[ahead:], strict=False):
        if before is None or after is None or (is_relative and before <= 0):
            continue
        found.append((after - before) / before if is_relative else after - before)
    return found


def _verdict(
    windows: int, times: int, chance: float | None, *, beyond: bool, values: int
) -> Verdict:
    """Return the verdict. That a value was never reached is a fact even of a short history."""
    if windows < FEWEST_WINDOWS and not (beyond and values >= FEWEST_VALUES):
        return Verdict.TOO_LITTLE_HISTORY
    if chance is not None and chance >= _BY_ITSELF:
        return Verdict.MET_BY_SEASON_ALONE
    if beyond:
        return Verdict.NEVER_REACHED_BEFORE
    return Verdict.RARE if times < _RARE * windows or times == 0 else Verdict.SEEN_BEFORE
