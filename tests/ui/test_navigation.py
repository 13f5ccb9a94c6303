import pytest
from django.urls import reverse
from tests.web.policy import ROUTES
from tests.web.test_policy import ALL

from juluo.domains.members.models import Member
from juluo.ui import navigation
from juluo.ui.navigation import NavItem, Section, console_menu, register

VALUES = {
    "section": "background",
    "token": "x",
    "key": "x",
    "uidb36": "1",
    "list_name": "x",
    "tag": "x",
}


@pytest.fixture
def _own_entries(monkeypatch):
    monkeypatch.setattr(navigation, "_ITEMS", {})


@pytest.mark.usefixtures("_own_entries")
def test_shows_in_order_what_the_member_may_see_and_what_exists():
    register(NavItem(Section.COMMUNITY, "Members", "members:list", "users", 20))
    register(NavItem(Section.HOME, "Home", "web:home", "home", 10))
    register(NavItem(Section.COMMUNITY, "Audit", "members:audit", "history", 10))
    register(NavItem(Section.COMMUNITY, "Hidden", "web:spaces", "x", 1, lambda _: False))
    register(NavItem(Section.COMMUNITY, "Gone", "no:such", "x", 1))

    menu = console_menu(None, "/console/members/5/")

    assert [[(e.label, e.is_current) for e in group.entries] for group in menu] == [
        [("Home", False)],
        [("Audit", False), ("Members", True)],
    ]


@pytest.mark.usefixtures("_own_entries")
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/console/members/", ["Members"]),
        ("/console/spam/4/", ["Members"]),
        ("/console/spam/audit/", ["Audit"]),
        ("/console/", ["Home"]),
        ("/console/elsewhere/", []),
    ],
)
def test_an_entry_is_current_on_the_further_pages_it_names(path, current):
    register(NavItem(Section.COMMUNITY, "Home", "web:home", "home"))
    register(NavItem(Section.COMMUNITY, "Members", "members:list", "x", also=("/console/spam/",)))
    register(
        NavItem(Section.COMMUNITY, "Audit", "members:audit", "x", also=("/console/spam/audit/",))
    )

    (group,) = console_menu(None, path)

    assert [entry.label for entry in group.entries if entry.is_current] == current


def test_every_page_of_the_console_lights_one_entry():
    owner = Member(role="owner")
    dark = []
    for name, fields in ALL.items():
        path = reverse(name, kwargs={field: VALUES.get(field, 1) for field in fields})
        if ROUTES[name].method == "get" and path.startswith("/console/"):
            entries = [entry for group in console_menu(owner, path) for entry in group.entries]
            if sum(entry.is_current for entry in entries) != 1:
                dark.append(path)

    assert dark == ["/console/components/"]
