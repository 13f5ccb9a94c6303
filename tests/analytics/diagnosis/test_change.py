"""The day a level changed is found, and none is made up."""

from datetime import date, timedelta

import numpy as np

from juluo.analytics.diagnosis.change import change_point

FIRST = date(2024, 3, 4)
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 0.9, 0.5, 0.6])


def days(random, factor, at, *, level=20.0, length=70):
    mean = level * WEEK[np.arange(length) % 7] * np.where(np.arange(length) < at, 1.0, factor)
    return random.negative_binomial(mean / 1.0, 0.5)


def test_the_day_of_a_fall_lies_in_its_interval_nine_times_in_ten():
    random, held, near = np.random.default_rng(11), 0, 0
    for _ in range(100):
        at = int(random.integers(28, 63))
        found = change_point(days(random, 0.35, at), first=FIRST)
        if found is None:
            continue
        held += found.low <= FIRST + timedelta(days=at) <= found.high
        near += abs((found.on - FIRST).days - at) <= 2
    assert held >= 88
    assert near >= 85


def test_noise_has_no_change_point_nineteen_times_in_twenty():
    random = np.random.default_rng(12)
    found = [change_point(days(random, 1.0, 0), first=FIRST) for _ in range(200)]
    assert sum(each is not None for each in found) <= 10


def test_a_rise_is_told_with_its_factor():
    found = change_point(np.array([10.0] * 28 + [30.0] * 14), first=FIRST)

    assert found is not None
    assert (found.on, found.low, found.high) == (date(2024, 4, 1),) * 3
    assert found.factor == 3.0
