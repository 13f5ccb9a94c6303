"""Write events: the only door into the log."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from juluo.eventlog.models import Delivery, EventRecord
from juluo.eventlog.subscriptions import deliver_soon, is_soon, subscribers_of
from juluo.events.base import Event

NATIVE = "native"


class OutsideTransaction(RuntimeError):
    """An event must be recorded in the same transaction as the change it tells of."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event with its circumstances, for recording many at once.

    ``key`` names the fact: derived from source and outside id for imports, so that a repeat
    is the same key; left empty for something that happens here.
    """

    event: Event
    at: datetime
    actor_id: int | None = None
    key: str = ""
    source: str = NATIVE


def record(
    event: Event,
    *,
    at: datetime,
    actor_id: int | None = None,
    key: str = "",
    source: str = NATIVE,
) -> EventRecord:
    """Append one event to the log and queue it for its subscribers.

    Recording a key again changes nothing and returns the first line.

    :raises OutsideTransaction: outside ``transaction.atomic()``.
    """
    happening = Happening(event=event, at=at, actor_id=actor_id, key=key, source=source)
    (row,) = _rows([happening])
    if key:
        record_rows([row])
        return EventRecord.objects.get(key=key)
    _require_transaction()
    # Its key was made just now: nobody else can hold it.
    row.save(force_insert=True)
    _queue_deliveries([row])
    return row


def record_many(happenings: Iterable[Happening]) -> int:
    """Append many events, skipping keys that the log already holds; return how many are new.

    :raises OutsideTransaction: outside ``transaction.atomic()``.
    """
    return record_rows(_rows(happenings))


def record_rows(rows: list[EventRecord]) -> int:
    """Insert prepared lines and the deliveries they owe; return how many are new."""
    _require_transaction()
    keys = [row.key for row in rows]
    known = set(_known_keys(keys))
    fresh = {row.key: row for row in rows if row.key not in known}
    EventRecord.objects.bulk_create(fresh.values(), ignore_conflicts=True, batch_size=2000)
    _queue_deliveries(list(fresh.values()))
    return len(fresh)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("record() was called outside transaction.atomic()")


def _known_keys(keys: list[str]) -> Iterable[str]:
    for start in range(0, len(keys), 2000):
        part = keys[start : start + 2000]
        yield from EventRecord.objects.filter(key__in=part).values_list("key", flat=True)


def _rows(happenings: Iterable[Happening]) -> list[EventRecord]:
    now = timezone.now()
    return [_row(happening, now) for happening in happenings]


def _row(happening: Happening, now: datetime) -> EventRecord:
    event = happening.event
    columns: dict[str, Any] = {
        name: ""
        if value is None and name.endswith(("subject_id", "thread_id", "parent_id"))
        else value
        for name, value in event.columns().items()
    }
    return EventRecord(
        key=happening.key or uuid.uuid4().hex,
        name=event.name,
        version=event.version,
        occurred_at=happening.at,
        recorded_at=now,
        actor_id=happening.actor_id,
        source=happening.source,
        payload=event.payload(),
        **columns,
    )


def _queue_deliveries(rows: list[EventRecord]) -> None:
    """Queue the events for those who subscribed; imported history only for those who asked."""
    wanted = {
        row.key: names
        for row in rows
        if (names := subscribers_of(row.name, history=row.source != NATIVE))
    }
    if not wanted:
        return
    ids = {row.key: row.pk for row in rows if row.pk}
    unnumbered = [key for key in wanted if key not in ids]
    if unnumbered:
        ids |= dict(EventRecord.objects.filter(key__in=unnumbered).values_list("key", "id"))
    now = timezone.now()
    Delivery.objects.bulk_create(
        [
            Delivery(record_id=ids[key], subscriber=name, not_before=now)
            for key, names in wanted.items()
            for name in names
        ],
        ignore_conflicts=True,
    )
    if any(is_soon(name) for names in wanted.values() for name in names):
        transaction.on_commit(deliver_soon)
