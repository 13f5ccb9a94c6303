"""The menu: each app registers its own entries, the base templates show them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Section(StrEnum):
    """Where in the menu an entry stands, in this order. SITE is the member-facing menu."""

    HOME = "home"
    PLAN = "plan"
    COMMUNITY = "community"
    ANALYSIS = "analysis"
    DATA = "data"
    SETTINGS = "settings"
    SITE = "site"


LABELS: dict[str, str | Promise] = {
    Section.HOME: "",
    Section.PLAN: _("Plan and steer"),
    Section.COMMUNITY: _("Community"),
    Section.ANALYSIS: _("Analysis"),
    Section.DATA: _("Data"),
    Section.SETTINGS: _("Settings"),
    Section.SITE: "",
}


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu; ``visible`` is told the signed-in member.

    ``also`` are the beginnings of further addresses on whose pages the entry is the current one.
    """

    section: str
    label: str | Promise
    url_name: str
    icon: str
    order: int = 100
    visible: Callable[[Any], bool] = lambda _member: True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry as one page shows it to one member."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The entries of one section."""

    label: str | Promise
    entries: tuple[Entry, ...]


_ITEMS: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an entry to the menu; registering its address again replaces it."""
    _ITEMS[item.url_name] = item


def console_menu(member: Any, path: str) -> list[Group]:
    """Return the console's menu as this member sees it on the page at ``path``."""
    sections = [each for each in Section if each is not Section.SITE]
    groups = [Group(label=LABELS[each], entries=_entries(each, member, path)) for each in sections]
    return [group for group in groups if group.entries]


def site_menu(member: Any, path: str) -> list[Entry]:
    """Return the member-facing menu as this member sees it on the page at ``path``."""
    return list(_entries(Section.SITE, member, path))


def _entries(section: str, member: Any, path: str) -> tuple[Entry, ...]:
    items = sorted(
        (item for item in _ITEMS.values() if item.section == section),
        key=lambda item: (item.order, item.url_name),
    )
    addressed = [(item, url) for item in items if (url := _address(item)) and item.visible(member)]
    current = _current(addressed, path)
    return tuple(
        Entry(label=item.label, url=url, icon=item.icon, is_current=url == path or item is current)
        for item, url in addressed
    )


def _current(addressed: list[tuple[NavItem, str]], path: str) -> NavItem | None:
    """Return the entry with the longest address that the page's begins with."""
    begun = [
        (len(start), item)
        for item, url in addressed
        # "/console/" begins every console address; it is current on its own page only.
        for start in (*([] if url == "/console/" else [url]), *item.also)
        if path.startswith(start)
    ]
    return max(begun, key=lambda each: each[0], default=(0, None))[1]


def _address(item: NavItem) -> str | None:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return None
