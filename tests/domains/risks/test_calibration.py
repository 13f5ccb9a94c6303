"""Calibration: how often what was called likely came about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.risks.conftest import AT

from juluo.domains.risks import queries, services
from juluo.domains.risks.rules.calibration import Call, brier, calibration


def calls(probability, occurred, of):
    return [Call(probability=probability, occurred=n < occurred) for n in range(of)]


def test_nothing_called_says_nothing():
    found = calibration([])

    assert (found.called, found.brier, found.plain, found.enough) == (0, None, None, False)
    assert {each.verdict for each in found.bands} == {"none"}


def test_a_band_is_judged_by_its_interval_once_there_are_five():
    found = calibration(calls(4, 3, 8) + calls(1, 3, 6) + calls(5, 0, 6) + calls(2, 1, 4))
    rare, unlikely, _possible, likely, certain = found.bands

    assert (likely.called, likely.occurred, likely.share) == (8, 3, 0.375)
    assert (round(likely.low, 4), round(likely.high, 4)) == (0.1368, 0.6943)
    assert likely.verdict == "fits"
    assert (rare.verdict, certain.verdict, unlikely.verdict) == ("more", "less", "few")
    assert (found.called, found.occurred, found.enough) == (24, 7, True)


def test_the_brier_score_by_hand():
    # Likely stands for 0.65, rare for 0.025.
    said = [Call(probability=4, occurred=True), Call(probability=1, occurred=False)]

    assert brier(said) == pytest.approx((0.35**2 + 0.025**2) / 2)
    assert calibration(said).plain == 0.25


@given(st.lists(st.builds(Call, probability=st.integers(1, 5), occurred=st.booleans())))
def test_bands_add_up_and_scores_stay_in_bounds(said):
    found = calibration(said)

    assert sum(each.called for each in found.bands) == found.called == len(said)
    assert sum(each.occurred for each in found.bands) == found.occurred
    assert found.brier is None or 0 <= found.brier <= 1
    for each in found.bands:
        assert each.low is None or 0 <= each.low <= each.share + 1e-9 <= each.high + 2e-9


def test_the_page_counts_outcomes_and_leaves_out_what_nobody_can_say(people, write):
    for occurred in (True, False, None):
        risk = write(probability=4, impact=2)
        services.score_risk(
            risk_id=risk.pk, probability=5, impact=2, actor_id=people["owner"].pk, at=AT
        )
        services.state_outcome(
            risk_id=risk.pk, occurred=occurred, actor_id=people["owner"].pk, at=AT
        )
    first, last = queries.calibration_shown(), queries.calibration_shown(last=True)

    assert (first.called, first.occurred, first.left_out, first.enough) == (2, 1, 1, False)
    assert first.bands[3].sentence == "Of 2 risks called “likely”, 1 occurred."
    assert (first.bands[3].called, last.bands[3].called, last.bands[4].called) == (2, 0, 2)
