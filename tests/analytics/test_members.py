"""Stories of who is here."""

import pytest

from juluo.analytics.engine import EmptyWindow, UnsupportedDimension, UnsupportedGrain

MARCH = ("2024-03-01", "2024-04-01")


def test_counts_each_active_person_once_and_no_bots(story):
    told = story().person(9, "bot").person(3, staff=True)
    told.tell("post", 1, "2024-03-01 09:00").tell("react", 2, "2024-03-02 09:00", value=1)
    told.tell("post", 1, "2024-03-03 09:00").tell("message", 9, "2024-03-03 10:00")
    told.tell("comment", 3, "2024-03-04 10:00").tell("visit", 4, "2024-03-04 10:00")

    assert told.values("members.active", *MARCH) == [3]
    assert told.values("members.contributing", *MARCH) == [2]
    assert told.values("members.active", *MARCH, include_bots=True) == [4]
    assert told.values("members.active", *MARCH, exclude_staff=True) == [2]


def test_a_bare_count_of_reactions_makes_nobody_active(story):
    told = story().tell("react", None, "2024-03-02 09:00", value=5)

    assert told.values("members.active", *MARCH) == [0]
    assert told.values("interaction.reactions", *MARCH) == [5]


def test_an_erased_member_unknown_to_the_people_still_counts(story):
    told = story().person(1).tell("post", 777, "2024-03-01 09:00")

    assert told.values("members.active", *MARCH) == [1]


def test_days_are_cut_on_the_community_clock(story):
    shanghai = story(timezone="Asia/Shanghai")
    shanghai.tell("post", 1, "2024-03-01 00:30").tell("post", 2, "2024-03-01 23:30")
    shanghai.tell("post", 3, "2024-03-02 00:00")

    assert shanghai.values("members.active", "2024-02-29", "2024-03-03", "day") == [0, 2, 1]


def test_a_day_of_23_or_25_hours_is_still_one_day(story):
    told = story(timezone="America/New_York")
    # Clocks went forward on 10 March and back on 3 November 2024.
    told.tell("post", 1, "2024-03-10 00:10").tell("post", 2, "2024-03-10 23:50")
    told.tell("post", 3, "2024-03-11 00:00")
    told.tell("post", 4, "2024-11-03 00:00").tell("post", 5, "2024-11-03 23:59")
    told.tell("post", 6, "2024-11-04 00:00")

    assert told.values("content.posts", "2024-03-09", "2024-03-12", "day") == [0, 2, 1]
    assert told.values("content.posts", "2024-11-02", "2024-11-05", "day") == [0, 2, 1]


def test_a_window_that_begins_mid_week_has_a_partial_first_point(story):
    told = story().tell("post", 1, "2024-03-04 09:00").tell("post", 2, "2024-03-07 09:00")
    told.tell("post", 3, "2024-03-11 09:00")
    answer = told.ask("members.active", "2024-03-06", "2024-03-18", "week")

    assert [(str(p.start), p.value) for p in answer.points] == [
        ("2024-03-06", 1),
        ("2024-03-11", 1),
    ]
    assert "edge_points_partial" in answer.note_keys
    whole = told.ask("members.active", "2024-03-04", "2024-03-18", "week")
    assert "edge_points_partial" not in whole.note_keys


def test_rolling_actives_look_back_7_and_28_days(story):
    told = story().tell("post", 1, "2024-03-01 09:00").tell("post", 2, "2024-03-05 09:00")
    told.tell("post", 1, "2024-03-08 09:00")

    values = told.values("members.active_7d", "2024-03-01", "2024-03-16", "day")
    assert values == [1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 0]
    # Member 2's 28 days end with 1 April, member 1's with 4 April.
    later = told.values("members.active_28d", "2024-04-01", "2024-04-06", "day")
    assert later == [2, 1, 1, 1, 0]


def test_rolling_actives_of_days_to_come_are_absent(story):
    told = story().tell("post", 1, "2024-03-01 09:00")
    values = told.values(
        "members.active_7d", "2024-03-01", "2024-03-04", "day", as_of="2024-03-02 12:00"
    )
    assert values == [1, 1, None]


def test_stickiness_is_the_mean_over_days_with_someone_active(story):
    told = story().tell("post", 1, "2024-03-01 09:00").tell("post", 1, "2024-03-02 09:00")
    told.tell("post", 2, "2024-03-02 10:00")
    # 1 March: 1/1; 2 March: 2/2; 3 and 4 March: 0/2. Before 1 March nobody: left out.
    assert told.values("members.stickiness", "2024-02-28", "2024-03-05") == [0.5]


def test_growth_accounting_of_three_weeks(story):
    told = story()
    told.tell("post", 1, "2024-03-04 09:00").tell("post", 2, "2024-03-05 09:00")
    told.tell("post", 1, "2024-03-12 09:00").tell("post", 3, "2024-03-13 09:00")
    told.tell("post", 2, "2024-03-19 09:00").tell("post", 4, "2024-03-19 09:00")
    weeks = ("2024-03-04", "2024-03-25", "week")

    assert told.values("members.new", *weeks) == [2, 1, 1]
    assert told.values("members.retained", *weeks) == [0, 1, 0]
    assert told.values("members.resurrected", *weeks) == [0, 0, 1]
    assert told.values("members.lost", *weeks) == [0, 1, 2]
    assert told.values("members.quick_ratio", *weeks) == [None, 1, 1]
    lost = told.behind("members.lost", *weeks, point="2024-03-11")
    assert [row["actor_id"] for row in lost.rows] == [2]


def test_newness_counts_joining_when_asked_and_contributing_apart(story):
    told = story().tell("join", 1, "2024-02-01 08:00").tell("join", 2, "2024-03-02 08:00")
    told.tell("join", 3, "2024-03-02 08:00", payload={"dated": False})
    told.tell("react", 1, "2024-03-01 09:00", value=1).tell("post", 1, "2024-04-02 09:00")

    assert told.values("members.new", *MARCH) == [1]
    assert told.values("members.new", *MARCH, by_joined=True) == [1]
    assert told.behind("members.new", *MARCH, by_joined=True).rows[0]["payload"] == (
        '{"member_id": 2}'
    )
    assert told.values("members.new_contributing", "2024-03-01", "2024-05-01", "month") == [0, 1]


def test_newness_by_joining_is_absent_where_no_joining_is_dated(story):
    told = story().tell("join", 1, "2024-03-02 08:00", payload={"dated": False})
    told.tell("post", 1, "2024-03-02 09:00")
    answer = told.ask("members.new", *MARCH, by_joined=True)

    assert [point.value for point in answer.points] == [None]
    assert "not_recorded" in answer.note_keys
    assert "not_recorded" not in told.ask("members.new", *MARCH).note_keys


def test_total_counts_the_joined_and_seen_less_those_who_left(story):
    told = story().tell("join", 1, "2024-03-01 08:00").tell("post", 2, "2024-03-02 08:00")
    told.tell("leave", 1, "2024-03-05 08:00").tell("join", 1, "2024-03-07 08:00")
    days = ("2024-03-01", "2024-03-08", "day")

    assert told.values("members.total", *days) == [1, 2, 2, 2, 1, 1, 2]
    assert told.values("participation.rate", *days) == [None, 1, 0, 0, 0, 0, 0]


def test_retention_is_a_triangle_of_closed_windows(story):
    told = story()
    told.tell("post", 1, "2024-03-04 09:00").tell("post", 2, "2024-03-05 09:00")
    told.tell("post", 1, "2024-03-12 09:00").tell("post", 3, "2024-03-12 09:00")
    told.tell("post", 2, "2024-03-20 09:00")
    answer = told.ask(
        "members.retention", "2024-03-04", "2024-03-18", "week", as_of="2024-03-26 00:00"
    )
    table = [(str(p.start), dict(p.row), p.value) for p in answer.points]

    assert table == [
        ("2024-03-04", {"age": 0, "active": 2, "size": 2}, 1.0),
        ("2024-03-04", {"age": 1, "active": 1, "size": 2}, 0.5),
        ("2024-03-04", {"age": 2, "active": 1, "size": 2}, 0.5),
        ("2024-03-11", {"age": 0, "active": 1, "size": 1}, 1.0),
        ("2024-03-11", {"age": 1, "active": 0, "size": 1}, 0.0),
    ]


def test_splits_people_by_what_they_are(story):
    told = story()
    told.tell("join", 1, "2024-01-05 08:00", channel="poster")
    told.tell("post", 1, "2024-01-06 09:00", space_id=1)
    for day in range(10, 15):
        told.tell("message", 1, f"2024-02-{day} 09:00", space_id=1)
    told.tell("post", 1, "2024-03-02 09:00", space_id=1)
    told.tell("post", 2, "2024-03-02 09:00", space_id=2, source="slack")

    assert told.groups("members.active", *MARCH, by="cohort") == {"2024-01": 1, "2024-03": 1}
    assert told.groups("members.active", *MARCH, by="channel") == {"poster": 1, "unknown": 1}
    assert told.groups("members.active", *MARCH, by="band") == {"0": 1, "5-19": 1}
    assert told.groups("members.active", *MARCH, by="space") == {"1": 1, "2": 1}
    assert told.groups("members.active", *MARCH, by="source") == {"native": 1, "slack": 1}
    assert told.values("members.active", *MARCH, spaces=(2,)) == [1]
    assert told.behind("members.active", *MARCH, by="cohort", group="2024-01").total == 1


def test_refuses_by_name_what_it_cannot_do(story):
    with pytest.raises(UnsupportedDimension):
        story().ask("members.active", *MARCH, by="kind")
    with pytest.raises(UnsupportedGrain):
        story().ask("members.retention", *MARCH, "day")
    with pytest.raises(EmptyWindow):
        story().ask("members.active", "2024-03-01", "2024-03-01")


def test_sees_nothing_from_after_as_of_not_even_in_a_rollup(story, tmp_path):
    told = story(folder=tmp_path).tell("post", 1, "2024-03-01 09:00")
    told.tell("post", 2, "2024-03-01 11:00").tell("post", 3, "2024-04-01 11:00")

    assert told.values("members.active", *MARCH, as_of="2024-03-01 10:00") == [1]
    assert told.values("members.active", *MARCH, as_of="2024-03-01 11:00") == [2]
