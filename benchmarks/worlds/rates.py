"""What a community's members get and give: the share answered within a day, contributions by each.

Whether a post or question is answered hangs on its space, on how new its author is and on how the
space's days go; a fault leaves so much of the answers of a slice. A member lies in one cell, where
they took part most; a fault thins or multiplies what those of a slice contribute.
"""

import numpy as np

from juluo.analytics.diagnosis.cube import Cube
from worlds.community import DAYS, DIMENSIONS, LABELS, Fault, World

ASKED = (0, 1)
# What a person can be cut by: all but the kind.
KIND = DIMENSIONS.index("kind")
OF_PEOPLE = tuple(name for name in DIMENSIONS if name != "kind")
PEOPLE_LABELS = tuple(known for n, known in enumerate(LABELS) if n != KIND)


class Answers:
    """Which of a community's posts and questions were answered within a day."""

    def __init__(self, world: World, seed: int) -> None:
        random = np.random.default_rng(seed)
        self.world = world
        usual = random.normal(1.0, 0.6, 12)
        days = random.normal(0, 0.25, (DAYS, 12))
        for day in range(1, DAYS):
            days[day] += 0.6 * days[day - 1]
        is_new = world.day - world.joined[world.member] < 28
        logit = usual[world.space] + days[world.day, world.space] - 0.4 * is_new
        self.answered = random.random(len(logit)) < 1 / (1 + np.exp(-logit))

    def cube(self, start: int, days: int, faults: tuple[Fault, ...] = (), seed: int = 0) -> Cube:
        """Return the windows up to the one that begins on ``start``: answered, of all asked."""
        random, rows = np.random.default_rng(seed), []
        windows = min((start - 28) // 7, 72) + 1
        for back in range(windows - 1, -1, -1):
            first = start - 7 * back
            codes, day = self.world.window(first, days)
            held = slice(self.world.edges[first], self.world.edges[first + days])
            part = self.answered[held].astype(float)
            for fault in faults if back == 0 else ():
                hit = _inside(codes, fault, DIMENSIONS) & (day >= fault.since)
                part[hit] *= random.random(int(hit.sum())) < fault.factor
            asked = np.isin(codes[:, KIND], ASKED)
            rows.append((codes[asked], windows - 1 - back, part[asked], np.ones(int(asked.sum()))))
        return _packed(rows, DIMENSIONS, LABELS, gap=-(-days // 7))


class Givers:
    """How much each active member contributes."""

    def __init__(self, world: World) -> None:
        self.world = world

    def cube(self, start: int, days: int, faults: tuple[Fault, ...] = (), seed: int = 0) -> Cube:
        """Return the windows up to the one that begins on ``start``: contributions, of people."""
        random, rows = np.random.default_rng(seed), []
        windows = min((start - 28) // 7, 72) + 1
        for back in range(windows - 1, -1, -1):
            first = start - 7 * back
            codes, day = self.world.window(first, days)
            held = slice(self.world.edges[first], self.world.edges[first + days])
            homes, whose = _homes(codes, self.world.member[held])
            written = np.ones(len(codes))
            for fault in faults if back == 0 else ():
                hit = _inside(homes, fault, OF_PEOPLE)[whose] & (day >= fault.since)
                written[hit] = _drawn(random, int(hit.sum()), fault.factor)
            part = np.bincount(whose, weights=written, minlength=len(homes))
            rows.append((homes, windows - 1 - back, part, np.ones(len(homes))))
        return _packed(rows, OF_PEOPLE, PEOPLE_LABELS, gap=-(-days // 7), bounded=False)


def _drawn(random: np.random.Generator, many: int, factor: float) -> np.ndarray:
    if factor < 1:
        return (random.random(many) < factor).astype(float)
    return 1.0 + random.poisson(factor - 1, many)


def _homes(codes: np.ndarray, member: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes of each member's home, and which member each contribution is of."""
    _, whose = np.unique(member, return_inverse=True)
    place = (whose * 12 + codes[:, 0]) * 3 + codes[:, 1]
    known, first, count = np.unique(place, return_index=True, return_counts=True)
    order = np.lexsort((known, -count, known // 36))
    _, top = np.unique(known[order] // 36, return_index=True)
    return np.delete(codes[first[order][top]], KIND, axis=1), whose


def _inside(codes: np.ndarray, fault: Fault, dimensions: tuple[str, ...]) -> np.ndarray:
    held = np.ones(len(codes), dtype=bool)
    for dimension, label in fault.where:
        known = LABELS[DIMENSIONS.index(dimension)]
        held &= codes[:, dimensions.index(dimension)] == known.index(label)
    return held


def _packed(
    rows: list[tuple[np.ndarray, int, np.ndarray, np.ndarray]],
    dimensions: tuple[str, ...],
    labels: tuple[tuple[str, ...], ...],
    *,
    gap: int,
    bounded: bool = True,
) -> Cube:
    """Add parts and wholes up by cell and window."""
    codes = np.concatenate([each[0] for each in rows])
    key = np.zeros(len(codes), dtype=np.int64)
    for place, known in enumerate(labels):
        key = key * len(known) + codes[:, place]
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    window = np.concatenate([np.full(len(each[0]), each[1]) for each in rows])
    part, whole = np.zeros((2, len(first), len(rows)))
    np.add.at(part, (cell, window), np.concatenate([each[2] for each in rows]))
    np.add.at(whole, (cell, window), np.concatenate([each[3] for each in rows]))
    return Cube(dimensions=dimensions, labels=labels, codes=codes[first].astype(np.int64),
                part=part, whole=whole, gap=gap, bounded=bounded)  # fmt: skip
