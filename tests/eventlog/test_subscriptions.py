"""Each subscriber hears of each event, acts once, and a failing one harms nobody else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from juluo.domains.community.models import Community
from juluo.eventlog.models import Delivery
from juluo.eventlog.recording import record
from juluo.eventlog.subscriptions import MAX_ATTEMPTS, deliver, subscribe, unsubscribe
from juluo.events.members import MemberLeft, SignedIn
from tests.threads import run_in_thread

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAME = "tests.eventlog.test_subscriptions.greet"


class Greeter:
    """Counts its effects in the database, as a real subscriber does."""

    def __init__(self) -> None:
        self.fails = False

    def effects(self) -> int:
        row = Community.objects.filter(pk=1).first()
        return int(row.name) if row else 0

    def react(self, event: MemberLeft, *, record_id: int, at: datetime) -> None:
        Community.objects.get_or_create(pk=1, defaults={"name": "0"})
        row = Community.objects.select_for_update().get(pk=1)
        row.name = str(int(row.name) + 1)
        row.save()
        if self.fails:
            raise ValueError("no greeting today")


@pytest.fixture
def greeter() -> Iterator[Greeter]:
    greeter = Greeter()

    def greet(event: MemberLeft, *, record_id: int, at: datetime) -> None:
        greeter.react(event, record_id=record_id, at=at)

    greet.__qualname__ = "greet"
    subscribe(MemberLeft)(greet)
    yield greeter
    unsubscribe(NAME)


def join(member_id: int = 1, *, source: str = "native") -> None:
    with transaction.atomic():
        record(MemberLeft(member_id=member_id), at=NOON, source=source)


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_acts_once_however_often_delivery_runs(greeter):
    join()

    deliver()
    deliver()

    assert greeter.effects() == 1


@pytest.mark.django_db(transaction=True)
def test_other_events_and_imported_history_are_not_told(greeter):
    with transaction.atomic():
        record(SignedIn(member_id=1), at=NOON)
    join(source="slack")

    assert deliver() == 0
    assert greeter.effects() == 0


@pytest.mark.django_db(transaction=True)
def test_a_failing_effect_is_rolled_back_tried_again_and_parked_in_the_end(greeter):
    greeter.fails = True
    join()
    now = datetime(2030, 1, 1, tzinfo=UTC)
    for attempt in range(MAX_ATTEMPTS + 2):
        with time_machine.travel(now + timedelta(hours=attempt), tick=False):
            deliver()

    parked = Delivery.objects.get()
    assert greeter.effects() == 0
    assert (parked.status, parked.attempts) == ("parked", MAX_ATTEMPTS)
    assert "no greeting today" in parked.error


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_still_delivered(greeter):
    """On PostgreSQL a lower id can commit after a higher one: no reader may go by ids."""
    if connection.vendor != "postgresql":
        # SQLite has one writer at a time; there is no late commit to lose.
        join(1)
        join(2)
        deliver()
        assert greeter.effects() == 2
        return
    with transaction.atomic():
        record(MemberLeft(member_id=1), at=NOON)
        run_in_thread(join, 2)
        assert run_in_thread(deliver) == 1
    deliver()

    assert greeter.effects() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_delivering_at_once_do_not_repeat_an_effect(greeter):
    for member_id in range(20):
        join(member_id)

    run_in_thread(deliver, together=4)
    deliver()

    assert greeter.effects() == 20
