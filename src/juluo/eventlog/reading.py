"""Read the log as it stands in the table, for pages about one person or thing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from juluo.eventlog.models import Delivery, EventRecord
from juluo.events.base import EVENT_TYPES, Verb


@dataclass(frozen=True, kw_only=True)
class ActorSummary:
    """What one actor did: how many contributions, and when they last did anything."""

    contributions: int
    last_at: datetime | None

    def and_also(self, other: "ActorSummary") -> "ActorSummary":
        """Return what both did."""
        moments = [at for at in (self.last_at, other.last_at) if at]
        return ActorSummary(
            contributions=self.contributions + other.contributions,
            last_at=max(moments, default=None),
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the log."""

    id: int
    name: str
    occurred_at: datetime
    space_id: int | None
    subject_id: str
    thread_id: str
    source: str


def names_with(verb: Verb) -> list[str]:
    """Return the names of the event types that carry exactly this verb."""
    return sorted(name for name, kind in EVENT_TYPES.items() if kind.verb is verb)


def summaries(actor_ids: Collection[int]) -> dict[int, ActorSummary]:
    """Return what each of these actors did; those who did nothing are absent. One query."""
    contributed = Count("id", filter=Q(name__in=names_with(Verb.CONTRIBUTION)))
    rows = (
        EventRecord.objects.filter(actor_id__in=actor_ids)
        .exclude(name__in=names_with(Verb.NONE))
        .order_by()
        .values("actor_id")
        .annotate(contributions=contributed, last_at=Max("occurred_at"))
    )
    return {
        row["actor_id"]: ActorSummary(contributions=row["contributions"], last_at=row["last_at"])
        for row in rows
        if row["actor_id"] is not None
    }


def timeline(
    *,
    actor_id: int,
    also: Collection[int] = (),
    names: Sequence[str] = (),
    before: tuple[datetime, int] | None = None,
    limit: int = 30,
) -> list[Line]:
    """Return what an actor did, newest first, before a given line; ``names`` narrows it.

    ``also`` are further ids under which the log knows them.
    """
    rows = EventRecord.objects.filter(actor_id__in=[actor_id, *also])
    if names:
        rows = rows.filter(name__in=names)
    if before is not None:
        at, pk = before
        rows = rows.filter(Q(occurred_at__lt=at) | Q(occurred_at=at, id__lt=pk))
    return [
        Line(
            id=row.pk,
            name=row.name,
            occurred_at=row.occurred_at,
            space_id=row.space_id,
            subject_id=row.subject_id,
            thread_id=row.thread_id,
            source=row.source,
        )
        for row in rows.order_by("-occurred_at", "-id")[:limit]
    ]


@dataclass(frozen=True, kw_only=True)
class ParkedDelivery:
    """An event that a subscriber could not take in, which waits for a person."""

    id: int
    subscriber: str
    event: str
    error: str
    since: datetime


def parked_deliveries(*, limit: int = 50) -> list[ParkedDelivery]:
    """Return the deliveries that gave up, newest first. One query."""
    rows = Delivery.objects.filter(status=Delivery.Status.PARKED).select_related("record")
    return [
        ParkedDelivery(
            id=row.pk,
            subscriber=row.subscriber,
            event=row.record.name,
            error=row.error,
            since=row.not_before,
        )
        for row in rows.order_by("-id")[:limit]
    ]
