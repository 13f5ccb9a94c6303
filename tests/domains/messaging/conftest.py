"""Groups, and people who chat."""

from datetime import UTC, datetime, timedelta

import pytest

from juluo.domains.members import services as members
from juluo.domains.messaging import services

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


def later(seconds):
    return AT + timedelta(seconds=seconds)


def person(name, **values):
    return members.create_member(
        email=f"{name}@example.org",
        password="x" * 12,
        display_name=name.title(),
        at=values.pop("at", AT - timedelta(days=60)),
        **values,
    )


@pytest.fixture
def ann(db):
    return person("ann")


@pytest.fixture
def bo(db):
    return person("bo")


@pytest.fixture
def cy(db):
    return person("cy")


@pytest.fixture
def moderator(db):
    return person("mod", role="moderator")


@pytest.fixture
def chat(ann, bo):
    """An open group of ann's, with bo in it."""
    return make_chat(ann, bo)


def make_chat(owner, *others, **values):
    group = services.open_group(name="Tea", actor=owner, at=AT, **values)
    for other in others:
        services.join(group_id=group.pk, actor=other, at=AT)
    return group
