"""Members with keys."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from juluo.domains.members import services
from juluo.domains.members.models import ApiToken

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)


class Caller(Client):
    """A client that sends a key and speaks JSON."""

    def __init__(self, secret: str = "") -> None:
        super().__init__(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    def send(self, method, path, body=None):
        """Send a body as JSON; return status and answer."""
        call = getattr(self, method)
        given = {"content_type": "application/json"} if method != "get" else {}
        answer = call(f"/api/v1{path}", body or {}, **given)
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def people(db):
    """One account for each role, by role."""
    cache.clear()
    return {
        role: services.create_member(
            email=f"{role}@example.org",
            password="correct horse 42",
            display_name=role.title(),
            role=role,
            at=AT,
        )
        for role in ("owner", "operator", "moderator", "member")
    }


@pytest.fixture
def key_of(people):
    """Make a caller with a key of a role's member."""

    def make(role, *, may_write=True, at=None, scopes=ApiToken.Scope.values):
        _token, secret = services.make_token(
            member_id=people[role].pk,
            name="test",
            may_write=may_write,
            days=30,
            scopes=scopes,
            at=at or timezone.now(),
        )
        return Caller(secret)

    return make
