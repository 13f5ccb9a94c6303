"""The cohorts' page and the members behind its cells."""

import csv
import io
import re

import pytest
from tests.made_up import make_community
from tests.web.test_console import client_of, page

from juluo.domains.members.models import AuditEntry, Member

ADDRESS = "/console/explorer/cohorts/?first=2025-09-01&last=2026-03-09&grain=month"


@pytest.fixture
def owner(people, at_now):
    make_community()
    return client_of(people, "owner")


def test_an_empty_community_has_no_cohort_yet(people, at_now):
    assert "No cohort yet" in page(client_of(people, "moderator"), "/console/explorer/cohorts/")


def test_the_triangle_leads_to_the_members_of_each_cell(owner):
    words = page(owner, ADDRESS)

    assert "September 2025" in words
    assert "Weighted mean" in words
    cell = re.findall(r'class="j-cell" title="(\d+) of (\d+);[^"]*" href="([^"]+)"', words)
    assert len(cell) == 6 + 5 + 4 + 3 + 2 + 1
    part, whole, address = cell[1]
    stayed = page(owner, address.replace("&amp;", "&"))
    left = page(owner, address.replace("&amp;", "&").replace("state=stayed", "state=left"))
    assert len(re.findall(r'"/console/members/\d+/"', stayed)) == int(part)
    assert f"{int(whole) - int(part)} member" in left


def test_what_cannot_be_shown_says_why(owner):
    words = page(
        owner, "/console/explorer/cohorts/?first=2021-09-01&last=2026-03-09&grain=week", 422
    )

    assert "These are more than 60 cohorts" in words


def test_the_file_is_the_triangle_and_members_leave_only_by_operators_and_audited(owner, people):
    rows = list(
        csv.reader(io.StringIO(owner.get(f"{ADDRESS}&format=csv").content.decode("utf-8-sig")))
    )
    assert rows[0][:5] == ["Cohort", "Members", "Age", "Active", "Share"]
    assert rows[1][0] == "2025-09-01"
    assert rows[1][2:5] == ["0", rows[1][1], "1"]

    members = ADDRESS.replace("cohorts/", "cohorts/members/") + "&start=2025-09-01&format=csv"
    file = owner.get(members).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in file
    assert AuditEntry.objects.filter(action="insights.members_exported").count() == 1
    moderator = client_of(people, "moderator")
    assert [
        moderator.get(f"{ADDRESS}&format=csv").status_code,
        moderator.get(members).status_code,
    ] == [404, 404]
    assert AuditEntry.objects.filter(action="insights.members_exported").count() == 1


def test_a_page_of_members_costs_the_same_with_many(owner, django_assert_max_num_queries):
    members = ADDRESS.replace("cohorts/", "cohorts/members/") + "&start=2025-09-01&age=0"
    page(owner, members)

    def cost(address):
        with django_assert_max_num_queries(40) as captured:
            page(owner, address)
        return len(captured)

    few = cost(members.replace("2025-09-01&age", "2026-01-01&age"))
    assert Member.objects.count() > 30
    assert cost(members) == few
