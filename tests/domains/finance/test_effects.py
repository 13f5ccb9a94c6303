"""Cost of one unit of effect: with its range where it can be said, in words where it cannot."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.finance.conftest import yuan
from tests.made_up import NOW, make_community

from juluo.analytics.question import Answer, Grain, Point, Question
from juluo.domains.finance import queries
from juluo.domains.finance.queries import effects
from juluo.domains.finance.rules.effects import Effect, Verdict, effect, unit_cost, verdict
from juluo.domains.insights.queries.headlines import _told

WINDOW = {"start": date(2026, 1, 1), "end": date(2026, 2, 1)}


def test_the_range_of_the_cost_turns_the_range_of_the_effect_round():
    found = effect(150, 100, below=10, above=10, lower=False)

    cost = unit_cost(100_000, found)

    assert (found.change, found.low, found.high) == (50, 40, 60)
    assert (cost.middle, cost.low, cost.high) == (2_000, 1_667, 2_500)


def test_less_can_be_better():
    found = effect(3600, 7200, below=600, above=900, lower=True)

    assert (found.change, found.low, found.high) == (3600, 3000, 4500)
    assert unit_cost(100_000, found, unit=3600).middle == 100_000


@pytest.mark.parametrize(
    ("cost", "found", "words"),
    [
        (100, None, Verdict.TOO_LITTLE_HISTORY),
        (100, Effect(change=1, low=-1, high=3), Verdict.NONE_YET),
        (100, Effect(change=1, low=0, high=2), Verdict.NONE_YET),
        (100, Effect(change=-3, low=-4, high=-1), Verdict.WRONG_WAY),
        (0, Effect(change=3, low=1, high=4), Verdict.NO_COST),
        (100, Effect(change=3, low=1, high=4), Verdict.MEASURED),
    ],
)
def test_what_may_be_said(cost, found, words):
    assert verdict(cost, found) is words


@given(
    st.integers(0, 10**12),
    st.floats(-1e6, 1e6),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.booleans(),
)
def test_a_range_that_holds_zero_never_has_a_unit_cost(cost, change, below, above, lower):
    found = effect(change, 0, below=below, above=above, lower=lower)

    if found.holds_zero or found.high < 0:
        assert verdict(cost, found) is not Verdict.MEASURED
        with pytest.raises(ValueError, match="no measurable"):
            unit_cost(cost, found)
    elif found.low > 1e-6:
        each = unit_cost(cost, found)
        assert each.low <= each.middle <= each.high


@pytest.fixture
def log(db, home):
    from django.core.cache import cache

    from juluo.domains.insights.queries import current_log

    cache.clear()
    with time_machine.travel(NOW, tick=False):
        make_community()
        yield current_log()


def answered(monkeypatch, key, values, *, intervals=None):
    """Let the metric layer answer with these windows' values, oldest first."""
    points = [
        Point(start=date(2025, 1, 1), value=value, low=low, high=high)
        for value, (low, high) in zip(
            values, intervals or [(None, None)] * len(values), strict=True
        )
    ]
    asked = Question(key=key, grain=Grain.WINDOW, timezone="UTC", **WINDOW)
    answer = Answer(
        question=asked,
        version=1,
        unit="",
        points=tuple(points[-1:]),
        query="",
        data_version="v",
    )
    line = _told(key, answer, points, before=answer)
    monkeypatch.setattr(effects, "window_headlines", lambda *_a, **_o: [line])


def measure(key, log=None, **more):
    return queries.cost_of_effect(
        cost=yuan(1000), metric_key=key, **WINDOW, log=log, now=NOW, **more
    )


def test_a_change_beyond_the_usual_has_a_cost_for_each(monkeypatch):
    answered(monkeypatch, "members.new", [100, 100, 100, 100, 200])

    found = measure("members.new")

    assert found.verdict is Verdict.MEASURED
    assert (found.baseline, found.value, found.effect.change) == (100, 200, 100)
    assert found.each == yuan(10)
    assert found.each_low < found.each < found.each_high


def test_within_the_usual_there_is_no_number(monkeypatch):
    answered(monkeypatch, "members.new", [100, 100, 100, 100, 110])

    found = measure("members.new")

    assert found.verdict is Verdict.NONE_YET
    assert (found.each, found.each_low, found.each_high) == (None, None, None)


def test_with_too_little_history_there_is_no_number(monkeypatch):
    answered(monkeypatch, "members.new", [100, 100, 900])

    assert measure("members.new").verdict is Verdict.TOO_LITTLE_HISTORY


def test_a_goals_own_baseline_can_be_given(monkeypatch):
    answered(monkeypatch, "members.new", [100, 100, 100, 100, 200])

    found = measure("members.new", baseline=150)

    assert (found.baseline, found.effect.change) == (150, 50)
    assert found.each == yuan(20)


def test_two_shares_speak_by_their_own_intervals(monkeypatch):
    answered(
        monkeypatch,
        "response.answered_1d",
        [0.2, 0.6],
        intervals=[(0.15, 0.25), (0.55, 0.65)],
    )

    found = measure("response.answered_1d")

    assert found.verdict is Verdict.MEASURED
    assert round(found.effect.low, 4) == round(0.4 - (2 * 0.05**2) ** 0.5, 4)
    # One percentage point of forty.
    assert found.each == yuan(25)


def test_it_asks_the_metric_layer_and_says_of_which_data(log):
    found = measure("members.active", log)

    assert found.value is not None
    assert found.data_version
    assert found.verdict in set(Verdict)
