"""Talk to be found, in spaces of each visibility."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from juluo.domains.discussions import services as discussions
from juluo.domains.members import services as members
from juluo.domains.search import services
from juluo.domains.search.queries import find
from juluo.domains.search.types import Narrowed
from juluo.eventlog.subscriptions import deliver

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Forget which words an undone test has put into the list."""
    cache.clear()
    services._KNOWN_WORDS.clear()
    yield
    services._KNOWN_WORDS.clear()


def person(name, role="member", **values):
    return members.create_member(
        email=f"{values.pop('email', name)}@example.org", display_name=name, role=role, at=AT
    )


@pytest.fixture
def owner(db):
    return person("owner", "owner")


@pytest.fixture
def ann(db):
    return person("ann")


@pytest.fixture
def bo(db):
    return person("bo")


def open_space(owner, visibility="members", name=""):
    return discussions.open_space(
        name=name or f"space {visibility}",
        about="",
        rules="",
        icon="message-2",
        visibility=visibility,
        posting="everyone",
        parent_id=None,
        actor_id=owner.pk,
        at=AT,
    )


def heard():
    """Let everyone who listens hear what has happened."""
    while deliver():
        pass


def titles(viewer, text, **narrowed):
    """Return what a viewer finds, as plain words."""
    found = find(viewer, text, Narrowed(**narrowed))
    return [words_of(each.title) or words_of(each.snippet) for each in found.results]


def words_of(pieces):
    return "".join(text for text, _hit in pieces)
