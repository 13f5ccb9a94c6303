"""Keys with which a member's programs use the HTTP API."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from juluo.domains.members.models import ApiToken, Member
from juluo.domains.members.services.audit import record_audited
from juluo.events.base import reference
from juluo.events.members import ApiTokenMade, ApiTokenRevoked

PREFIX = "juluo_"
_HINT = len(PREFIX) + 6
# The moment of last use is written at most this often: reading stays reading.
_USE_STEP = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """Who calls the API, and whether their token may change things."""

    member: Member
    may_write: bool
    scopes: frozenset[str]
    token_id: int


@transaction.atomic
def make_token(
    *,
    member_id: int,
    name: str,
    may_write: bool,
    days: int,
    at: datetime,
    scopes: Collection[str] = (ApiToken.Scope.CONSOLE,),
) -> tuple[ApiToken, str]:
    """Make a token that holds for so many days; return it with its secret, shown only now.

    :param scopes: the parts of the API that it opens.
    """
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        member_id=member_id,
        name=name.strip(),
        hint=secret[:_HINT],
        digest=_digest(secret),
        may_write=may_write,
        scopes=[each for each in ApiToken.Scope.values if each in scopes],
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    _tell(ApiTokenMade(token_id=token.pk, may_write=may_write), token, at)
    return token, secret


@transaction.atomic
def revoke_token(*, member_id: int, token_id: int, at: datetime) -> bool:
    """End one of a member's tokens; return whether there was one to end."""
    token = ApiToken.objects.filter(pk=token_id, member_id=member_id, revoked_at=None).first()
    if token is None:
        return False
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    _tell(ApiTokenRevoked(token_id=token_id), token, at)
    return True


def bearer_of(secret: str, *, at: datetime) -> Bearer | None:
    """Return who carries this secret; None if it is unknown, ended, or its member suspended."""
    token = (
        ApiToken.objects.select_related("member")
        .filter(digest=_digest(secret), revoked_at=None, expires_at__gt=at)
        .first()
    )
    if token is None or not token.member.is_active:
        return None
    if token.last_used_at is None or token.last_used_at < at - _USE_STEP:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return Bearer(
        member=token.member,
        may_write=token.may_write,
        scopes=frozenset(str(each) for each in token.scopes),
        token_id=token.pk,
    )


def _digest(secret: str) -> str:
    # The secret is random and long: a plain digest cannot be guessed back.
    return hashlib.sha256(secret.encode()).hexdigest()


def _tell(event: ApiTokenMade | ApiTokenRevoked, token: ApiToken, at: datetime) -> None:
    record_audited(
        event,
        subject=reference("token", token.pk),
        actor_id=token.member_id,
        details={"may_write": token.may_write, "scopes": token.scopes},
        at=at,
    )
