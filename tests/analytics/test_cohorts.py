"""The cohorts' triangle, and the members of its cells."""

from datetime import UTC, date, datetime

import pytest

from juluo.analytics.cohorts import cell_days, members_of_cell, triangle
from juluo.analytics.engine import answer

AS_OF = datetime(2024, 4, 10, tzinfo=UTC)


@pytest.fixture
def told(story):
    """Three begin in January, one in February; one of January stays, one returns in March."""
    made = story()
    for who, at in [
        (1, "2024-01-03"), (2, "2024-01-04"), (3, "2024-01-05"), (4, "2024-02-01"),
        (1, "2024-02-10"), (4, "2024-02-11"), (1, "2024-03-09"), (2, "2024-03-10"),
        (1, "2024-03-11"), (4, "2024-04-02"),
    ]:  # fmt: skip
        made.tell("post", who, f"{at} 09:00")
    return made


def asked(story):
    return story.question("members.retention", "2024-01-01", "2024-04-10", "month")


def members(story, start, age, stayed=None, **page):
    found = members_of_cell(
        asked(story),
        log=story.log(),
        as_of=AS_OF,
        start=date.fromisoformat(start),
        age=age,
        stayed=stayed,
        **page,
    )
    return found.total, [(row["member_id"], row["days"]) for row in found.rows]


def test_only_ages_that_have_passed_stand_and_the_mean_weighs_by_size(told):
    found = triangle(answer(asked(told), log=told.log(), as_of=AS_OF))

    cells = {each.start.month: [(c.part, c.whole) for c in each.cells] for each in found.cohorts}
    assert cells == {1: [(3, 3), (1, 3), (2, 3)], 2: [(1, 1), (0, 1)]}
    assert [(each.part, each.whole) for each in found.means] == [(4, 4), (1, 4), (2, 3)]
    assert found.ages == 3
    assert 0 < found.means[1].low < 0.25 < found.means[1].high < 1


def test_the_members_of_a_cell_are_those_who_stayed_and_those_who_did_not(told):
    assert members(told, "2024-01-01", 2, stayed=True) == (2, [(1, 2), (2, 1)])
    assert members(told, "2024-01-01", 2, stayed=False) == (1, [(3, 0)])
    assert members(told, "2024-01-01", 2) == (3, [(1, 2), (2, 1), (3, 0)])
    assert members(told, "2024-02-01", 1, stayed=True) == (0, [])


def test_a_long_list_comes_in_pages(told):
    assert members(told, "2024-01-01", 0, offset=1, limit=1) == (3, [(2, 1)])


def test_the_days_of_an_age_are_whole_months_or_weeks(story):
    by_month = story().question("members.retention", "2024-01-15", "2024-04-10", "month")
    by_week = story().question("members.retention", "2024-01-01", "2024-04-10", "week")

    here = cell_days(by_month, date(2024, 1, 15), 1)
    assert (here.end - here.start, here.start) == (29, (date(2024, 2, 1) - date(1970, 1, 1)).days)
    week = cell_days(by_week, date(2024, 1, 1), 3)
    assert week.start == (date(2024, 1, 22) - date(1970, 1, 1)).days
