"""Read webhooks, and what was sent to them."""

import math
import time
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from juluo.domains.webhooks.models import Call, Endpoint
from juluo.domains.webhooks.rules import EVERYTHING, NEVER
from juluo.events.base import EVENT_TYPES

CALLS = 50
# How long a process may not know of a new webhook.
KNOWN_SECONDS = 5.0
_known: tuple[float, frozenset[str]] = (0.0, frozenset())


@dataclass(frozen=True, kw_only=True)
class EndpointRow:
    """A webhook in the list; ``waiting`` and ``failed`` are calls."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    made_at: datetime
    is_stopped: bool
    failures: int
    worked_at: datetime | None
    waiting: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class CallRow:
    """One call; ``answer`` is the status that came back, ``trouble`` why none did."""

    id: int
    event: str
    status: str
    status_label: str
    attempts: int
    answer: int | None
    trouble: str
    made_at: datetime
    not_before: datetime
    body: str


def choosable() -> list[str]:
    """Return the names of the events that others can be told of."""
    return sorted(set(EVENT_TYPES) - NEVER)


def endpoints() -> list[EndpointRow]:
    """Return the webhooks that there are, newest first. One query."""
    return [_row(each) for each in _counted().order_by("-pk")]


def endpoint(endpoint_id: int) -> EndpointRow | None:
    """Return one webhook."""
    found = _counted().filter(pk=endpoint_id).first()
    return _row(found) if found else None


def secret_of(endpoint_id: int) -> str:
    """Return what a webhook's calls are signed with; empty where there is none."""
    rows = Endpoint.objects.filter(pk=endpoint_id, ended_at=None)
    return rows.values_list("secret", flat=True).first() or ""


def calls(endpoint_id: int) -> list[CallRow]:
    """Return the last calls to a webhook, newest first."""
    return [
        CallRow(
            id=row.pk,
            event=row.event,
            status=row.status,
            status_label=row.get_status_display(),
            attempts=row.attempts,
            answer=row.answer,
            trouble=row.trouble,
            made_at=row.made_at,
            not_before=row.not_before,
            body=row.body,
        )
        for row in Call.objects.filter(endpoint_id=endpoint_id).order_by("-pk")[:CALLS]
    ]


def wanted_events() -> frozenset[str]:
    """Return the names of the events that somebody is to be told of, as known lately."""
    global _known  # noqa: PLW0603 - asked at every event: one look at the table serves seconds
    asked_at, names = _known
    if time.monotonic() - asked_at >= KNOWN_SECONDS:
        names = _asked_for()
        _known = (time.monotonic(), names)
    return names


def forget_wanted() -> None:
    """Let the next event look at the table: a webhook was just changed."""
    global _known  # noqa: PLW0603 - see above
    _known = (-math.inf, frozenset())


def _asked_for() -> frozenset[str]:
    rows = Endpoint.objects.filter(ended_at=None, stopped_at=None).values_list("events", flat=True)
    chosen = {str(name) for names in rows for name in names}
    return frozenset(choosable() if EVERYTHING in chosen else chosen - NEVER)


def _counted() -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(ended_at=None).annotate(
        waiting=Count("calls", filter=Q(calls__status=Call.Status.WAITING)),
        failed=Count("calls", filter=Q(calls__status=Call.Status.FAILED)),
    )


def _row(row: Endpoint) -> EndpointRow:
    return EndpointRow(
        id=row.pk,
        name=row.name,
        url=row.url,
        events=tuple(str(each) for each in row.events),
        made_at=row.made_at,
        is_stopped=row.stopped_at is not None,
        failures=row.failures,
        worked_at=row.worked_at,
        waiting=getattr(row, "waiting", 0),
        failed=getattr(row, "failed", 0),
    )
