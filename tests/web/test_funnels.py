"""The funnel's page, the members it lost, and its file."""

import csv
import io
import re

import pytest
from tests.made_up import make_community
from tests.web.test_console import client_of, page

from juluo.domains.members.models import AuditEntry

pytestmark = pytest.mark.over_the_lake

ADDRESS = (
    "/console/explorer/funnels/?step1=asked&step2=got_reply&step3=reacted&within=28"
    "&first=2025-09-01&last=2026-03-09"
)


@pytest.fixture
def owner(people, at_now):
    make_community()
    return client_of(people, "owner")


def rows_of(words):
    table = re.search(r"<tbody>(.*?)</tbody>", words, re.DOTALL)[1]
    return re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)


def test_an_empty_community_says_that_nobody_entered(people, at_now):
    words = page(client_of(people, "moderator"), "/console/explorer/funnels/")

    assert "Nobody whose days are over took the first step" in words


def test_steps_lead_to_those_who_took_them_and_those_who_were_lost(owner):
    words = page(owner, ADDRESS)

    steps = rows_of(words)
    assert len(steps) == 3
    taken = [int(re.search(r'state=reached">(\d+)<', row)[1]) for row in steps]
    assert taken == sorted(taken, reverse=True)
    lost = re.search(r'href="([^"]+state=lost)">(\d+)<', steps[1])
    assert int(lost[2]) == taken[0] - taken[1]
    listed = page(owner, lost[1].replace("&amp;", "&"))
    assert f"{lost[2]} member" in listed
    assert "Lost before “Received a reply”" in listed
    assert "95% interval" in words
    assert "SELECT" in words


def test_a_split_shows_spaces_by_their_names(owner):
    words = page(owner, f"{ADDRESS}&by=space")

    assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in words
    assert "<b>R&D</b>" not in words
    group = re.search(r'href="([^"]+group=\d+)"', words)[1].replace("&amp;", "&")
    assert "Took the step “Asked a question” · " in page(owner, group)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("step1=asked&step2=reacted&step4=reacted", "Choose this step, or none of those after it."),
        ("step1=asked", "This field is required."),
        ("step1=contributed_later&step2=asked", "Select a valid choice."),
        ("step1=asked&step2=reacted&within=0", "greater than or equal to 1"),
    ],
)
def test_a_funnel_that_cannot_be_asked_says_why_beside_its_field(owner, query, told):
    assert told in page(owner, f"/console/explorer/funnels/?{query}", 422)


def test_files_leave_by_operators_and_the_audit_knows_of_members(owner, people):
    text = owner.get(f"{ADDRESS}&by=space&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Group", "Step", "Members"]
    assert len(rows) == 1 + 3 * (1 + len({row[0] for row in rows[1:]} - {""}))
    assert any(row[0] == "'=1+1" for row in rows)

    members = ADDRESS.replace("funnels/", "funnels/members/") + "&step=2&state=lost&format=csv"
    assert owner.get(members).status_code == 200
    entry = AuditEntry.objects.get(action="insights.members_exported")
    assert (entry.actor, entry.subject) == (people["owner"], "funnel")
    assert client_of(people, "moderator").get(members).status_code == 404


def test_the_page_costs_the_same_for_a_split_of_many(owner, django_assert_max_num_queries):
    page(owner, ADDRESS)

    def cost(address):
        with django_assert_max_num_queries(40) as captured:
            page(owner, address)
        return len(captured)

    # The split asks once for the spaces' names.
    assert cost(f"{ADDRESS}&by=space") == cost(f"{ADDRESS}&by=month") + 1
