import pytest

from juluo.ui import navigation
from juluo.ui.navigation import NavItem, Section, console_menu, register


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
