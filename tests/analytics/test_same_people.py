"""Someone who turned out to be a member counts as that member, in every metric."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from juluo.analytics.catalog import METRICS
from juluo.analytics.engine import answer, records
from juluo.analytics.question import Grain, Question

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
# Who is 2 or 4 in the log is 1 in truth; 3 is somebody else.
SAME = ((2, 1), (4, 1))


def told(story, folder, names):
    """Tell a story in which ids go by these names: some talk, replies, marks and joining."""
    log = story(folder=folder)
    for member in sorted({1, 3, *names.values()}):
        log.person(member)
    who = {1: 1, 3: 3} | names
    for n, (what, member, at) in enumerate(
        [
            ("join", 2, "2024-03-01 08:00"),
            ("post", 2, "2024-03-01 09:00"),
            ("question", 3, "2024-03-02 09:00"),
            ("visit", 1, "2024-03-04 09:00"),
            ("post", 1, "2024-03-05 09:00"),
            ("message", 4, "2024-03-05 10:00"),
            ("message", 1, "2024-04-07 10:00"),
            ("post", 3, "2024-04-09 10:00"),
            ("post", 4, "2024-05-02 10:00"),
        ]
    ):
        log.tell(what, who[member], at, key=f"k{n}", space_id=1)
    replies = {"thread_id": "k2", "parent_id": "k2", "recipient_id": 3}
    log.tell("answer", who[2], "2024-03-02 10:00", key="a1", space_id=1, **replies)
    back = {"subject_id": "a1", "thread_id": "k2", "recipient_id": who[2]}
    log.tell("react", 3, "2024-03-02 11:00", key="r1", space_id=1, **back)
    back = {"thread_id": "k1", "parent_id": "k1", "recipient_id": who[2]}
    log.tell("comment", 3, "2024-03-03 11:00", key="c1", space_id=1, **back)
    return log


def values(log, key, grain, by=None):
    question = Question(
        key=key, start=date(2024, 3, 1), end=date(2024, 5, 6), grain=grain, by=by, timezone="UTC"
    )
    points = answer(question, log=log, as_of=AS_OF).points
    return [replace(point) for point in points]


@pytest.mark.parametrize("key", sorted(METRICS))
@pytest.mark.parametrize("rolled", [True, False])
def test_figures_are_those_of_a_log_in_which_one_wrote_as_one(story, tmp_path, key, rolled):
    (tmp_path / "two").mkdir()
    (tmp_path / "one").mkdir()
    two = told(story, tmp_path / "two", {2: 2, 4: 4})
    one = told(story, tmp_path / "one", {2: 1, 4: 1})
    two.people = list(one.people)
    logs = [each.rolled() if rolled else each.log() for each in (two, one)]
    grain = Grain.WINDOW if Grain.WINDOW in METRICS[key].grains else METRICS[key].grains[0]

    assert values(replace(logs[0], same_people=SAME), key, grain) == values(logs[1], key, grain)


def test_the_records_behind_a_figure_name_the_member(story, tmp_path):
    log = replace(told(story, tmp_path, {2: 2, 4: 4}).log(), same_people=SAME)
    question = Question(
        key="content.posts",
        start=date(2024, 3, 1),
        end=date(2024, 5, 6),
        grain=Grain.WINDOW,
        timezone="UTC",
    )
    found = records(question, log=log, start=date(2024, 3, 1))
    assert {row["actor_id"] for row in found.rows} == {1, 3}
