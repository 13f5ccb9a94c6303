"""Whether an installation is well: what ``juluo doctor`` tells."""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

from juluo.domains.search.queries import agreement
from juluo.eventlog.lake import damage, waiting_events
from juluo.eventlog.models import Delivery
from juluo.jobs.reading import overdue_seconds, parked

LATE_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    ok: bool
    words: str


def examine() -> list[Finding]:
    """Look at the database, its settings, the lake, deliveries, jobs and search."""
    return [_database(), _transactions(), _lake(), _waiting(), _deliveries(), _jobs(), _search()]


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            (state,) = cursor.fetchone()
            return Finding(subject="database", ok=state == "ok", words=f"SQLite {state}")
        cursor.execute("SHOW server_version")
        return Finding(subject="database", ok=True, words=f"PostgreSQL {cursor.fetchone()[0]}")


def _transactions() -> Finding:
    database = settings.DATABASES["default"]
    if database.get("ATOMIC_REQUESTS"):
        return Finding(
            subject="transactions",
            ok=False,
            words="ATOMIC_REQUESTS is on: one slow page stops writes",
        )
    if connection.vendor != "sqlite":
        return Finding(subject="transactions", ok=True, words="read committed, with row locks")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        full = cursor.fetchone()[0] == 2
        cursor.execute("PRAGMA busy_timeout")
        patient = cursor.fetchone()[0] >= 5000
    immediate = database["OPTIONS"].get("transaction_mode") == "IMMEDIATE"
    ok = mode == "wal" and full and patient and immediate
    return Finding(
        subject="transactions",
        ok=ok,
        words=f"journal {mode}, IMMEDIATE {immediate}, full sync {full}",
    )


def _lake() -> Finding:
    found = damage()
    return Finding(
        subject="lake", ok=not found, words="; ".join(found) or "every file is as its manifest says"
    )


def _waiting() -> Finding:
    words = f"{waiting_events()} events wait to be rolled (counted all the same)"
    return Finding(subject="log", ok=True, words=words)


def _deliveries() -> Finding:
    stuck = Delivery.objects.filter(status=Delivery.Status.PARKED).count()
    return Finding(subject="deliveries", ok=stuck == 0, words=f"{stuck} given up")


def _jobs() -> Finding:
    gave_up = parked(limit=100)
    late = overdue_seconds(now=timezone.now())
    words = f"{len(gave_up)} given up, the oldest due one waits for {late:.0f} s"
    return Finding(subject="jobs", ok=not gave_up and late < LATE_SECONDS, words=words)


def _search() -> Finding:
    found = agreement()
    # What was said a moment ago is on its way; a damaged index is not.
    words = found.words if found.agrees else f"{found.words}: juluo search rebuild mends it"
    return Finding(subject="search", ok=found.is_whole, words=words)
