"""Small exact statistics: intervals, quantiles, concentration, PageRank."""

import math
from collections.abc import Sequence
from typing import Any

Z95 = 1.959963984540054


def wilson(part: float, whole: float) -> tuple[float, float] | None:
    """Return the Wilson 95 % interval of a share; None for a share of nothing or above one."""
    if whole <= 0 or not 0 <= part <= whole:
        return None
    share, square = part / whole, Z95 * Z95
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    spread = math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    half = Z95 * spread / (1 + square / whole)
    return max(0.0, centre - half), min(1.0, centre + half)


def quantile(values: Sequence[float], p: float) -> float | None:
    """Return the type-7 quantile of sorted values; None if empty or if it is infinite."""
    if not values:
        return None
    place = (len(values) - 1) * p
    low = math.floor(place)
    share = place - low
    if share == 0:
        return _finite(values[low])
    return _finite(values[low] + share * (values[low + 1] - values[low]))


def quantile_interval(values: Sequence[float], p: float) -> tuple[float | None, float | None]:
    """Return the order statistics that bound a quantile of sorted values with 95 %.

    Ranks come from the normal approximation to the binomial; an end beyond the sample, or
    infinite, is None.
    """
    n = len(values)
    half = Z95 * math.sqrt(n * p * (1 - p))
    low, high = math.floor(n * p - half), math.ceil(n * p + half)
    return (
        _finite(values[low - 1]) if 1 <= low <= n else None,
        _finite(values[high - 1]) if 1 <= high <= n else None,
    )


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def gini(sizes: Sequence[tuple[float, int]]) -> float | None:
    """Return the Gini index of amounts given as (amount, how many have it); None if empty."""
    ordered = sorted(sizes)
    people = sum(count for _, count in ordered)
    total = sum(amount * count for amount, count in ordered)
    if people == 0 or total == 0:
        return None
    # Sum of rank times amount; people of equal amount share consecutive ranks.
    ranked, before = 0.0, 0
    for amount, count in ordered:
        ranked += amount * (count * before + count * (count + 1) / 2)
        before += count
    return 2 * ranked / (people * total) - (people + 1) / people


def core(sizes: Sequence[tuple[float, int]], share: float) -> int | None:
    """Return the smallest number of people who made ``share`` of the total; None if empty."""
    total = sum(amount * count for amount, count in sizes)
    if total == 0:
        return None
    # Amounts are whole numbers: a tiny tolerance keeps 0.8 * total from falling a hair above.
    missing, people = share * total - 1e-9, 0
    for amount, count in sorted(sizes, reverse=True):
        needed = min(count, math.ceil(missing / amount)) if missing > 0 else 0
        people += needed
        missing -= needed * amount
        if missing <= 0:
            break
    return people


def pagerank(
    edges: Sequence[tuple[int, int, float]], *, damping: float = 0.85
) -> list[tuple[int, float]]:
    """Return (node, rank), highest first, of a weighted directed graph; ranks sum to one.

    A node that points nowhere gives its rank to all alike.
    """
    import numpy as np

    nodes = sorted({node for source, target, _ in edges for node in (source, target)})
    if not nodes:
        return []
    place = {node: index for index, node in enumerate(nodes)}
    sources = np.array([place[source] for source, _, _ in edges])
    targets = np.array([place[target] for _, target, _ in edges])
    weights = np.array([weight for _, _, weight in edges], dtype=float)
    ranks = _power(sources, targets, weights, len(nodes), damping)
    found = [(node, float(rank)) for node, rank in zip(nodes, ranks, strict=True)]
    return sorted(found, key=lambda each: (-round(each[1], 12), each[0]))


def _power(sources: Any, targets: Any, weights: Any, count: int, damping: float) -> Any:
    import numpy as np

    out = np.bincount(sources, weights=weights, minlength=count)
    flow = weights / out[sources]
    ranks = np.full(count, 1 / count)
    for _ in range(200):
        given = np.bincount(targets, weights=flow * ranks[sources], minlength=count)
        lost = ranks[out == 0].sum() / count
        following = (1 - damping) / count + damping * (given + lost)
        if np.abs(following - ranks).sum() < 1e-12:
            return following
        ranks = following
    return ranks
