"""Spaces side by side."""

import re

import pytest
from tests.made_up import NOW, make_community
from tests.web.test_console import client_of, page

from juluo.analytics.question import Grain
from juluo.domains.insights import queries

pytestmark = pytest.mark.over_the_lake

ADDRESS = "/console/explorer/compare/?first=2026-01-01&last=2026-01-31"


@pytest.fixture
def owner(people, at_now):
    make_community()
    return client_of(people, "owner")


def test_an_empty_community_has_nothing_to_compare(people, at_now):
    assert "Nothing in this window" in page(client_of(people, "moderator"), ADDRESS)


def test_spaces_are_ranked_by_the_chosen_figure_which_is_the_catalogs(owner):
    words = page(owner, f"{ADDRESS}&sort=members.active")

    body = re.search(r"<tbody>(.*?)</tbody>", words, re.DOTALL)[1]
    ranked = [int(each) for each in re.findall(r'href="/spaces/(\d+)/"', body)]
    asked = queries.question(
        "members.active",
        start=NOW.date().replace(month=1, day=1),
        end=NOW.date().replace(month=2, day=1),
        grain=Grain.WINDOW,
        by="space",
    )
    points = queries.ask(asked, log=queries.current_log(), now=NOW).points
    values = {int(point.group): point.value for point in points}
    assert len(ranked) == 3
    assert [values[each] for each in ranked] == sorted(values.values(), reverse=True)
    assert words.count("<polyline") == 3
    assert "1 December 2025 – 31 December 2025" in words


def test_the_page_costs_the_same_for_many_weeks(owner, django_assert_max_num_queries):
    def cost(address):
        page(owner, address)
        with django_assert_max_num_queries(40) as captured:
            page(owner, address)
        return len(captured)

    assert cost(ADDRESS) == cost("/console/explorer/compare/?first=2025-09-01&last=2026-02-28")


def test_the_file_is_the_table_for_operators(owner, people):
    text = owner.get(f"{ADDRESS}&format=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert len(text.splitlines()) == 4
    assert client_of(people, "moderator").get(f"{ADDRESS}&format=csv").status_code == 404
