"""A planted fall is found over a real log; noise and season have no cause."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from tests.analytics.conftest import Story

from juluo.analytics.diagnosis import Happening, Outcome, Reason, What, diagnose
from juluo.analytics.question import Grain, Question

FIRST = date(2023, 1, 2)
FELL = date(2023, 9, 6)
WINDOW = (date(2023, 9, 4), date(2023, 9, 18))
MENTOR = 1


def forum(*, weeks: int, fell: date | None = None, season: bool = False, seed: int = 5) -> Story:
    """Tell a forum of three spaces, where newcomers and old hands ask, and are mostly answered."""
    random, story = np.random.default_rng(seed), Story()
    story.tell("comment", MENTOR, f"{FIRST} 00:10", space_id=1)
    members = list(range(2, 60))
    for member in members:
        story.tell("comment", member, f"{FIRST} 00:{member - 2:02}", space_id=1 + member % 3)
    number = 100
    for day in range(7 * weeks):
        on = FIRST + timedelta(days=day)
        quiet = season and on.timetuple().tm_yday in range(225, 246)
        level = (6.0 if day % 7 < 5 else 3.5) * (0.35 if quiet else 1.0)
        for space in (1, 2, 3):
            for _ in range(random.poisson(level * (1.0, 0.8, 0.6)[space - 1])):
                is_new = random.random() < 0.4
                number += is_new
                who = number if is_new else int(random.choice(members))
                minute = int(random.integers(0, 1200))
                at = f"{on} {minute // 60:02}:{minute % 60:02}"
                story.tell("question", who, at, space_id=space)
                asked = story.rows[-1]["key"]
                ignored = fell is not None and is_new and space == 1 and on >= fell
                if random.random() < (0.05 if ignored else 0.85):
                    story.tell("answer", MENTOR, f"{on} 23:{minute % 60:02}", space_id=space,
                               thread_id=asked, parent_id=asked, recipient_id=who)  # fmt: skip
    return story


def ask(story: Story, key: str, start: date, end: date, **options):
    question = Question(key=key, start=start, end=end, grain=Grain.WINDOW, timezone="UTC")
    as_of = datetime(end.year, end.month, end.day, tzinfo=UTC) + timedelta(days=2)
    return diagnose(question, log=story.log(), as_of=as_of, **options)


@pytest.fixture(scope="module")
def fallen() -> Story:
    return forum(weeks=38, fell=FELL)


def test_newcomers_left_unanswered_are_found_with_place_group_day_and_driver(fallen):
    happenings = [
        Happening(key="pause", what=What.RULES, start=FELL, end=FELL, spaces=("1",)),
        Happening(key="elsewhere", what=What.OUTAGE, start=FELL, end=FELL, spaces=("2",)),
        Happening(key="long ago", what=What.OUTAGE, start=date(2023, 7, 1), end=date(2023, 7, 2)),
        Happening(key="fair", what=What.CAMPAIGN, start=FELL, end=date(2023, 10, 1)),
    ]
    found = ask(fallen, "response.answered_1d", *WINDOW, happenings=happenings)

    assert found.expected.outcome is Outcome.UNUSUAL
    (cause,) = found.causes
    assert dict(cause.where)["space"] == "1"
    assert dict(cause.where).items() & {("tenure", "new"), ("band", "0")}
    assert cause.factor < 0.3
    assert cause.driver == "rate"
    assert cause.change is not None
    assert cause.change.low <= FELL <= cause.change.high
    assert abs((cause.change.on - FELL).days) <= 1
    assert {each.happening.key: each.reason for each in cause.candidates} == {
        "pause": Reason.BEGAN_THEN,
        "elsewhere": Reason.OTHER_PLACE,
        "long ago": Reason.TOO_EARLY,
        "fair": Reason.WRONG_WAY,
    }


def test_the_parts_add_up_to_the_change(fallen):
    found = ask(fallen, "response.answered_1d", *WINDOW)

    assert found.before is not None
    assert found.after is not None
    for parts in found.parts.values():
        assert sum(part.change for part in parts) == found.after - found.before


@pytest.mark.parametrize("seed", [6, 7])
def test_pure_noise_is_nothing_to_explain(seed):
    found = ask(forum(weeks=38, seed=seed), "content.questions", *WINDOW)

    assert found.expected.outcome is Outcome.USUAL
    assert found.causes == ()


def test_a_season_seen_before_is_not_blamed_on_anything():
    story = forum(weeks=88, season=True, seed=8)
    found = ask(story, "content.questions", date(2024, 8, 12), date(2024, 8, 19))

    assert found.expected.outcome is Outcome.SEASON
    assert found.causes == ()


def test_the_first_weeks_of_a_community_are_too_short_a_history():
    found = ask(forum(weeks=4), "content.questions", date(2023, 1, 23), date(2023, 1, 30))

    assert found.expected.outcome is Outcome.TOO_SHORT
    assert found.causes == ()


def test_active_members_are_told_as_won_and_lost(fallen):
    found = ask(fallen, "members.active", *WINDOW)
    change = sum(each.new + each.resurrected - each.lost for each in found.moves)
    before = ask(fallen, "members.active", date(2023, 8, 21), WINDOW[0])

    assert found.after is not None
    assert change == found.after - before.after
