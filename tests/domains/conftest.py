"""People for stories about the domains."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from juluo.domains.members import services

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
PASSWORD = "correct horse 42"


@pytest.fixture(autouse=True)
def _forget_the_second_line_of_limits():
    cache.clear()


@pytest.fixture
def people(db):
    """One account for each role, by role."""
    return make_people()


def make_people():
    return {
        role: services.create_member(
            email=f"{role}@example.org",
            password=PASSWORD,
            display_name=role.title(),
            role=role,
            at=AT,
        )
        for role in ("owner", "operator", "moderator", "member")
    }
