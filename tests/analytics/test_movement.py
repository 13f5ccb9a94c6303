"""Movement between activity bands adds up to the community, on every log."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analytics.test_properties import SLOW, stories, tell

from juluo.analytics.engine import answer
from juluo.analytics.movement import (
    BANDS,
    FROM,
    TO,
    Movement,
    answer_movement,
    members_who_moved,
)
from juluo.analytics.question import Filters, Grain, Question

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)
MOVE = Movement(before=date(2024, 3, 1), after=date(2024, 4, 1), timezone="UTC")


@pytest.fixture
def told(story):
    """1 rises to five, 2 falls silent, 3 comes, 4 leaves, 5 left long ago, 6 only reads."""
    made = story()
    made.tell("join", 5, "2024-01-01 09:00").tell("leave", 5, "2024-01-02 09:00")
    made.tell("visit", 6, "2024-01-05 09:00")
    made.tell("post", 1, "2024-02-10 09:00")
    made.tell("post", 2, "2024-02-11 09:00").tell("post", 2, "2024-02-12 09:00")
    made.tell("post", 4, "2024-02-13 09:00").tell("leave", 4, "2024-03-10 09:00")
    for day in range(5):
        made.tell("comment", 1, f"2024-03-{10 + day} 09:00", space_id=1)
    made.tell("post", 3, "2024-03-20 09:00", space_id=2)
    made.tell("post", 3, "2024-04-01 00:00")  # the first moment that is not counted
    return made


def test_each_member_stands_in_one_cell(told):
    found = answer_movement(MOVE, log=told.log(), as_of=AS_OF)

    assert found.cells == {
        ("1", "5-19"): 1,
        ("2-4", "0"): 1,
        ("absent", "1"): 1,
        ("1", "left"): 1,
        ("0", "0"): 1,
    }
    assert found.flows == {
        "rose": 1, "fell": 1, "stayed": 1, "came": 1, "returned": 0, "left": 1,
    }  # fmt: skip
    assert [each.day for each in found.standings][-1] == date(2024, 4, 1)
    assert found.standings[-1].members == (2, 1, 0, 1, 0)
    assert len(found.standings) == 13


def test_the_members_of_a_cell_are_listed_with_what_they_contributed(told):
    def listed(**given):
        found = members_who_moved(MOVE, log=told.log(), as_of=AS_OF, **given)
        return [(r["member_id"], r["made_before"], r["made_after"]) for r in found.rows]

    assert listed(since="1", to="5-19") == [(1, 1, 5)]
    assert listed(to="0") == [(2, 2, 0), (6, 0, 0)]
    assert listed(since="absent") == [(3, 0, 1)]
    assert listed(since="1", limit=1, offset=1) == [(4, 1, 0)]


def test_in_a_space_only_what_was_contributed_there_counts(told):
    there = Movement(
        before=MOVE.before, after=MOVE.after, timezone="UTC", filters=Filters(spaces=(1,))
    )

    found = answer_movement(there, log=told.log(), as_of=AS_OF)

    assert found.cells["absent", "5-19"] == 1


@SLOW
@given(stories, st.integers(1, 20), st.integers(1, 30))
def test_bands_add_up_to_the_members_of_both_days(drawn, first, length):
    timezone, happened = drawn
    before = date(2024, 3, first)
    after = date.fromordinal(before.toordinal() + length)
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, happened, Path(folder)).rolled()
        asked = Movement(before=before, after=after, timezone=timezone)
        found = answer_movement(asked, log=log, as_of=AS_OF)

        def total(day):
            question = Question(
                key="members.total",
                start=date.fromordinal(day.toordinal() - 1),
                end=day,
                grain=Grain.WINDOW,
                timezone=timezone,
            )
            return answer(question, log=log, as_of=AS_OF).points[0].value

        assert sum(found.row(band) for band in BANDS) == total(before)
        assert sum(found.column(band) for band in BANDS) == total(after)
        assert sum(found.standings[-1].members) == total(after)
        assert sum(found.row(band) for band in FROM) == sum(found.column(band) for band in TO)
        assert sum(found.flows.values()) == sum(found.cells.values())
