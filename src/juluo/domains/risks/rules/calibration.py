"""How often what was called likely came about."""

from collections.abc import Sequence
from dataclasses import dataclass

from juluo.analytics.statistics import wilson
from juluo.domains.risks.rules.scores import BANDS, Band, band

# Fewer calls than this say nothing: of a band, and of all together.
FEWEST_OF_A_BAND = 5
FEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Call:
    """A probability that was said, and whether the thing came about."""

    probability: int
    occurred: bool


@dataclass(frozen=True, kw_only=True)
class BandResult:
    """How often the risks of one band occurred, with the Wilson interval (95 %).

    ``verdict``: ``none`` called so, ``few`` (too few to say), ``more`` or ``less`` often than the
    band says, or ``fits``: nothing in the interval speaks against it.
    """

    band: Band
    called: int
    occurred: int
    share: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """All bands together. ``brier``: the mean squared error of what was said, 0 is perfect.

    ``plain`` is the score of somebody who always says the share that occurred in the end.
    """

    bands: tuple[BandResult, ...]
    called: int
    occurred: int
    brier: float | None
    plain: float | None
    enough: bool


def calibration(calls: Sequence[Call]) -> Calibration:
    """Return how often each band occurred, and how far off what was said has been."""
    called, occurred = len(calls), sum(call.occurred for call in calls)
    share = occurred / called if called else None
    return Calibration(
        bands=tuple(_result(each, calls) for each in BANDS),
        called=called,
        occurred=occurred,
        brier=brier(calls),
        plain=None if share is None else share * (1 - share),
        enough=called >= FEWEST,
    )


def brier(calls: Sequence[Call]) -> float | None:
    """Return the mean squared distance between what was said and what came; None of nothing."""
    if not calls:
        return None
    errors = [(band(call.probability).middle - call.occurred) ** 2 for call in calls]
    return sum(errors) / len(calls)


def _result(of: Band, calls: Sequence[Call]) -> BandResult:
    own = [call for call in calls if call.probability == of.level]
    occurred = sum(call.occurred for call in own)
    low, high = wilson(occurred, len(own)) or (None, None)
    return BandResult(
        band=of,
        called=len(own),
        occurred=occurred,
        share=occurred / len(own) if own else None,
        low=low,
        high=high,
        verdict=_verdict(of, len(own), low, high),
    )


def _verdict(of: Band, called: int, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "none"
    if called < FEWEST_OF_A_BAND:
        return "few"
    if low > of.high:
        return "more"
    return "less" if high < of.low else "fits"
