"""What a count gives, and small statistics written anew."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

Place = tuple[date, str | None, float | None]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure; ``row`` holds what else is told of it."""

    value: Fraction | float | None
    part: float | None = None
    whole: float | None = None
    row: Mapping[str, float | Fraction | None] = field(default_factory=dict)


Figures = dict[Place, Figure]


def share(part: float, whole: float, **row: float) -> Figure:
    """Return part of whole; a share of nothing is absent."""
    value = Fraction(part) / Fraction(whole) if whole else None
    return Figure(value=value, part=part, whole=whole, row=row)


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval: the two shares whose z-test just lets this one be."""
    z = 1.959963984540054
    # (p - x)^2 = z^2 x (1 - x) / n, solved for x.
    p = part / whole
    a, b, c = 1 + z * z / whole, -(2 * p + z * z / whole), p * p
    root = math.sqrt(max(b * b - 4 * a * c, 0.0))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def type_7(values: Sequence[float], p: float) -> float | None:
    """Return the quantile by linear interpolation; None if it is infinite or of nothing."""
    if not values:
        return None
    ordered, place = sorted(values), Fraction(len(values) - 1) * Fraction(str(p))
    low = place.numerator // place.denominator
    high = low if place == low else low + 1
    if math.inf in {ordered[low], ordered[high]}:
        return None
    return ordered[low] + float(place - low) * (ordered[high] - ordered[low])


def gini(amounts: Sequence[int]) -> Fraction | None:
    """Return half the mean difference between any two, over the mean."""
    people, total = len(amounts), sum(amounts)
    if not total:
        return None
    ordered = sorted(amounts)
    # Of each pair the larger counts in full and the smaller against it.
    apart = sum((2 * place - people + 1) * amount for place, amount in enumerate(ordered))
    return Fraction(apart, people * total)


def core(amounts: Sequence[int], percent: int) -> int | None:
    """Return how few people made so many percent of all."""
    total, made, people = sum(amounts), 0, 0
    for amount in sorted(amounts, reverse=True):
        if made * 100 >= percent * total:
            break
        made, people = made + amount, people + 1
    return people if total else None


def page_rank(edges: Mapping[tuple[int, int], float]) -> dict[int, float]:
    """Return the rank of each node by walking until nothing moves; damping .85."""
    nodes = sorted({node for edge in edges for node in edge})
    out = {node: sum(w for (source, _), w in edges.items() if source == node) for node in nodes}
    ranks = dict.fromkeys(nodes, 1 / len(nodes)) if nodes else {}
    for _ in range(400):
        idle = sum(ranks[node] for node in nodes if not out[node])
        new = dict.fromkeys(nodes, 0.15 / len(nodes) + 0.85 * idle / len(nodes))
        for (source, target), weight in edges.items():
            new[target] += 0.85 * ranks[source] * weight / out[source]
        if sum(abs(new[node] - ranks[node]) for node in nodes) < 1e-14:
            return new
        ranks = new
    return ranks
