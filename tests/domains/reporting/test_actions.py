"""What can be said of a figure after an action, against chance and what was promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juluo.domains.reporting.queries.actions import verdict_of

NUMBERS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("value", "target", "bounds", "expected"),
    [
        (60, 60, (35, 45), "reached"),
        (70, 60, (None, None), "reached"),
        (50, 60, (35, 45), "better"),
        (44, 60, (35, 45), "unchanged"),
        (30, 60, (35, 45), "worse"),
        (50, 60, (None, None), "unclear"),
        (30, 20, (35, 45), "better"),
        (20, 20, (35, 45), "reached"),
        (50, 20, (35, 45), "worse"),
    ],
)
def test_each_verdict(value, target, bounds, expected):
    assert verdict_of(value, 40, target, *bounds) == expected


@given(NUMBERS, NUMBERS, NUMBERS, st.floats(0, 1e5))
def test_within_chance_nothing_is_better_or_worse(value, baseline, target, half):
    verdict = verdict_of(value, baseline, target, baseline - half, baseline + half)

    if baseline - half <= value <= baseline + half:
        assert verdict in {"reached", "unchanged"}
    assert verdict != "unclear"
