"""What is named: slices that moved by a factor of their own, all else that moved, or nothing."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from juluo.analytics.diagnosis.cube import Array, Cube
from juluo.analytics.diagnosis.expectation import Expected, Outcome, expectation
from juluo.analytics.diagnosis.slices import SMALLEST, Found, Search, expected_of, weights_of

MOST_CAUSES = 3
# How many slices may be the first cause; how much more likelihood each dimension and each cause
# must add, and any start but the likeliest.
STARTS, PER_DIMENSION, PER_CAUSE, OTHER_START = 3, 1.0, 3.0, 1.0
# The largest value of quiet windows must be passed by this factor; more where the total is usual.
CLEAR, CLEAR_INSIDE = 1.2, 2.0
# The same for a total, and the least part of all that may be called everything else.
CLEAR_ALL, LEAST_REST = 1.0, 1 / 3
# How much of a total's move must show outside of the likeliest slice, and how much of a slice's
# move must come back beside it to be a shift; what is left of a value that was all but emptied.
ALIKE, RETURNED, EMPTY = 0.5, 0.5, 0.1
YEAR = 52
# The least a factor is taken for, and how often factors that share cells are fitted in turn.
LEAST_FACTOR, TURNS = 0.02, 8


def named(cube: Cube) -> tuple[Found, ...]:
    """Return what is named for a cube alone: slices, else everywhere, else nothing."""
    found = causes_of(cube, expected_of_all(cube))
    return tuple(each for each in found if not each.where or not is_seasonal(cube, each))


def expected_of_all(cube: Cube, held: Array | None = None) -> Expected:
    """Return what history says of the whole cube, or of some of its cells."""
    cells = np.ones(len(cube.codes), dtype=bool) if held is None else held
    whole = None if cube.whole is None else cube.whole[cells].sum(axis=0)
    part = cube.part[cells].sum(axis=0)
    return expectation(part, whole, gap=cube.gap, bounded=cube.bounded)


def causes_of(cube: Cube, expected: Expected) -> tuple[Found, ...]:
    """Return what is named, seasonal slices included: slices, and the rest if it moved as a whole.

    One factor for all competes with the slices: what lies outside of them is judged as a total is.
    If it moved by itself, more than ever in calm times, slices must stand out from that. Where no
    slice is clear, the likeliest is named all the same if the rest did not move with the total.
    """
    scan = Search(cube)
    if not expected.is_unusual:
        return _moved(scan, clear=CLEAR_INSIDE)
    slices = _moved(scan, clear=CLEAR)
    if _rest(cube, slices, expected) is None:
        return slices
    slices = _moved(scan, clear=CLEAR_INSIDE)
    rest = _rest(cube, slices, expected)
    if rest is not None and not slices:
        return (_instead(scan, expected) or rest,)
    found = slices if rest is None else (*slices, rest)
    return tuple(sorted(found, key=lambda each: -each.score))


def _moved(scan: Search, *, clear: float) -> tuple[Found, ...]:
    """Return the slices that moved; dimensions between whose values all shifted say nothing."""
    found = search(scan, clear=clear)
    while shifted := {name for n, _ in enumerate(found) for name in _shifted(scan.cube, found, n)}:
        scan.leave_out(shifted)
        found = search(scan, clear=clear)
    return found


def _shifted(cube: Cube, causes: Sequence[Found], place: int) -> set[str]:
    """Return the dimensions along which the others gained what a slice lost, or the reverse.

    Members grow older, and change their home: their places change, and nothing else. The others
    must have moved beyond what is usual for them, and the other causes do not count.
    """
    found, ways = causes[place], {name for name, _ in causes[place].where} & {*cube.movable}
    if cube.whole is not None or not ways:
        return set()
    slice_ = cube.inside(found.where)
    others = cube.inside(tuple(each for each in found.where if each[0] not in ways)) & ~slice_
    for n, each in enumerate(causes):
        if n != place and not ways & {name for name, _ in each.where}:
            others &= ~cube.inside(each.where)
    before, others_before = _usual(cube, slice_), _usual(cube, others)
    after, others_after = (float(cube.part[held, -1].sum()) for held in (slice_, others))
    moved, returned = after - before, others_after - others_before
    if moved * returned >= 0 or not RETURNED <= abs(returned / moved) <= 1 / RETURNED:
        return set()
    # Where people go, many do. What members do falls and rises; all of it seldom changes places.
    left = sorted(
        min(pair) / max(*pair, 1e-9) for pair in ((before, after), (others_before, others_after))
    )
    if not cube.is_people and (left[0] > EMPTY or left[1] > RETURNED):
        return set()
    is_usual = expected_of_all(cube, others).outcome in (Outcome.USUAL, Outcome.SEASON)
    return set() if is_usual else ways


def _instead(scan: Search, expected: Expected) -> Found | None:
    """Return the likeliest slice if the total's move does not show outside of it."""
    cube, found = scan.cube, scan.likeliest(clear=CLEAR)
    if found is None or expected.expected is None:
        return None
    outside = ~cube.inside(found.where)
    if _usual(cube, outside) < LEAST_REST * _usual(cube, np.ones_like(outside)):
        return None
    rest = expected_of_all(cube, outside)
    moved = _move(expected)
    if rest.expected is None or _move(rest) * np.sign(moved) >= ALIKE * abs(moved):
        return None
    return _settled(scan, [found])[0]


def _move(expected: Expected) -> float:
    """Return by how much a value moved, as the logarithm of its factor."""
    actual, middle = (max(each or 0.0, 1e-9) for each in (expected.actual, expected.expected))
    return float(np.log(actual / middle))


def _rest(cube: Cube, slices: Sequence[Found], expected: Expected) -> Found | None:
    """Return all outside of some slices as one cause, if it is clear that it moved."""
    outside = np.ones(len(cube.codes), dtype=bool)
    for each in slices:
        outside &= ~cube.inside(each.where)
    if slices:
        expected = expected_of_all(cube, outside)
    if not expected.is_unusual or abs(expected.sigmas) <= CLEAR_ALL * expected.mark:
        return None
    of_all = _usual(cube, outside) / max(_usual(cube, np.ones_like(outside)), 1e-9)
    if of_all < LEAST_REST:
        return None
    actual, middle = float(cube.part[outside, -1].sum()), expected.expected or 0.0
    whole = None if cube.whole is None else float(cube.whole[outside, -1].sum())
    if whole is not None:
        middle *= whole
    return Found(where=(), actual=actual, expected=middle, factor=actual / max(middle, 0.25),
                 strength=abs(expected.sigmas) / max(expected.mark * CLEAR_ALL, 1e-9),
                 score=expected.sigmas**2 / 2, part_of=of_all, whole=whole)  # fmt: skip


def search(scan: Search, *, clear: float = CLEAR, most: int = MOST_CAUSES) -> tuple[Found, ...]:
    """Return the slices that moved by a factor of their own, the clearest first.

    Each of the likeliest slices is tried as the first cause, and the causes that explain most
    together are told: two faults can look like one that holds both. (Of shares and ratios, it
    did more harm than good.)
    """
    tried = STARTS if scan.cube.whole is None else 1
    starts, spread = scan.clearest([], clear=clear, most=tried)
    sets = [_grown(scan, each, clear, most) for each in starts]
    if not sets:
        return ()
    worths = [_worth(scan, each, spread) - OTHER_START * (n > 0) for n, each in enumerate(sets)]
    return tuple(sets[int(np.argmax(worths))])


def _grown(scan: Search, first: Found, clear: float, most: int) -> list[Found]:
    """Return the causes that a first one leads to.

    After each the expectation is rescaled and the search repeated; of several, each is then
    looked for once more with the others known.
    """
    cube = scan.cube
    causes = _settled(scan, [first])
    while len(causes) < most:
        found = scan.best(_factors(cube, causes), clear=clear)
        if found is None or any(found.where == each.where for each in causes):
            break
        causes = _settled(scan, [*causes, found])
    if len(causes) > 1:
        for place in range(len(causes)):
            others = [each for n, each in enumerate(causes) if n != place]
            again = scan.best(_factors(cube, _settled(scan, others)), clear=clear)
            if again is not None and all(again.where != each.where for each in others):
                causes[place] = again
    return _settled(scan, causes)


def _worth(scan: Search, causes: Sequence[Found], spread: float) -> float:
    """Return the likelihood that causes add to one factor for all, less what they must add."""
    cube, many = scan.cube, 1 << len(causes)
    place = np.zeros(len(cube.codes), dtype=np.int64)
    for n, each in enumerate(causes):
        place += cube.inside(each.where).astype(np.int64) << n
    seen = np.bincount(place, weights=cube.part[:, -1], minlength=many)
    base = np.bincount(place, weights=scan.cells, minlength=many)
    alike = base * seen.sum() / max(base.sum(), 1e-9)
    fitted = base * (seen[0] / base[0] if base[0] >= SMALLEST else 1.0)
    for n, each in enumerate(causes):
        fitted[(np.arange(many) >> n) & 1 == 1] *= max(each.factor, LEAST_FACTOR)
    ratio = np.log(np.maximum(fitted, 1e-9) / np.maximum(alike, 1e-9))
    gain = np.where(base > 0, seen * ratio - fitted + alike, 0.0).sum()
    needed = sum(PER_CAUSE + PER_DIMENSION * len(each.where) for each in causes)
    return float(gain) / spread - needed


def _factors(cube: Cube, causes: Sequence[Found]) -> list[tuple[Array, float]]:
    return [(cube.inside(each.where), max(each.factor, LEAST_FACTOR)) for each in causes]


def _settled(scan: Search, causes: Sequence[Found]) -> list[Found]:
    """Fit the factors together: what each slice would have been like the rest but for the others.

    Of a share, what is expected of a slice stays what its own past makes likely.
    """
    cube = scan.cube
    if cube.is_share or not causes:
        return list(causes)
    held = [cube.inside(each.where) for each in causes]
    outside = ~np.any(held, axis=0)
    rest = _usual(cube, outside)
    common = float(cube.part[outside, -1].sum()) / rest if rest >= SMALLEST else 1.0
    found = list(causes)
    for _ in range(TURNS):
        for place, inside in enumerate(held):
            cells = scan.cells.copy()
            for other, (those, each) in enumerate(zip(held, found, strict=True)):
                if other != place:
                    cells[those] *= max(each.factor, LEAST_FACTOR)
            moved = cells[inside].sum() / max(scan.cells[inside].sum(), 1e-9)
            expected = _within(cube, _usual(cube, inside) * common * float(moved))
            factor = found[place].actual / max(expected, 0.25)
            found[place] = replace(found[place], expected=expected, factor=factor)
    return found


def _within(cube: Cube, expected: float) -> float:
    """Return what is expected of a slice, of people no more than there are or should have been."""
    if not cube.is_people or cube.whole is not None:
        return expected
    all_cells = np.ones(len(cube.codes), dtype=bool)
    return min(expected, max(_usual(cube, all_cells), float(cube.total[-1])))


def _usual(cube: Cube, held: Array) -> float:
    """Return what the past of some cells makes likely for their sum."""
    sides = (held, ~held)
    part = np.array([cube.part[each].sum(axis=0) for each in sides])
    whole = None
    if cube.whole is not None:
        # Who has no past of their own is expected to be as the others are.
        whole = np.array([cube.whole[each].sum(axis=0) for each in sides])
    return float(expected_of(part, whole, weights_of(cube.windows, cube.gap))[0, -1])


def is_seasonal(cube: Cube, found: Found) -> bool:
    """Tell whether the slice moved the same way, and half as much at least, a year ago."""
    then = cube.windows - 1 - YEAR
    if then < 0:
        return False
    held, weights = cube.inside(found.where), weights_of(cube.windows, cube.gap)[:, then]
    if not weights.any():
        return False
    part, rest = cube.part[held].sum(axis=0), cube.part[~held].sum(axis=0)
    whole = None if cube.whole is None else cube.whole[held].sum(axis=0)
    others = None if cube.whole is None else cube.whole[~held].sum(axis=0)
    bases = []
    for seen, of in ((part, whole), (rest, others)):
        base = seen @ weights
        bases.append(base if of is None else base / max(of @ weights, 1e-9) * of[then])
    if min(*bases) < SMALLEST or part[then] + rest[then] == 0:
        return False
    factor = (part[then] + 0.5) / bases[0] / ((rest[then] + 0.5) / bases[1])
    now = np.log(max(found.factor, 0.05))
    return bool(np.log(factor) * now > 0 and abs(np.log(factor)) >= abs(now) / 2)
