"""Tell events to those who subscribed: each subscriber hears of each event, and acts once.

Delivery goes by a row per (event, subscriber) that is claimed and marked in the same
transaction as the effect; never by "id greater than the last", which loses commits that
arrive late on PostgreSQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import structlog
from django.db import connection, transaction
from django.utils import timezone

from juluo.events.base import Event, event_from_row

if TYPE_CHECKING:
    from juluo.eventlog.models import Delivery, EventRecord

MAX_ATTEMPTS = 5
log = structlog.get_logger(__name__)
EventT_contra = TypeVar("EventT_contra", bound=Event, contravariant=True)


class Subscriber(Protocol[EventT_contra]):
    """A function that reacts to one type of event; called inside a transaction."""

    def __call__(self, event: EventT_contra, *, record_id: int, at: datetime) -> None:
        """React. Raising rolls the reaction back; it is tried again later."""


@dataclass(frozen=True)
class Subscription:
    """Who listens to what. ``soon``: right after commit; ``history``: imported events too."""

    name: str
    event_type: type[Event]
    react: Callable[..., None]
    soon: bool
    history: bool


@dataclass(frozen=True)
class _Listening:
    """Who hears of whatever is wanted at the time, whichever events those are."""

    wanted: Callable[[], frozenset[str]]
    react: Callable[["EventRecord"], None]


_SUBSCRIPTIONS: dict[str, Subscription] = {}
_LISTENING: dict[str, _Listening] = {}


def subscribe(
    event_type: type[EventT_contra], *, soon: bool = False, history: bool = False
) -> Callable[[Subscriber[EventT_contra]], Subscriber[EventT_contra]]:
    """Register a function for an event type.

    :param soon: run right after commit in the same process, for effects a person waits for.
    :param history: also hear of what imports bring in from the past.
    """

    def register(react: Subscriber[EventT_contra]) -> Subscriber[EventT_contra]:
        function: Any = react
        name = f"{function.__module__.removeprefix('juluo.')}.{function.__qualname__}"
        _SUBSCRIPTIONS[name] = Subscription(name, event_type, react, soon, history)
        return react

    return register


def subscribe_while(
    wanted: Callable[[], frozenset[str]],
) -> Callable[[Callable[["EventRecord"], None]], Callable[["EventRecord"], None]]:
    """Register a function for the events whose names are wanted when they are recorded.

    It hears of nothing that imports bring in; it is handed the line of the log.
    """

    def register(react: Callable[["EventRecord"], None]) -> Callable[["EventRecord"], None]:
        function: Any = react
        name = f"{function.__module__.removeprefix('juluo.')}.{function.__qualname__}"
        _LISTENING[name] = _Listening(wanted, react)
        return react

    return register


def unsubscribe(name: str) -> None:
    """Forget a subscriber; its waiting deliveries are then closed when they come up."""
    _SUBSCRIPTIONS.pop(name, None)


def subscribers_of(event_name: str, *, history: bool) -> list[str]:
    """Return the names of those who hear of an event, in a fixed order."""
    named = [
        each.name
        for each in _SUBSCRIPTIONS.values()
        if each.event_type.name == event_name and (each.history or not history)
    ]
    if not history:
        named += [name for name, each in _LISTENING.items() if event_name in each.wanted()]
    return sorted(named)


def is_soon(name: str) -> bool:
    """Whether a person waits for what this subscriber does."""
    subscription = _SUBSCRIPTIONS.get(name)
    return subscription is not None and subscription.soon


def deliver_soon() -> None:
    """Run the waiting deliveries of subscribers that a person waits for."""
    soon = [each.name for each in _SUBSCRIPTIONS.values() if each.soon]
    if soon:
        deliver(only=soon)


def deliver(*, limit: int = 1000, only: list[str] | None = None) -> int:
    """Run up to ``limit`` waiting deliveries that are due; return how many were handled."""
    from juluo.eventlog.models import Delivery

    waiting = Delivery.objects.filter(
        status=Delivery.Status.WAITING, not_before__lte=timezone.now()
    )
    if only is not None:
        waiting = waiting.filter(subscriber__in=only)
    due = waiting.order_by("not_before", "id").values_list("pk", flat=True)[:limit]
    return sum(_deliver_one(pk) for pk in list(due))


def _deliver_one(pk: int) -> bool:
    """Claim, react and mark in one transaction; on failure put it back with a pause."""
    from juluo.eventlog.models import Delivery

    try:
        with transaction.atomic():
            claim = Delivery.objects.filter(pk=pk, status=Delivery.Status.WAITING)
            if connection.features.has_select_for_update_skip_locked:
                claim = claim.select_for_update(skip_locked=True, of=("self",))
            delivery = claim.select_related("record").first()
            if delivery is None:
                return False
            _react(delivery)
            Delivery.objects.filter(pk=pk).update(status=Delivery.Status.DONE)
    except Exception as error:  # noqa: BLE001 - any failure of a subscriber is parked and shown
        _put_back(pk, error)
    return True


def _react(delivery: "Delivery") -> None:
    record: EventRecord = delivery.record
    if delivery.subscriber in _LISTENING:
        _LISTENING[delivery.subscriber].react(record)
    subscription = _SUBSCRIPTIONS.get(delivery.subscriber)
    if subscription is None:
        return
    subscription.react(typed(record), record_id=record.pk, at=record.occurred_at)


def retry(*, delivery_id: int, at: datetime) -> bool:
    """Give a parked delivery a fresh set of tries; return False if it is not parked."""
    from juluo.eventlog.models import Delivery

    parked = Delivery.objects.filter(pk=delivery_id, status=Delivery.Status.PARKED)
    return bool(parked.update(status=Delivery.Status.WAITING, attempts=0, not_before=at))


def typed(record: "EventRecord") -> Event:
    """Return the typed event that a line tells of."""
    columns = {
        "space_id": record.space_id,
        "subject_id": record.subject_id or None,
        "thread_id": record.thread_id or None,
        "parent_id": record.parent_id or None,
        "recipient_id": record.recipient_id,
        "channel": record.channel,
        "value": record.value,
    }
    return event_from_row(name=record.name, columns=columns, payload=record.payload)


def _put_back(pk: int, error: Exception) -> None:
    from juluo.eventlog.models import Delivery

    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=pk)
        attempts = delivery.attempts + 1
        parked = attempts >= MAX_ATTEMPTS
        delivery.attempts = attempts
        delivery.status = Delivery.Status.PARKED if parked else Delivery.Status.WAITING
        delivery.not_before = timezone.now() + timedelta(seconds=2**attempts)
        delivery.error = f"{type(error).__name__}: {error}"[:1000]
        delivery.save()
    log.warning("delivery_failed", delivery=pk, attempts=attempts, parked=parked, error=str(error))
