"""Stories of what is said, answered and reacted to."""

import pytest

MARCH = ("2024-03-01", "2024-04-01")


@pytest.fixture
def week(story):
    """Two posts, a question with an accepted answer, comments and reactions."""
    told = story().person(9, "bot")
    told.tell("post", 1, "2024-03-01 10:00", key="p1", space_id=1, payload={"language": "zh"})
    told.tell("comment", 2, "2024-03-01 12:00", key="c1", space_id=1, thread_id="p1",
              parent_id="p1", recipient_id=1, payload={"language": "en"})  # fmt: skip
    told.tell("post", 2, "2024-03-02 10:00", key="p2", space_id=1, payload={"language": "zh"})
    told.tell("message", 9, "2024-03-02 10:01", space_id=1, thread_id="p2", parent_id="p2")
    told.tell("question", 3, "2024-03-03 10:00", key="q1", space_id=2)
    told.tell("answer", 1, "2024-03-05 10:00", key="a1", space_id=2, thread_id="q1",
              parent_id="q1", recipient_id=3)  # fmt: skip
    told.tell("accept", 3, "2024-03-06 10:00", subject_id="a1", space_id=2, thread_id="q1",
              recipient_id=1)  # fmt: skip
    told.tell("react", 3, "2024-03-02 10:00", subject_id="p1", space_id=1, recipient_id=1, value=1)
    told.tell("react", None, "2024-03-03 10:00", subject_id="a1", space_id=2, recipient_id=1,
              value=2)  # fmt: skip
    return told.tell("comment", 1, "2024-03-07 10:00", key="c2", space_id=1, thread_id="p1",
                     parent_id="c1", recipient_id=2)  # fmt: skip


def test_counts_content_by_kind(week):
    assert week.values("content.posts", *MARCH) == [2]
    assert week.values("content.questions", *MARCH) == [1]
    assert week.values("content.answers", *MARCH) == [1]
    assert week.values("content.comments", *MARCH) == [2]
    assert week.values("content.messages", *MARCH) == [0]
    assert week.values("content.messages", *MARCH, include_bots=True) == [1]
    assert week.values("content.contributions", *MARCH) == [6]
    assert week.values("content.contributions", "2024-03-01", "2024-03-04", "day") == [2, 1, 1]


def test_splits_content_by_kind_language_and_space(week):
    assert week.groups("content.contributions", *MARCH, by="kind") == {
        "posts": 2,
        "questions": 1,
        "answers": 1,
        "comments": 2,
    }
    assert week.groups("content.contributions", *MARCH, by="language") == {
        "en": 1,
        "unknown": 3,
        "zh": 2,
    }
    assert week.groups("content.contributions", *MARCH, by="space") == {"1": 4, "2": 2}
    rows = week.behind("content.contributions", *MARCH, by="kind", group="comments").rows
    assert [row["key"] for row in rows] == ["c2", "c1"]


def test_means_know_what_they_are_over(week):
    (per_active,) = week.ask("content.per_active", *MARCH).points
    assert (per_active.part, per_active.whole, per_active.value) == (6, 3, 2)
    (per_day,) = week.ask("content.per_day", *MARCH, as_of="2024-03-10 12:00").points
    assert (per_day.part, per_day.whole, per_day.value) == (6, 10, 0.6)
    (share,) = week.ask("participation.contributors_share", *MARCH).points
    assert (share.part, share.whole) == (3, 3)


def test_sums_reactions_and_counts_replies(week):
    assert week.values("interaction.reactions", *MARCH) == [3]
    assert week.values("interaction.replies", *MARCH) == [3]
    # p1: a reply and a reaction; c1: a reply; q1: a reply; a1's reactions came before it.
    (received,) = week.ask("interaction.per_contribution", *MARCH).points
    assert (received.part, received.whole) == (4, 6)


def test_reciprocity_counts_pairs(week):
    # 1 and 2 answered each other, 1 answered 3 (who only accepted).
    (pairs,) = week.ask("interaction.reciprocity", *MARCH).points
    assert (pairs.part, pairs.whole, pairs.value) == (1, 2, 0.5)


def test_first_reply_counts_the_unanswered_as_infinite(week):
    # p1 after 2 hours, q1 after 48 hours, p2 never (a bot does not count).
    (median,) = week.ask("response.first_reply_median", *MARCH).points
    assert median.value == 48 * 3600
    assert (median.sample, dict(median.row)) == (3, {"unanswered": 1, "open": 0})
    assert week.values("response.first_reply_p90", *MARCH) == [None]


def test_an_opening_is_counted_once_its_wait_has_passed(week):
    (early,) = week.ask("response.answered_1d", *MARCH, as_of="2024-03-03 09:00").points
    assert (early.part, early.whole, dict(early.row)) == (1, 1, {"open": 1})
    (late,) = week.ask("response.answered_1d", *MARCH).points
    assert (late.part, late.whole) == (1, 3)
    assert (round(late.low, 4), round(late.high, 4)) == (0.0615, 0.7923)
    (in_7,) = week.ask("response.answered_7d", *MARCH).points
    assert (in_7.part, in_7.whole) == (2, 3)
    records = week.behind("response.answered_7d", *MARCH)
    roles = {row["key"]: row["role"] for row in records.rows}
    assert roles == {"p1": "part", "c1": "part", "p2": "whole", "q1": "part", "a1": "part"}


def test_one_does_not_answer_oneself(story):
    told = story().tell("post", 1, "2024-03-01 10:00", key="p1")
    told.tell("comment", 1, "2024-03-01 11:00", thread_id="p1")

    (answered,) = told.ask("response.answered_7d", *MARCH).points
    assert (answered.part, answered.whole) == (0, 1)


def test_a_question_waits_14_days_for_acceptance(week):
    (accepted,) = week.ask("response.accepted", *MARCH).points
    assert (accepted.part, accepted.whole) == (1, 1)
    (young,) = week.ask("response.accepted", *MARCH, as_of="2024-03-17 09:59").points
    assert (young.value, young.whole, dict(young.row)) == (None, 0, {"open": 1})


def test_concentration_of_three_and_two_and_one(week):
    # 1 wrote 3, 2 wrote 2, 3 wrote 1: Gini 2/9; 1 and 2 made 5 of 6.
    (gini,) = week.values("concentration.gini", *MARCH)
    assert round(gini, 9) == round(2 / 9, 9)
    assert week.values("concentration.core_80", *MARCH) == [2]


def test_reach_counts_those_who_were_responded_to(week):
    assert week.values("influence.reach", *MARCH) == [3]
    ranking = week.ask("influence.rank", *MARCH).points
    assert [point.group for point in ranking] == ["1", "2", "3"]
    assert round(sum(point.value for point in ranking), 9) == 1


def test_spaces_table_compares_with_the_window_before(week):
    week.tell("post", 1, "2024-02-20 10:00", space_id=1).tell("post", 4, "2024-02-21 10:00",
                                                              space_id=1)  # fmt: skip
    assert week.values("spaces.active", *MARCH) == [2]
    first, second = week.ask("spaces.health", *MARCH).points
    assert first.group == "1"
    assert dict(first.row) == {
        "contributions": 4,
        "active": 3,
        "answered_1d": 0.5,
        "answered": 1,
        "openings": 2,
        "newcomers": 2,
        "before": 2,
        "change": 1,
    }
    assert dict(second.row)["change"] is None


def test_rhythm_is_told_on_the_community_clock(story):
    told = story(timezone="America/New_York")
    # A Sunday before and after the clocks go forward: nine in the morning both times.
    told.tell("post", 1, "2024-03-03 09:30").tell("post", 1, "2024-03-10 09:30")
    grid = told.groups("rhythm.hours", *MARCH)

    assert len(grid) == 168
    assert {group: value for group, value in grid.items() if value} == {"6-09": 2}
    assert told.behind("rhythm.hours", *MARCH, group="6-09").total == 2


def test_newcomers_are_answered_and_come_again(story):
    told = story().tell("post", 1, "2024-01-01 10:00", key="old")
    told.tell("react", 2, "2024-03-01 10:00", value=1)
    told.tell("post", 2, "2024-03-02 10:00", key="p2").tell("post", 2, "2024-03-02 11:00", key="p3")
    told.tell("comment", 1, "2024-03-02 12:00", thread_id="p2")
    told.tell("post", 3, "2024-03-05 10:00", key="p4")
    told.tell("post", 1, "2024-03-06 10:00", key="p5")
    told.tell("post", 2, "2024-03-09 10:00").tell("post", 3, "2024-04-01 10:00")

    (first,) = told.ask("newcomers.answered_1d", *MARCH).points
    assert (first.part, first.whole) == (1, 2)
    (second,) = told.ask("newcomers.second_contribution_7d", *MARCH).points
    assert (second.part, second.whole) == (1, 2)
    (stayed,) = told.ask("newcomers.retention_28d", *MARCH).points
    assert (stayed.part, stayed.whole) == (0, 2)
    told.tell("post", 3, "2024-04-02 10:00")
    (stayed,) = told.ask("newcomers.retention_28d", *MARCH, as_of="2024-04-30 00:00").points
    assert (stayed.part, stayed.whole) == (1, 2)
    (stayed,) = told.ask("newcomers.retention_28d", *MARCH, as_of="2024-04-29 23:59").points
    assert (stayed.part, stayed.whole, dict(stayed.row)) == (0, 1, {"open": 1})


def test_records_come_in_pages_newest_first(week):
    from juluo.analytics.engine import UnknownPoint, records

    question = week.question("content.contributions", *MARCH)
    log = week.log()
    page = records(question, log=log, start=question.start, offset=1, limit=2)
    assert page.total == 6
    assert [row["key"] for row in page.rows] == ["a1", "q1"]
    with pytest.raises(UnknownPoint):
        records(question, log=log, start=question.end)
