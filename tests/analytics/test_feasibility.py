"""What history says of a target before anybody promises it."""

import pytest

from juluo.analytics.feasibility import Verdict, feasibility
from juluo.analytics.forecast import Past, Scale, forecast
from juluo.analytics.question import Grain

LEVEL = [100.0, 104, 98, 102, 125, 99, 101, 97, 103, 100, 126, 98, 102, 99, 100, 101]


def judged(target, *, known=LEVEL, baseline=100.0, better="up", ahead=1, is_share=False):
    scale = Scale.SHARE if is_share else Scale.COUNT
    past = Past(values=tuple(known), grain=Grain.MONTH, scale=scale)
    band = forecast(past, ahead=ahead) if len(known) > 12 else None
    return feasibility(
        known,
        ahead=ahead,
        baseline=baseline,
        target=target,
        higher_is_better=better == "up",
        is_share=is_share,
        band=band,
    )


def test_counts_how_often_such_a_rise_has_happened():
    found = judged(120.0)

    # 102 to 125 and 100 to 126, of fifteen months that followed another.
    assert (found.windows, found.times, found.best) == (15, 2, 126)
    assert found.change == pytest.approx(0.2)
    assert found.verdict is Verdict.SEEN_BEFORE


def test_more_than_ever_is_never_reached_before():
    found = judged(150.0)

    assert (found.verdict, found.times) == (Verdict.NEVER_REACHED_BEFORE, 0)
    assert found.chance < 0.1


def test_what_happened_once_in_fifteen_is_rare():
    known = [*LEVEL[:10], 100.0, *LEVEL[11:]]

    assert judged(120.0, known=known).verdict is Verdict.RARE


def test_what_comes_anyway_needs_nobody():
    found = judged(100.0, baseline=90.0)

    assert found.verdict is Verdict.MET_BY_SEASON_ALONE
    assert found.low < 100 < found.high


def test_short_history_is_said_not_guessed():
    found = judged(120.0, known=LEVEL[:4])

    assert (found.verdict, found.windows) == (Verdict.TOO_LITTLE_HISTORY, 3)
    assert (found.low, found.chance) == (None, None)


def test_where_less_is_better_a_fall_is_looked_for():
    known = [10.0, 9, 11, 10, 5, 10, 12, 9, 10, 11, 10, 9, 10, 11]
    found = judged(6.0, known=known, baseline=10.0, better="down")

    # 10 to 5, and nothing else fell by two fifths.
    assert (found.times, found.best) == (1, 5)
    assert found.change == pytest.approx(-0.4)


def test_shares_change_by_points_not_by_parts():
    known = [0.50, 0.52, 0.48, 0.61, 0.50, 0.51, 0.49, 0.62, 0.5, 0.5, 0.5, 0.5, 0.51]
    found = judged(0.60, known=known, baseline=0.50, is_share=True)

    assert (found.is_relative, found.times) == (False, 2)
    assert found.change == pytest.approx(0.1)
