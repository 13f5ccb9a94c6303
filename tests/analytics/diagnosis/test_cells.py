"""The cells of a metric add up to the metric's own answer, for every metric that has cells."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from tests.analytics.conftest import Story
from tests.analytics.test_properties import AS_OF, SLOW, ask, stories, tell

from juluo.analytics.calendar import Period, day_number
from juluo.analytics.catalog.cutting import CUTTINGS, DOINGS
from juluo.analytics.cells import CannotBeCut, cells, members_and_amounts, moves
from juluo.analytics.question import Grain, Question

START, END = date(2024, 3, 6), date(2024, 4, 17)


def question(key: str, timezone: str, grain: Grain = Grain.WEEK, start: date = START) -> Question:
    return Question(key=key, start=start, end=END, grain=grain, timezone=timezone)


@SLOW
@given(stories)
def test_cells_add_up_to_the_answer(drawn):
    timezone, told = drawn
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()
        for key, cutting in CUTTINGS.items():
            found = cells(question(key, timezone), by=cutting.dimensions, log=log, as_of=AS_OF)
            for point in ask(key, log, "week").points:
                here = [cell for cell in found.rows if cell.start == point.start]
                part = sum(cell.part for cell in here)
                if found.is_share:
                    assert part == point.part, key
                    assert sum(cell.whole for cell in here) == point.whole, key
                else:
                    assert part == point.value, key


@SLOW
@given(stories)
def test_new_and_back_less_lost_is_the_change_of_the_active(drawn):
    timezone, told = drawn
    start = date(2024, 3, 27)
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()
        asked = question("members.active", timezone, Grain.WINDOW, start)
        found = moves(asked, by=("space", "channel"), log=log, as_of=AS_OF)
        now, before = (
            sum(cell.part for cell in cells(asked, by=("space",), log=log, as_of=AS_OF,
                                            points=(window,)).rows)
            for window in (
                Period(start=day_number(start), end=day_number(END), before=0),
                Period(start=day_number(start) - 21, end=day_number(start), before=0),
            )
        )  # fmt: skip
        assert sum(each.new + each.resurrected - each.lost for each in found) == now - before
        assert sum(each.new + each.resurrected + each.retained for each in found) == now


@SLOW
@given(stories)
def test_what_members_did_in_a_slice_is_its_cells_and_nobody_counts_twice(drawn):
    timezone, told = drawn
    window = Period(start=day_number(START), end=day_number(END), before=0)
    with tempfile.TemporaryDirectory() as folder:
        log = tell(timezone, told, Path(folder)).rolled()
        for key in DOINGS:
            asked = question(key, timezone, Grain.WINDOW)
            options = {"log": log, "as_of": AS_OF, "points": (window,)}
            ((members, amount),) = members_and_amounts(asked, where=(), **options)
            assert amount == ask(key, log, "window").points[0].value
            assert members <= amount
            by_space = cells(asked, by=("space",), **options).rows
            slices = [members_and_amounts(asked, where=(("space", row.values[0]),), **options)
                      for row in by_space]  # fmt: skip
            assert [each[0][1] for each in slices] == [row.part for row in by_space]
            assert sum(each[0][0] for each in slices) >= members


def test_overlapping_windows_are_each_whole(story):
    told = story().tell("post", 1, "2024-03-04 09:00", space_id=1)
    told.tell("post", 1, "2024-03-12 09:00", space_id=2)
    windows = tuple(
        Period(start=day_number(date(2024, 3, day)), end=day_number(date(2024, 3, day)) + 14,
               before=0)
        for day in (1, 8)
    )  # fmt: skip
    asked = question("content.posts", "UTC")
    found = cells(asked, by=("space", "tenure"), log=told.log(), as_of=AS_OF, points=windows)

    assert [(cell.start.day, cell.values, cell.part) for cell in found.rows] == [
        (1, ("1", "new"), 1.0),
        (1, ("2", "new"), 1.0),
        (8, ("2", "new"), 1.0),
    ]


def test_a_metric_says_what_it_can_be_cut_by(story):
    asked = question("members.new", "UTC")
    with pytest.raises(CannotBeCut, match="space, source, channel"):
        cells(asked, by=("kind",), log=Story().log(), as_of=AS_OF)
