"""Nothing is called effective that did nothing; a true rise is found at the planned sample."""

import numpy as np
import pytest

from juluo.analytics.effects import (
    Verdict,
    before_and_after,
    holdout,
    needed_sample,
    synthetic,
)


def test_newcombes_own_example():
    found = holdout(treated=(56, 70), control=(48, 80))

    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4),
                                       pytest.approx(0.3339, abs=1e-4))  # fmt: skip
    assert found.verdict is Verdict.EFFECTIVE
    assert holdout(treated=(56, 70), control=(48, 80), higher_is_better=False).verdict is (
        Verdict.HARMFUL
    )


def test_nothing_can_be_told_of_nobody():
    assert holdout(treated=(0, 0), control=(4, 10)).verdict is Verdict.CANNOT_TELL


def test_campaigns_without_effect_are_called_effective_at_most_once_in_twenty():
    random = np.random.default_rng(21)
    called = 0
    for _ in range(1000):
        share, many = random.uniform(0.05, 0.6), int(random.integers(80, 2000))
        arms = [(int(random.binomial(many, share)), many) for _ in range(2)]
        called += holdout(treated=arms[0], control=arms[1]).verdict is Verdict.EFFECTIVE
    assert called <= 50


@pytest.mark.parametrize("base", [0.1, 0.3, 0.5])
def test_a_rise_of_five_points_is_found_at_the_planned_sample(base):
    random, many = np.random.default_rng(22), needed_sample(base=base, rise=0.05)
    found = sum(
        holdout(
            treated=(int(random.binomial(many, base + 0.05)), many),
            control=(int(random.binomial(many, base)), many),
        ).verdict
        is Verdict.EFFECTIVE
        for _ in range(500)
    )
    assert found >= 400


def test_a_smaller_sample_is_planned_for_a_greater_rise():
    assert needed_sample(base=0.3, rise=0.1) < needed_sample(base=0.3, rise=0.05) < 1500
    with pytest.raises(ValueError, match="something must change"):
        needed_sample(base=0.98, rise=0.05)


def world(random, effect=0.0, *, length=60, periods=4):
    swing = 0.2 * np.sin(np.arange(length) / 8 + random.uniform(0, 2 * np.pi))
    common = np.cumsum(random.normal(0, 0.03, length)) + swing
    series = []
    for _ in range(6):
        own = np.zeros(length)
        for week in range(1, length):
            own[week] = 0.5 * own[week - 1] + random.normal(0, 0.06)
        series.append(random.poisson(np.exp(np.log(random.uniform(40, 200)) + common + own)))
    treated = series[0].astype(float)
    treated[-periods:] *= 1 + effect
    return treated, series[1:]


def test_series_without_effect_are_called_effective_at_most_once_in_twenty():
    random = np.random.default_rng(23)
    called = {"synthetic": 0, "before and after": 0}
    for _ in range(1000):
        treated, others = world(random)
        called["synthetic"] += synthetic(treated, others, periods=4).verdict is Verdict.EFFECTIVE
        called["before and after"] += (
            before_and_after(treated, periods=4).verdict is Verdict.EFFECTIVE
        )
    assert max(called.values()) <= 50, called


def test_a_rise_by_two_thirds_is_found_against_the_others():
    random = np.random.default_rng(24)
    found = [synthetic(*world(random, 0.67), periods=4).verdict for _ in range(100)]
    assert found.count(Verdict.EFFECTIVE) >= 80
    assert Verdict.HARMFUL not in found


def test_too_short_a_past_tells_nothing():
    assert before_and_after([5.0] * 20, periods=4).verdict is Verdict.CANNOT_TELL
