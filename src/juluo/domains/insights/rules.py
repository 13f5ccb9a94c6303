"""When an alert fires, as pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from juluo.analytics.anomaly import expectation
from juluo.analytics.question import Grain

# A change from fewer than this, or by less, is the noise of small numbers.
SMALLEST_BASE = 5.0
SMALLEST_STEP = 3.0


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look at a period found; ``fires`` is None where history is too short to say."""

    fires: bool | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


def look(
    *,
    rule: str,
    side: str,
    value: float,
    before: Sequence[float | None],
    observed: float | None,
    grain: Grain,
    counts: bool,
    most: float | None = None,
) -> Look:
    """Return whether a period's value is a reason to tell somebody.

    :param before: the values of the periods before, oldest first.
    :param most: the highest that a value can be (1 for a share).
    """
    if observed is None:
        return Look(fires=None)
    if rule == "threshold":
        return _threshold(side, value, observed)
    if rule == "change":
        return _change(side, value, before, observed, counts=counts)
    found = expectation(before, grain=grain, counts=counts, sigmas=value, most=most)
    if found is None:
        return Look(fires=None)
    small = counts and abs(observed - found.middle) < SMALLEST_STEP
    fires = not small and _outside(side, observed, found.low, found.high)
    return Look(fires=fires, expected=found.middle, low=found.low, high=found.high)


def _threshold(side: str, value: float, observed: float) -> Look:
    if side == "above":
        return Look(fires=observed > value, high=value)
    return Look(fires=observed < value, low=value)


def _change(
    side: str, value: float, before: Sequence[float | None], observed: float, *, counts: bool
) -> Look:
    last = before[-1] if before else None
    if last is None or (counts and max(last, observed) < SMALLEST_BASE) or last == 0:
        return Look(fires=None)
    low, high = last * (1 - value), last * (1 + value)
    return Look(
        fires=_outside(side, observed, low, high), expected=last, low=max(low, 0.0), high=high
    )


def _outside(side: str, observed: float, low: float, high: float) -> bool:
    above, below = observed > high, observed < low
    return {"above": above, "below": below, "both": above or below}[side]


def precision(*, acted: int, explained: int, noise: int) -> tuple[int, int]:
    """Return how many episodes were worth telling, of those that were decided.

    What was acted on or had an explanation was real; noise was not.
    """
    return acted + explained, acted + explained + noise
