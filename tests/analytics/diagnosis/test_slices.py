"""The slice that moved is found in a cube, falls and rises alike; noise is left alone."""

import time

import numpy as np
import pytest

from juluo.analytics.diagnosis import Cube, expectation, search
from juluo.analytics.diagnosis.expectation import Outcome
from juluo.analytics.diagnosis import named

SIZES = (12, 6, 12, 5, 5)
NAMES = ("space", "channel", "cohort", "band", "kind")


def cube(seed: int, *, windows: int = 53, a_window: float = 1500.0, moved=None) -> Cube:
    """Return Poisson counts of unequal cells; ``moved``: {dimension: code}, factor."""
    random = np.random.default_rng(seed)
    codes = np.array(list(np.ndindex(*SIZES)))
    weights = np.prod([random.dirichlet(np.full(n, 0.8))[codes[:, d]]
                       for d, n in enumerate(SIZES)], axis=0)  # fmt: skip
    mean = np.repeat((weights * a_window)[:, None], windows, axis=1)
    if moved:
        held = np.ones(len(codes), dtype=bool)
        for name, code in moved[0].items():
            held &= codes[:, NAMES.index(name)] == code
        mean[held, -1] *= moved[1]
    part = random.poisson(mean).astype(float)
    kept = part.sum(axis=1) > 0
    labels = tuple(tuple(str(n) for n in range(size)) for size in SIZES)
    return Cube(dimensions=NAMES, labels=labels, codes=codes[kept], part=part[kept])


def largest(seed: int, *dimensions: str) -> dict[str, int]:
    plain = cube(seed)
    return {
        name: int(np.argmax(np.bincount(plain.codes[:, at], weights=plain.part.sum(axis=1))))
        for at, name in enumerate(NAMES)
        if name in dimensions
    }


@pytest.mark.parametrize("factor", [0.3, 2.5])
@pytest.mark.parametrize("dimensions", [("space",), ("channel", "band")])
def test_the_slice_is_found_exactly(factor, dimensions):
    where = largest(3, *dimensions)
    found = search(cube(3, moved=(where, factor)))

    assert {name: int(label) for name, label in found[0].where} == where
    assert found[0].factor == pytest.approx(factor, rel=0.35)


def test_noise_is_left_alone():
    assert [named(cube(seed)) for seed in range(30, 36)].count(()) >= 5


def test_a_fall_of_everything_is_mostly_everywhere():
    found = [named(cube(seed, moved=({}, 0.5))) for seed in range(40, 46)]
    assert sum([each.where for each in causes] == [()] for causes in found) >= 4


def test_a_year_of_a_large_cube_takes_less_than_two_seconds():
    large = cube(7, a_window=4000.0)
    start = time.process_time()
    search(large)
    assert time.process_time() - start < 2


def test_history_must_be_long_enough_to_expect_anything():
    assert expectation(np.array([5.0, 6.0, 7.0])).outcome is Outcome.TOO_SHORT
    assert expectation(np.array([50.0] * 20 + [52.0])).outcome is Outcome.USUAL
    assert expectation(np.array([50.0] * 20 + [5.0])).outcome is Outcome.UNUSUAL
