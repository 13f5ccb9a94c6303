"""The slice that moved is found in a cube, falls and rises alike; noise is left alone."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juluo.analytics.diagnosis import Cube, Search, expectation, named, search
from juluo.analytics.diagnosis.expectation import Outcome

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
    found = search(Search(cube(3, moved=(where, factor))))

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
    search(Search(large))
    assert time.process_time() - start < 2


def test_history_must_be_long_enough_to_expect_anything():
    assert expectation(np.array([5.0, 6.0, 7.0])).outcome is Outcome.TOO_SHORT
    assert expectation(np.array([50.0] * 20 + [52.0])).outcome is Outcome.USUAL
    assert expectation(np.array([50.0] * 20 + [5.0])).outcome is Outcome.UNUSUAL


def plain(*rows: tuple[int, ...], whole: tuple[tuple[int, ...], ...] | None = None) -> Cube:
    """Return a cube of spaces whose windows are thirty of the first figure, then the second."""

    def windows(pairs: tuple[tuple[int, ...], ...]) -> np.ndarray:
        steady = [[was + (-1) ** n * (n % 3) for n in range(30)] + [now] for was, now in pairs]
        return np.array(steady, float)

    labels = tuple(str(n) for n in range(len(rows)))
    return Cube(dimensions=("space",), labels=(labels,), codes=np.arange(len(rows))[:, None],
                part=windows(rows), whole=None if whole is None else windows(whole),
                bounded=False)  # fmt: skip


def test_a_slice_is_held_against_what_it_would_have_been_had_it_moved_like_the_rest():
    causes = named(plain((200, 120), (200, 120), (200, 30), (200, 120)))
    found = next(each for each in causes if each.where)

    assert found.where == (("space", "2"),)
    assert found.expected == pytest.approx(120, rel=0.02)
    assert found.factor == pytest.approx(0.25, rel=0.02)


def test_factors_of_several_causes_are_fitted_together():
    found = named(plain((300, 300), (300, 300), (300, 40), (300, 900), (300, 300)))

    assert {each.where[0][1]: round(each.factor, 1) for each in found} == {"2": 0.1, "3": 3.0}
    assert [each.expected for each in found] == pytest.approx([300, 300], rel=0.02)


def test_all_else_is_named_beside_a_slice_that_moved_by_more():
    found = named(plain(*[(400, 240)] * 6, (400, 900)))

    assert {each.where for each in found} == {(), (("space", "6"),)}
    rest = next(each for each in found if not each.where)
    assert rest.actual == 6 * 240
    assert rest.factor == pytest.approx(0.6, rel=0.02)


def test_a_ratio_above_one_is_a_count_with_exposure():
    people = ((50, 50), (50, 100), (50, 50), (50, 50))
    same = plain((400, 400), (400, 800), (400, 400), (400, 400), whole=people)
    more = plain((400, 400), (400, 1600), (400, 400), (400, 400), whole=people)

    assert named(same) == ()
    (found,) = named(more)
    assert found.where == (("space", "1"),)
    assert found.expected == pytest.approx(800, rel=0.03)


def test_the_bounds_of_a_ratio_lie_around_it():
    random = np.random.default_rng(9)
    whole = random.integers(40, 80, 40).astype(float)
    part = random.poisson(whole * 6.0).astype(float)
    found = expectation(part, whole, bounded=False)

    assert found.outcome is Outcome.USUAL
    assert found.low < 6.0 < found.high < 9.0
    part[-1] = whole[-1] * 12
    assert expectation(part, whole, bounded=False).outcome is Outcome.UNUSUAL


def small(seed: int, *, fall: float = 1.0) -> Cube:
    """Return a year of three spaces of forty members who joined in one week and vary what they do.

    In the last window the largest space falls by a factor; all have just become older members.
    """
    random = np.random.default_rng(seed)
    spaces, tenures, bands = 3, ("new", "3 months", "year", "older"), ("5-19", "20+")
    codes = np.array(list(np.ndindex(spaces, len(tenures), len(bands))))
    part = np.zeros((len(codes), 53))
    busy = np.convolve(random.uniform(0.2, 0.6, 56), np.full(4, 0.25), "valid")
    for window in range(53):
        tenure = 0 if window < 4 else 1 if window < 13 else 2 if window < 52 else 3
        for space, many in enumerate((355, 228, 153)):
            mean = (
                many * (fall if space == 0 and window == 52 else 1.0) * random.uniform(0.96, 1.04)
            )
            for place, share in enumerate((1 - busy[window], busy[window])):
                at = np.flatnonzero((codes == (space, tenure, place)).all(axis=1))
                part[at, window] = round(mean * share)
    labels = (tuple(str(n) for n in range(spaces)), tenures, bands)
    return Cube(dimensions=("space", "tenure", "band"), labels=labels, codes=codes, part=part,
                gap=4)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_a_fall_of_one_of_three_spaces_is_never_everywhere_nor_that_all_grew_older(seed):
    found = {each.where: each for each in named(small(seed, fall=0.15))}

    assert found[(("space", "0"),)].factor == pytest.approx(0.15, rel=0.5)
    assert () not in found
    assert not [where for where in found if "tenure" in dict(where)]


@pytest.mark.parametrize("seed", range(4))
def test_that_all_grew_older_is_no_cause(seed):
    assert named(small(seed)) == ()


def test_the_likeliest_slice_is_named_where_all_else_is_as_it_was():
    # Two spaces that usually take from each other: neither is ever clear.
    swing = [60 * (-1) ** n for n in range(30)]
    rows = [[300 + each for each in swing] + [90], [300 - each for each in swing] + [300]]
    found = named(replace(plain((300, 90), (300, 300)), part=np.array(rows, float)))

    assert [each.where for each in found] == [(("space", "0"),)]
    assert found[0].expected == pytest.approx(300, rel=0.1)


def homes(*rows: tuple[int, int]) -> Cube:
    """Return a cube of people by the space that is their home."""
    return replace(plain(*rows), is_people=True)


def test_people_who_change_their_home_are_no_fall_of_one_space_and_no_rise_of_another():
    assert named(homes((35, 3), (20, 52))) == ()
    assert named(plain((35, 3), (20, 52))) != ()


def test_people_who_are_gone_are_a_fall():
    (found,) = named(homes((60, 6), (50, 50), (40, 40)))

    assert found.where == (("space", "0"),)
    assert found.expected == pytest.approx(60, rel=0.1)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(5, 80), st.integers(0, 160)), min_size=2, max_size=5))
def test_of_a_slice_no_more_people_are_expected_than_there_are_or_should_have_been(rows):
    cube = homes(*rows)
    most = max(cube.total[-1], expectation(cube.total).expected or 0.0, cube.total[:-1].max())

    assert all(each.expected <= most for each in named(cube))
