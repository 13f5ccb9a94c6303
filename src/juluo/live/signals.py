"""Write signals, and read those that a page has missed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q
from django.utils import timezone

from juluo.live.models import Signal

CHANNEL = "juluo_live"
KEEP = timedelta(hours=1)
# On PostgreSQL a transaction that began earlier may be visible later: whoever reads on from a
# place reads so much of what lies before it again.
OVERLAP = timedelta(seconds=30)
# Who has missed more than this is told that everything may have changed.
MANY = 200
# What a member may hear has changed: their streams look again. Pages cannot listen to it.
RIGHTS = "rights"
EVERYBODY = 0


class OutsideTransaction(RuntimeError):
    """A signal must be given in the same transaction as the change it tells of."""


@dataclass(frozen=True, slots=True)
class Told:
    """One signal: its place among all, and its topic."""

    place: int
    topic: str


def signal(*topics: str) -> None:
    """Tell open pages, once this transaction is committed, that these topics changed.

    :raises OutsideTransaction: outside ``transaction.atomic()``.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("signal() was called outside transaction.atomic()")
    at = timezone.now()
    rows = Signal.objects.bulk_create(Signal(topic=topic, at=at) for topic in topics)
    if connection.vendor == "postgresql" and rows:
        told = [f"{row.pk} {row.topic}" for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, told) FROM unnest(%s::text[]) AS told", [CHANNEL, told]
            )


def rights_changed(member_id: int) -> None:
    """Let a member's open streams ask anew what they may hear, once this is committed."""
    with transaction.atomic():
        signal(f"{RIGHTS}:{member_id}")


def everyones_rights_changed() -> None:
    """Let every open stream ask anew what its member may hear, once this is committed."""
    rights_changed(EVERYBODY)


def place() -> int:
    """Return the place of the newest signal. Ask before reading what the page shows."""
    return Signal.objects.aggregate(newest=Max("pk"))["newest"] or 0


def missed(*, since: int, topics: Collection[str]) -> list[Told] | None:
    """Return the signals on these topics after a place, oldest first.

    None where nobody can say any more: the place is forgotten, or too much happened.
    """
    start = Signal.objects.filter(pk=since).first()
    if start is None:
        return None
    rows = Signal.objects.filter(_after(since, start.at), topic__in=topics).exclude(pk=since)
    found = [Told(*row) for row in rows.order_by("pk").values_list("pk", "topic")[: MANY + 1]]
    return found if len(found) <= MANY else None


def all_after(*, since: int, at: datetime) -> list[Told]:
    """Return all signals after a place that was reached at a moment, oldest first."""
    rows = Signal.objects.filter(_after(since, at)).order_by("pk")
    return [Told(*row) for row in rows.values_list("pk", "topic")]


def _after(since: int, at: datetime) -> Q:
    later = Q(pk__gt=since)
    # SQLite writes one transaction after the other: there the order of ids is the order of commits.
    return later | Q(at__gte=at - OVERLAP) if connection.vendor == "postgresql" else later


def forget(*, before: datetime) -> int:
    """Delete the signals given before a moment; return how many that were."""
    count, _ = Signal.objects.filter(at__lt=before).delete()
    return count
