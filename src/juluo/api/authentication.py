"""Who calls: a bearer token of a member, within that member's rights."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from juluo.api.errors import Forbidden, TooMany
from juluo.domains.members import permissions
from juluo.domains.members.permissions import Viewer
from juluo.domains.members.services import Bearer, bearer_of
from juluo.domains.members.services.limits import Limit, take

PER_MEMBER = Limit(burst=200, per_hour=6000)
SAFE = {"GET", "HEAD"}


class Token(HttpBearer):
    """``Authorization: Bearer juluo_…``; a token that only reads changes nothing."""

    def __init__(self, scope: str) -> None:
        """Open one part of the API: ``talk``, ``chats``, ``private``, ``profile``, ``console``."""
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        """Return who calls, or None for an unknown key.

        :raises Forbidden: if this part is not for them, or the key only reads or opens others.
        :raises TooMany: if the member's programs have asked too often.
        """
        now = timezone.now()
        bearer = bearer_of(token, at=now)
        if bearer is None:
            return None
        if not permissions.can_use_scope(bearer.member, self.scope):
            raise Forbidden
        if not take(key=f"api:{bearer.member.pk}", limit=PER_MEMBER, at=now):
            raise TooMany
        if request.method not in SAFE and not bearer.may_write:
            raise Forbidden("This key only reads.")
        if self.scope not in bearer.scopes:
            raise Forbidden(f"This key does not open the part '{self.scope}'.")
        return bearer


def caller(request: HttpRequest) -> Bearer:
    """Return who calls, as :class:`Token` found them."""
    found: Bearer = request.auth  # type: ignore[attr-defined]
    return found


def allow(request: HttpRequest, test: Callable[[Viewer], bool]) -> Bearer:
    """Return who calls, if they may.

    :raises Forbidden: if they may not.
    """
    bearer = caller(request)
    if not test(bearer.member):
        raise Forbidden
    return bearer
