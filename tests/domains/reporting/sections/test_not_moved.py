"""What does not move, is too young to tell, or lies in one space alone."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from tests.communities import COMMUNITIES
from tests.made_up import NOW as MADE_UP_NOW
from tests.planted import block, live, made, part_of, section

from juluo.lib.documents.model import Finding, Paragraph, Table, plain

pytestmark = [pytest.mark.django_db, pytest.mark.over_the_lake]


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    cache.clear()


def test_a_fall_of_one_space_is_told_with_the_space_and_never_as_alike():
    # With this chance everywhere was once named, not the space: three in twelve such logs.
    spaces = live(falls=True, seed=5)

    composed = made()

    said = plain(block(part_of(composed, "content.contributions"), Finding).why)
    assert said.startswith("甲: ")
    assert "Clear evidence." in said
    assert "All moved alike" not in said
    table = block(part_of(composed, "content.contributions"), Table)
    assert table.rows[0][0].words == "甲"
    found = next(each for each in composed[1].found if each.metric == "content.contributions")
    assert (found.weight, found.space_ids) == (0.9, (spaces[0].pk,))


def test_chance_alone_is_let_be():
    live(falls=False)

    composed = made()

    assert "there is nothing to explain" in plain(block(section(composed), Paragraph).runs)
    assert not section(composed).parts
    assert not [each for each in composed[1].found if each.key.startswith("moved:")]


def test_days_to_come_are_no_fall():
    live(falls=False)
    now = datetime(2025, 9, 15, 9, tzinfo=UTC)

    composed = made(now=now)

    said = plain(block(section(composed), Paragraph).runs)
    assert "Only the days up to 14 September 2025 are looked at" in said
    assert not section(composed).parts


def test_a_young_community_is_told_that_history_is_too_short():
    tried = COMMUNITIES["made up"]
    tried.make()

    composed = made(start=tried.quarter, end=tried.end, now=MADE_UP_NOW)

    outcomes = {row[-1].words for row in block(section(composed), Table).rows}
    assert outcomes <= {"history too short", "usual", "unusual"}
    assert "history too short" in outcomes


def test_an_empty_community_has_nothing_to_explain():

    composed = made()

    assert "History is too short" in plain(block(section(composed), Paragraph).runs)
