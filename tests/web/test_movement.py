"""The page of movement between activity bands."""

import re

import pytest
from tests.made_up import make_community
from tests.web.test_console import client_of, page

from juluo.domains.members.models import AuditEntry

ADDRESS = "/console/explorer/movement/?first=2026-01-20&last=2026-02-16"


@pytest.fixture
def owner(people, at_now):
    make_community()
    return client_of(people, "owner")


def test_a_log_of_nobody_says_so(people, at_now):
    assert "Nobody was known on these days" in page(
        client_of(people, "moderator"),
        "/console/explorer/movement/?first=2020-01-01&last=2020-02-01",
    )


def test_the_cells_add_up_and_lead_to_their_members(owner):
    words = page(owner, ADDRESS)

    body = re.search(r"<tbody>(.*?)</tbody>", words, re.DOTALL)[1]
    cells = re.findall(r'j-cell" href="([^"]+)">.*?(\d+)</a>', body)
    total = re.search(r'fw-bold">(\d+)</td></tr></tfoot>', words)[1]
    assert sum(int(members) for _address, members in cells) == int(total)
    address, members = cells[0]
    listed = page(owner, address.replace("&amp;", "&"))
    assert f"{members} member" in listed
    assert re.search(r"(More|As many) members (rose|fell)", words)


def test_files_leave_by_operators_only(owner, people):
    text = owner.get(f"{ADDRESS}&format=csv").content.decode("utf-8-sig")
    assert text.startswith("Band before,Band after,Members")
    members = ADDRESS.replace("movement/", "movement/members/") + "&to=0&format=csv"
    assert owner.get(members).status_code == 200
    assert AuditEntry.objects.get(action="insights.members_exported").subject == "movement"
    moderator = client_of(people, "moderator")
    assert moderator.get(members).status_code == 404
    assert moderator.get(f"{ADDRESS}&format=csv").status_code == 404


def test_a_live_window_moves_with_the_day(owner):
    words = page(owner, "/console/explorer/movement/?window=last_month")

    assert "28 days before 1 February 2026" in words
    assert "28 days before 1 March 2026" in words
    link = re.search(r'j-cell" href="([^"]+)"', words)[1]
    assert "window=last_month" in link
    assert "first=" not in link
