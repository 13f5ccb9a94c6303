"""The shared limiter: a token bucket in the database, exact across processes and restarts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from juluo.domains.members.models import RateBucket


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A bucket of ``burst`` tokens that refills by ``per_hour``.

    In any hour at most ``burst + per_hour`` attempts pass.
    """

    burst: int
    per_hour: float


_TAKE = """
INSERT INTO members_ratebucket (key, tokens, at) VALUES (%(key)s, %(cap)s - 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
  tokens = {least}(%(cap)s, members_ratebucket.tokens
           + {greatest}(0, %(now)s - members_ratebucket.at) * %(rate)s) - 1,
  at = {greatest}(members_ratebucket.at, %(now)s)
WHERE {least}(%(cap)s, members_ratebucket.tokens
      + {greatest}(0, %(now)s - members_ratebucket.at) * %(rate)s) >= 1
RETURNING tokens
"""

_GIVE_BACK = """
UPDATE members_ratebucket SET tokens = {least}(%(cap)s, tokens + 1) WHERE key = %(key)s
"""


def take(*, key: str, limit: Limit, at: datetime) -> bool:
    """Take one token and return whether there was one; a clock set back gives nothing."""
    values: dict[str, str | float] = {
        "key": key,
        "cap": float(limit.burst),
        "rate": limit.per_hour / 3600,
        "now": at.timestamp(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_dialect(_TAKE), values)
        return cursor.fetchone() is not None


def give_back(*, key: str, limit: Limit) -> None:
    """Put a token back, for an attempt that turned out to be a good one."""
    with connection.cursor() as cursor:
        cursor.execute(_dialect(_GIVE_BACK), {"key": key, "cap": float(limit.burst)})


def drop_idle_buckets(*, at: datetime, idle: timedelta = timedelta(days=2)) -> int:
    """Forget buckets nobody touched for a while: they are full again. Return how many."""
    count, _ = RateBucket.objects.filter(at__lt=(at - idle).timestamp()).delete()
    return count


def _dialect(statement: str) -> str:
    names = ("min", "max") if connection.vendor == "sqlite" else ("least", "greatest")
    return statement.format(least=names[0], greatest=names[1])
