"""A metric's values in cells: one for each combination of dimensions, per comparable window."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

Array = Any
# One cause's place: (dimension, value) pairs in the cube's order of dimensions; empty: everywhere.
Where = tuple[tuple[str, str], ...]
# What members are changes by itself; where a person counts, so does where they are at home.
OF_MEMBERS, OF_PEOPLE = ("tenure", "band"), ("space", "source")


@dataclass(frozen=True, kw_only=True)
class Cube:
    """Values of cells over windows, the one to explain last.

    ``codes`` (cells × dimensions) index ``labels``; ``part`` is cells × windows: a count, or the
    part of a share with its ``whole``. Sums over the cells are the metric's own answer.
    A part that is not ``bounded`` by its whole (words per member) is a count with exposure.
    ``is_people`` tells that distinct people are counted, each in one cell: their home.
    Windows lie a step apart; ``gap`` steps back is the first that does not overlap.
    """

    dimensions: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    codes: Array
    part: Array
    whole: Array | None = None
    gap: int = 1
    bounded: bool = True
    is_people: bool = False

    @property
    def windows(self) -> int:
        """How many windows there are."""
        return int(self.part.shape[1])

    @cached_property
    def total(self) -> Array:
        """The part of every window, over all cells."""
        return self.part.sum(axis=0)

    @cached_property
    def total_whole(self) -> Array | None:
        """The whole of every window, over all cells; None for a count."""
        return None if self.whole is None else self.whole.sum(axis=0)

    @property
    def is_share(self) -> bool:
        """Tell whether the part lies within its whole."""
        return self.whole is not None and self.bounded

    @property
    def movable(self) -> tuple[str, ...]:
        """The dimensions between whose values what is counted may move."""
        return OF_MEMBERS + OF_PEOPLE if self.is_people else OF_MEMBERS

    def inside(self, where: Where) -> Array:
        """Return which cells lie in a slice."""
        held = np.ones(len(self.codes), dtype=bool)
        for dimension, label in where:
            place = self.dimensions.index(dimension)
            known = self.labels[place]
            held &= self.codes[:, place] == (known.index(label) if label in known else -1)
        return held

    def sets(self, depth: int) -> Iterator[tuple[int, ...]]:
        """Yield the sets of up to so many dimensions that have more than one value."""
        free = [n for n, known in enumerate(self.labels) if len(known) > 1]
        for size in range(1, depth + 1):
            yield from combinations(free, size)

    def grouped(self, dims: tuple[int, ...]) -> tuple[Array, Array]:
        """Return the distinct combinations of some dimensions' codes, and each cell's place."""
        key = np.zeros(len(self.codes), dtype=np.int64)
        for dim in dims:
            key = key * len(self.labels[dim]) + self.codes[:, dim]
        _, first, place = np.unique(key, return_index=True, return_inverse=True)
        return self.codes[first][:, list(dims)], place

    def where(self, dims: tuple[int, ...], codes: Array) -> Where:
        """Return a slice's words."""
        return tuple(
            (self.dimensions[dim], self.labels[dim][int(code)])
            for dim, code in zip(dims, codes, strict=True)
        )


def summed(values: Array, place: Array, groups: int) -> Array:
    """Return the sums of the rows that share a place."""
    order = np.argsort(place, kind="stable")
    bounds = np.searchsorted(place[order], np.arange(groups))
    return np.add.reduceat(values[order], bounds, axis=0)
