"""A member's keys for the HTTP API."""

from dataclasses import dataclass
from datetime import datetime

from juluo.domains.members import permissions
from juluo.domains.members.models import ApiToken
from juluo.domains.members.permissions import Viewer


@dataclass(frozen=True, kw_only=True)
class TokenRow:
    """A key as its member sees it: never its secret."""

    id: int
    name: str
    hint: str
    may_write: bool
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_expired: bool


def scopes_for(viewer: Viewer) -> list[str]:
    """Return the parts of the API that keys of this member may open."""
    return [each for each in ApiToken.Scope.values if permissions.can_use_scope(viewer, each)]


def api_tokens(*, member_id: int, now: datetime) -> list[TokenRow]:
    """Return a member's keys that were not ended, newest first."""
    rows = ApiToken.objects.filter(member_id=member_id, revoked_at=None).order_by("-id")
    return [
        TokenRow(
            id=row.pk,
            name=row.name,
            hint=row.hint,
            may_write=row.may_write,
            scopes=tuple(str(ApiToken.Scope(each).label) for each in row.scopes),
            made_at=row.made_at,
            expires_at=row.expires_at,
            last_used_at=row.last_used_at,
            is_expired=row.expires_at <= now,
        )
        for row in rows
    ]
