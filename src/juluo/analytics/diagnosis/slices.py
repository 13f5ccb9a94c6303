"""Which part moved by a factor of its own? A likelihood-ratio scan over slices.

A slice is one value in each of up to three dimensions. For each, the likelihood ratio asks
whether slice and rest moved by one factor or by two (Kulldorff 1997; for shares a binomial form).
The same is asked of every past window: how much a slice's ratio scatters there is its
overdispersion, and the largest that any slice of the same dimensions reached is the mark to pass.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from juluo.analytics.diagnosis.cube import Array, Cube, Where, summed

DEPTH = 3
# What was expected of a window: older ones count ever less.
MEMORY, REACH = 0.92, 26
FEWEST_BEFORE = 4
# How much likelihood a further dimension must add.
DEEPER = 1.0
# Smaller slices are not looked at.
SMALLEST = 5.0
# Nor are those that change the total by less than this part of it. What changes it by less than the
# second counts less, with the square of how much; marks are set by what counts half at least.
NEGLIGIBLE, MATERIAL, HALF = 0.02, 0.05, 0.49
# A slice's own scatter counts against this many windows of slices of its size.
PRIOR_WINDOWS = 8.0
# No score below this is ever clear; this share of past windows is quiet.
LEAST, QUIET = 3.0, 0.9
# Where the tail of a slice's ratio is measured, and what a normal one has there, squared.
TAIL, TAIL_OF_NORMAL = 0.997, 8.807
# How many values of a size a table must have to say how they scatter, and which table is asked.
FEWEST_OF_SIZE, MIDDLE = 20, 0.5


@dataclass(frozen=True, kw_only=True)
class Found:
    """One slice that moved by its own factor.

    ``expected`` is what its own past and the causes before it make likely; ``strength``
    is its score against the mark (above 1: accepted); ``part_of`` its share of all of the window;
    ``whole`` that of a share's or ratio's slice.
    """

    where: Where
    actual: float
    expected: float
    factor: float
    strength: float
    score: float
    part_of: float
    whole: float | None = None

    @property
    def effect(self) -> float:
        """How many more or fewer there were than expected."""
        return self.actual - self.expected


@dataclass
class _Table:
    """All slices of one set of dimensions."""

    dims: tuple[int, ...]
    codes: Array
    place: Array
    part: Array
    whole: Array | None
    base: Array
    roots: Array = field(default_factory=lambda: np.zeros((0, 0)))
    # The scatter by size, of falls and of rises.
    usual: list[tuple[Array, Array]] = field(default_factory=list)
    # Squared roots against what is usual for the size, and the scores of the past.
    spread: Array = field(default_factory=lambda: np.zeros((0, 0)))
    scores: Array = field(default_factory=lambda: np.zeros((0, 0)))
    # The mark to pass for a fall and for a rise.
    marks: tuple[float, float] = (np.inf, np.inf)


def _tails(roots: Array, places: Array) -> dict[int, float]:
    """Return the squared scatter of roots by the size of their slices.

    Small slices scatter with longer tails: it is the tail that is brought to one measure.
    """
    tails = {}
    for place in np.flatnonzero(np.bincount(places, minlength=1) >= FEWEST_OF_SIZE):
        squares = roots[places == place] ** 2
        tail = max(float(squares.mean()), float(np.quantile(squares, TAIL)) / TAIL_OF_NORMAL)
        tails[int(place)] = tail
    return tails


def _middle(tables: list[dict[int, float]]) -> dict[int, float]:
    """Return the scatter by size of the middle table.

    Tables whose slices all change at once (tenure, in a community that began in one week) say
    nothing of the others.
    """
    places = {place for each in tables for place in each}
    return {
        place: float(np.quantile([each[place] for each in tables if place in each], MIDDLE))
        for place in places
    }


def _by_size(own: dict[int, float], middle: dict[int, float]) -> tuple[Array, Array]:
    """Return a table's scatter by size (in powers of two): the middle's, or its own if less."""
    known = sorted(middle)
    if not known:
        return np.array([0.0]), np.array([1.0])
    least = [max(min(middle[each], own.get(each, np.inf)), 1.0) for each in known]
    return np.array(known) + 0.5, np.array(least)


@lru_cache(maxsize=64)
def weights_of(windows: int, gap: int) -> Array:
    """Return windows × windows: what each past window counts in expecting each window."""
    found = np.zeros((windows, windows))
    for now in range(windows):
        before = np.arange(now - gap, max(now - gap - REACH, -1), -1)
        if len(before) >= FEWEST_BEFORE:
            weights = MEMORY ** np.arange(len(before))
            found[before, now] = weights / weights.sum()
    return found


def expected_of(part: Array, whole: Array | None, weights: Array) -> Array:
    """Return what each window's value was expected to be, but for a factor common to all."""
    if whole is None:
        return part @ weights
    past, past_whole = part @ weights, whole @ weights
    common = past.sum(axis=0) / np.maximum(past_whole.sum(axis=0), 1e-9)
    # A slice of few is drawn to the common rate.
    rate = (past + 2 * common) / (past_whole + 2)
    return np.asarray(whole * rate)


def _xlogx(value: Array, against: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(value > 0, value * np.log(value / np.maximum(against, 1e-9)), 0.0)


def roots(
    part: Array,
    base: Array,
    whole: Array | None,
    total: Array,
    all_base: Array,
    swing: float = 0.0,
) -> Array:
    """Return the signed root of the ratio between two factors, for slice and rest, and one.

    Of a share, the rest's factor counts only as far as shares usually swing together: a ratio
    near its ceiling would else rise wherever the others fell.
    """
    rest, rest_base = total - part, np.maximum(all_base - base, 1e-9)
    base = np.maximum(base, 0.25)
    if whole is None:
        ratio = _xlogx(part, base) + _xlogx(rest, rest_base) - _xlogx(total, base + rest_base)
        up = part * rest_base > rest * base
    else:
        common = np.clip(rest / rest_base, 1 - swing, 1 + swing)
        alike = np.clip(base * common, 1e-6, np.maximum(whole * 0.995, 1e-6))
        ratio = _xlogx(part, alike) + _xlogx(whole - part, whole - alike)
        up = part > alike
    return np.where(up, 1.0, -1.0) * np.sqrt(np.maximum(2 * ratio, 0.0))


class Search:
    """The scan of one cube: its tables of slices, their scatter and marks, and what is found."""

    def __init__(self, cube: Cube, *, quiet: Array | None = None, depth: int = DEPTH) -> None:
        """Prepare the tables.

        :param quiet: which windows were nothing unusual; all past ones if absent.
        """
        self.cube = cube
        self.weights = weights_of(cube.windows, cube.gap)
        known = self.weights.sum(axis=0) > 0
        if quiet is not None:
            known &= quiet
        # Windows that overlap the last one have seen part of it.
        known[-cube.gap :] = False
        self.past = np.flatnonzero(known)
        self.can = bool(self.weights[:, -1].any()) and len(self.past) >= FEWEST_BEFORE
        self.swing = self._together()
        self.tables = [self._table(dims) for dims in cube.sets(depth)] if self.can else []
        self.cells = expected_of(cube.part, cube.whole, self.weights)[:, -1]
        if self.tables:
            self._scatter()
            self._marks()

    def _together(self) -> float:
        """Return by how much a share of all usually swings from window to window."""
        cube = self.cube
        if cube.total_whole is None or not cube.bounded or not self.can:
            return 0.0
        base = expected_of(cube.total[None, :], cube.total_whole[None, :], self.weights)[0]
        ratio = cube.total[self.past] / np.maximum(base[self.past], 1e-9)
        return float(np.median(np.abs(ratio - 1))) * 1.4826

    def _table(self, dims: tuple[int, ...]) -> _Table:
        cube = self.cube
        codes, place = cube.grouped(dims)
        part = summed(cube.part, place, len(codes))
        whole = None if cube.whole is None else summed(cube.whole, place, len(codes))
        base = expected_of(part, whole, self.weights)
        # What is not bounded by its whole is a count, once its expectation is known.
        whole = whole if cube.is_share else None
        table = _Table(dims, codes, place, part, whole, base)
        past = self.past
        table.roots = roots(
            part[:, past],
            base[:, past],
            None if whole is None else whole[:, past],
            part[:, past].sum(axis=0),
            base[:, past].sum(axis=0),
            self.swing,
        )
        return table

    def _weight(self, part: Array, base: Array) -> Array:
        """Return what the scores of slices count for: less where they move little of the total."""
        total, all_base = part.sum(axis=0), base.sum(axis=0)
        common = total / np.maximum(all_base, 1e-9)
        if not self.cube.is_share:
            rest_base = np.maximum(all_base - base, 1e-9)
            common = (total - part) / rest_base
        moved = np.abs(part - base * common) / np.maximum(np.maximum(total, all_base), 1e-9)
        held = (np.maximum(base, part) >= SMALLEST) & (moved >= NEGLIGIBLE)
        return np.where(held, np.minimum(moved / MATERIAL, 1.0) ** 2, 0.0)

    def _scatter(self) -> None:
        """Learn how the ratio scatters with the size of a slice, then how each slice's own does."""
        sides: tuple[list[dict[int, float]], ...] = ([], [])
        own: list[dict[int, float]] = []
        for table in self.tables:
            size, found = table.base[:, self.past].ravel(), table.roots.ravel()
            held = size >= SMALLEST / 2
            size, found = size[held], found[held]
            places = np.floor(np.log2(np.maximum(size, 1.0))).astype(int)
            for side, rows in zip((found < 0, found >= 0), sides, strict=True):
                rows.append(_tails(found[side], places[side]))
            own.append(_tails(found, places))
        middles = [_middle(side) for side in sides]
        for number, table in enumerate(self.tables):
            pairs = zip(sides, middles, strict=True)
            table.usual = [_by_size(own[number] | side[number], middle) for side, middle in pairs]
            past = self.usual(table, table.base[:, self.past], table.roots)
            table.spread = table.roots**2 / past

    def usual(self, table: _Table, base: Array, roots: Array) -> Array:
        """Return the usual overdispersion of slices of this size, falls and rises apart."""
        size = np.log2(np.maximum(base, 1.0))
        fall, rise = (np.interp(size, *known) for known in table.usual)
        return np.where(roots < 0, fall, rise)

    def _own(self, table: _Table, *, leave: bool) -> Array:
        """Return by how much each slice scatters more or less than others of its size.

        With ``leave``, for each past window without that window itself.
        """
        seen = table.base[:, self.past] >= SMALLEST / 2
        kept = np.where(seen, np.minimum(table.spread, 9.0), 0.0)
        sums, count = kept.sum(axis=1, keepdims=True), seen.sum(axis=1, keepdims=True)
        if leave:
            sums, count = sums - kept, count - seen
        return np.maximum((sums + PRIOR_WINDOWS) / (count + PRIOR_WINDOWS), 0.5)

    def _marks(self) -> None:
        """Set the marks: the largest scores that slices reached while all was quiet."""
        for table in self.tables:
            against = self.usual(table, table.base[:, self.past], table.roots)
            spread = np.maximum(against * self._own(table, leave=True), 1.0)
            weight = self._weight(table.part[:, self.past], table.base[:, self.past])
            weight = np.where(weight >= HALF, weight, 0.0)
            table.scores = weight * np.sign(table.roots) * table.roots**2 / 2 / spread
        quiet = self._quiet()
        for table in self.tables:
            kept = table.scores[:, quiet]
            table.marks = (max(float(-kept.min()), LEAST), max(float(kept.max()), LEAST))

    def _quiet(self) -> Array:
        """Return which past windows were quiet: those in which the least stood out."""
        tops = np.array([np.abs(t.scores).max(axis=0) for t in self.tables])
        ratio = (tops / np.maximum(np.median(tops, axis=1, keepdims=True), 1e-9)).max(axis=0)
        return np.asarray(ratio <= np.quantile(ratio, QUIET))

    # --- the last window ---------------------------------------------------------------------

    def now(self, table: _Table, factors: list[tuple[Array, float]]) -> tuple[Array, ...]:
        """Return each slice's root, overdispersion and base, after the causes known already."""
        base = table.base[:, -1].copy()
        if factors:
            cells = self.cells
            scaled = cells.copy()
            for held, factor in factors:
                scaled[held] *= factor
            plain = np.bincount(table.place, weights=cells, minlength=len(base))
            moved = np.bincount(table.place, weights=scaled, minlength=len(base))
            base *= np.where(plain > 0, moved / np.maximum(plain, 1e-12), 1.0)
        part = table.part[:, -1]
        whole = None if table.whole is None else table.whole[:, -1]
        found = roots(part, base, whole, part.sum(), base.sum(), self.swing)
        spread = self.usual(table, base, found) * self._own(table, leave=False)[:, 0]
        return found, np.maximum(spread, 1.0), base

    def best(self, factors: list[tuple[Array, float]], *, clear: float) -> Found | None:
        """Return the slice that stands out most, or None if none stands out clearly."""
        found, _ = self.clearest(factors, clear=clear, most=1)
        return found[0] if found else None

    def likeliest(self, *, clear: float) -> Found | None:
        """Return the likeliest slice to have moved by itself, clear or not."""
        rows = self._clear_rows([], clear, least=0.0)
        rows.sort(key=lambda row: DEEPER * len(self.dims(row[0])) - row[2])
        return self._found(rows[0]) if rows else None

    def leave_out(self, dimensions: set[str]) -> None:
        """Look along some dimensions no more."""
        names = self.cube.dimensions
        self.tables = [t for t in self.tables if not {names[dim] for dim in t.dims} & dimensions]

    def clearest(
        self, factors: list[tuple[Array, float]], *, clear: float, most: int
    ) -> tuple[list[Found], float]:
        """Return the slices that stand out clearly, the likeliest first, and the first's scatter.

        None if none does.
        """
        rows = self._clear_rows(factors, clear)
        if not rows:
            return [], 1.0
        top = max(rows, key=lambda each: each[5])
        rows.sort(key=lambda each: DEEPER * len(self.dims(each[0])) - each[2] / top[3])
        if self._all_moved(factors, rows[0][2]):
            return [], 1.0
        return [self._found(row) for row in rows[:most]], float(top[3])

    def _clear_rows(
        self, factors: list[tuple[Array, float]], clear: float, *, least: float = 1.0
    ) -> list[tuple[Any, ...]]:
        """Return the slices whose scores pass their marks, or so much of them."""
        rows = []
        for number, table in enumerate(self.tables):
            root, spread, base = self.now(table, factors)
            score = root**2 / 2 / spread
            mark = clear * np.where(root < 0, *table.marks)
            strength = self._weight(table.part[:, -1], base) * score / mark
            rows += [
                (number, row, root[row] ** 2 / 2, spread[row], strength[row], score[row], base[row])
                for row in np.flatnonzero(strength > least)
            ]
        return rows

    def _all_moved(self, factors: list[tuple[Array, float]], ratio: float) -> bool:
        """Tell whether one factor for everything says more of a share than the slice does."""
        if self.cube.total_whole is None or not self.cube.bounded:
            return False
        base, whole = self.cells.copy(), float(self.cube.total_whole[-1])
        for held, factor in factors:
            base[held] *= factor
        part, alike = float(self.cube.total[-1]), min(float(base.sum()), whole * 0.995)
        pairs = ((part, alike), (whole - part, whole - alike))
        gain = sum(float(_xlogx(np.array(seen), np.array(against))) for seen, against in pairs)
        return gain >= ratio

    def dims(self, number: int) -> tuple[int, ...]:
        """Return the dimensions of a table."""
        return self.tables[number].dims

    def _found(self, row: tuple[Any, ...]) -> Found:
        number, place, _, _, strength, score, base = row
        table = self.tables[number]
        actual = float(table.part[place, -1])
        total, whole = float(table.part[:, -1].sum()), self.cube.whole
        return Found(
            whole=None if whole is None else float(whole[table.place == place, -1].sum()),
            where=self.cube.where(table.dims, table.codes[place]),
            actual=actual,
            expected=float(base),
            factor=actual / max(float(base), 0.25),
            strength=float(strength),
            score=float(score),
            part_of=float(base) / max(total, 1.0),
        )
