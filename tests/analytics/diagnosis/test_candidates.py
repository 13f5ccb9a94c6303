"""Each candidate is kept or ruled out with its reason; what is only in the data comes first."""

from dataclasses import replace
from datetime import date

import pytest

from juluo.analytics.diagnosis import ChangePoint, Happening, Reason, What, candidates

CHANGE = ChangePoint(on=date(2024, 5, 10), low=date(2024, 5, 9), high=date(2024, 5, 12),
                     factor=0.4, gain=20.0)  # fmt: skip
OUTAGE = Happening(key="o", what=What.OUTAGE, start=date(2024, 5, 10), end=date(2024, 5, 12),
                   spaces=("1",))  # fmt: skip


def held(*happenings, change=CHANGE, sign=-1):
    return candidates(happenings, key="content.posts", where=(("space", "1"),), sign=sign,
                      window=(date(2024, 5, 6), date(2024, 5, 12)), change=change)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "reason", "kept"),
    [
        ({}, Reason.BEGAN_THEN, True),
        ({"spaces": ("2",)}, Reason.OTHER_PLACE, False),
        ({"spaces": ()}, Reason.BEGAN_THEN, True),
        ({"metrics": ("content.answers",)}, Reason.OTHER_METRIC, False),
        ({"start": date(2024, 4, 1), "end": date(2024, 4, 2)}, Reason.TOO_EARLY, False),
        ({"start": date(2024, 5, 14), "end": date(2024, 5, 15)}, Reason.TOO_LATE, False),
        ({"what": What.CAMPAIGN, "end": date(2024, 6, 1)}, Reason.WRONG_WAY, False),
        ({"what": What.CAMPAIGN, "start": date(2024, 4, 1)}, Reason.ENDED_THEN, True),
        ({"what": What.CAMPAIGN, "sign": -1}, Reason.BEGAN_THEN, True),
        ({"what": What.NEW_BOTS, "reaches_back": True}, Reason.ALL_DAYS_ALIKE, False),
        (
            {
                "what": What.DEFINITION,
                "reaches_back": True,
                "start": date(2024, 4, 1),
                "end": date(2024, 4, 2),
            },
            Reason.TOO_EARLY,
            False,
        ),
    ],
)
def test_a_candidate_has_one_reason(changed, reason, kept):
    (found,) = held(replace(OUTAGE, **changed))
    assert (found.reason, found.kept) == (reason, kept)


def test_without_a_day_the_window_stands_for_it():
    (found,) = held(OUTAGE, change=None)
    assert (found.reason, found.kept) == (Reason.DURING, True)


def test_artefacts_come_first_and_the_kept_before_the_others():
    missing = replace(OUTAGE, key="m", what=What.DAYS_MISSING)
    bots = replace(OUTAGE, key="b", what=What.NEW_BOTS, end=date(2024, 6, 1))
    assert [each.happening.key for each in held(OUTAGE, bots, missing)] == ["m", "o", "b"]
