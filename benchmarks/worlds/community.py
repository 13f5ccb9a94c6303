"""A community's contributions over two years, and what can befall it.

Members come over time, a few do most, and all tire; they write in sittings, mostly in a space of
their own, whose size differs fifty-fold. Spaces have their own week, drift and bad days; threads
catch fire; holidays empty everything, each year alike. A fault thins or multiplies the
contributions of one slice from a day on.
"""

from dataclasses import dataclass

import numpy as np

from juluo.analytics.diagnosis.cube import Cube, Where

DAYS = 800
DIMENSIONS = ("space", "source", "channel", "kind", "tenure", "band")
LABELS = (
    tuple(f"s{n}" for n in range(12)),
    ("native", "slack", "discord"),
    tuple(f"c{n}" for n in range(6)),
    ("posts", "questions", "answers", "comments", "messages"),
    ("new", "3 months", "year", "older"),
    ("0", "1", "2-4", "5-19", "20+"),
)
HOLIDAYS = (30, 31, 32, 33, 34, 35, 36, 120, 121, 122, 270, 271, 272, 273, 274, 275, 276)


@dataclass(frozen=True)
class Fault:
    """One thing that befell a slice: from a day of the window on, so many times as much."""

    where: Where
    factor: float
    since: int


class World:
    """All contributions of one community: parallel arrays, one entry for each."""

    def __init__(self, seed: int, *, events_a_day: float = 200.0) -> None:
        self.random = np.random.default_rng(seed)
        self._people(events_a_day)
        self._places()
        parts = [self._day(day) for day in range(DAYS)]
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        self.day, self.member, self.space, self.kind, self.source = columns
        self._remember()

    def _people(self, events_a_day: float) -> None:
        random, count = self.random, 3000
        self.joined = np.where(
            random.random(count) < 0.35,
            -random.exponential(250, count),
            random.random(count) ** random.uniform(0.8, 1.3) * DAYS,
        ).astype(int)
        self.eager = np.minimum(random.pareto(1.5, count) + 0.05, 15.0)
        self.tires = random.lognormal(5.2, 1.0, count)
        self.channel = random.choice(6, count, p=_zipf(6, 1.0))
        age = 400 - self.joined
        here = np.where(age >= 0, self.eager * np.exp(-np.maximum(age, 0) / self.tires), 0)
        self.eager *= events_a_day / 2.5 / here.sum()

    def _places(self) -> None:
        random, size = self.random, _zipf(12, random_exponent(self.random))
        self.home = random.choice(12, 3000, p=size)
        self.size = size
        self.week = random.dirichlet(np.full(7, 12.0), 12) * 7
        self.drift = random.normal(0, 0.25, 12)
        chat = random.random(12) < 0.35
        forum = random.dirichlet([3, 4, 5, 4, 0.3], 12)
        talk = random.dirichlet([0.5, 0.5, 0.7, 1, 12], 12)
        self.kinds = np.where(chat[:, None], talk, forum)
        main = random.choice(3, 12, p=[0.6, 0.25, 0.15])
        self.sources = np.full((12, 3), 0.06) + np.eye(3)[main] * 0.82
        shocks = random.normal(0, 0.12, (DAYS, 12))
        for day in range(1, DAYS):
            shocks[day] += 0.6 * shocks[day - 1]
        self.shock = np.exp(shocks)
        self.mood = np.exp(0.1 * np.cumsum(random.normal(0, 0.08, DAYS)))

    def season(self, day: int) -> float:
        """Return what the time of the year makes of a day."""
        yearly = 1 + 0.12 * np.sin(2 * np.pi * day / 364)
        return float(yearly * (0.5 if day % 364 in HOLIDAYS else 1.0))

    def _day(self, day: int) -> tuple[np.ndarray, ...]:
        random = self.random
        age = day - self.joined
        rate = np.where(age >= 0, self.eager * np.exp(-np.maximum(age, 0) / self.tires), 0.0)
        rate = rate + np.where((age >= 0) & (age < 7), 0.12, 0.0)
        sittings = random.poisson(rate * self.season(day) * self.mood[day])
        member = np.repeat(np.arange(len(sittings)), sittings)
        space = np.where(
            random.random(len(member)) < 0.8,
            self.home[member],
            random.choice(12, len(member), p=self.size),
        )
        drift = np.exp(self.drift[space] * (day - DAYS / 2) / DAYS)
        mean = 1.5 * self.week[space, day % 7] * self.shock[day, space] * drift
        written = random.poisson(mean) + (random.random(len(member)) < mean / 1.5 * 0.6)
        member, space = np.repeat(member, written), np.repeat(space, written)
        if random.random() < 0.04 and len(member):
            fire = int(random.choice(12, p=self.size))
            crowd = random.choice(member, min(len(member), 6))
            lit = random.choice(crowd, int(random.integers(15, 50)))
            member = np.concatenate([member, lit])
            space = np.concatenate([space, np.full(len(lit), fire)])
        kind = _choose(random, self.kinds[space])
        source = _choose(random, self.sources[space])
        return np.full(len(member), day), member, space, kind, source

    def _remember(self) -> None:
        made = np.zeros((3000, DAYS + 1), dtype=np.int32)
        np.add.at(made, (self.member, self.day + 1), 1)
        self.made = np.cumsum(made, axis=1)
        self.edges = np.searchsorted(self.day, np.arange(DAYS + 1))

    # --- windows ----------------------------------------------------------------------------

    def window(self, start: int, days: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the codes of a window's contributions, and their days."""
        held = slice(self.edges[start], self.edges[start + days])
        member = self.member[held]
        age = start - self.joined[member]
        recent = self.made[member, start] - self.made[member, max(start - 28, 0)]
        codes = np.stack(
            [
                self.space[held],
                self.source[held],
                self.channel[member],
                self.kind[held],
                np.digitize(age, [28, 90, 365]),
                np.digitize(recent, [1, 2, 5, 20]),
            ],
            axis=1,
        )
        return codes, self.day[held]

    def cube(self, start: int, days: int, faults: tuple[Fault, ...] = (), seed: int = 0) -> Cube:
        """Return the windows up to the one that begins on ``start``, the faults within it."""
        windows = min((start - 28) // 7, 72) + 1
        random = np.random.default_rng(seed)
        codes, placed = [], []
        for back in range(windows - 1, -1, -1):
            these, day = self.window(start - 7 * back, days)
            if back == 0 and faults:
                more = [self.window(start - 7 * n, days)[0] for n in range(1, 9)]
                these = befallen(these, day, faults, np.concatenate(more), random)
            codes.append(these)
            placed.append(np.full(len(these), windows - 1 - back))
        return packed(np.concatenate(codes), np.concatenate(placed), windows, gap=-(-days // 7))


def befallen(
    codes: np.ndarray,
    day: np.ndarray,
    faults: tuple[Fault, ...],
    before: np.ndarray,
    random: np.random.Generator,
) -> np.ndarray:
    """Thin the slices that fell; add to those that rose from what was usual there before."""
    days = day.max() - day.min() + 1
    kept, more = np.ones(len(codes), dtype=bool), []
    for fault in faults:
        held = _inside(codes, fault.where) & (day >= fault.since)
        if fault.factor < 1:
            kept &= ~held | (random.random(len(codes)) < fault.factor)
            continue
        alike = before[_inside(before, fault.where)]
        share = (fault.factor - 1) / 8 * (day.max() + 1 - fault.since) / days
        more.append(alike[random.random(len(alike)) < share])
    return np.concatenate([codes[kept], *more])


def _inside(codes: np.ndarray, where: Where) -> np.ndarray:
    held = np.ones(len(codes), dtype=bool)
    for dimension, label in where:
        place = DIMENSIONS.index(dimension)
        held &= codes[:, place] == LABELS[place].index(label)
    return held


def packed(codes: np.ndarray, window: np.ndarray, windows: int, *, gap: int) -> Cube:
    """Count contributions by cell and window."""
    key = np.zeros(len(codes), dtype=np.int64)
    for place, known in enumerate(LABELS):
        key = key * len(known) + codes[:, place]
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    part = np.zeros((len(first), windows))
    np.add.at(part, (cell, window), 1)
    return Cube(dimensions=DIMENSIONS, labels=LABELS, codes=codes[first], part=part, gap=gap)


def _zipf(count: int, exponent: float) -> np.ndarray:
    sizes = 1 / np.arange(1, count + 1) ** exponent
    return sizes / sizes.sum()


def random_exponent(random: np.random.Generator) -> float:
    """Return how unequal a community's spaces are."""
    return float(random.uniform(0.9, 1.5))


def _choose(random: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    edges = np.cumsum(chances, axis=1)
    edges /= edges[:, -1:]
    return (random.random((len(chances), 1)) > edges).sum(axis=1)
