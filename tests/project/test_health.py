"""The doctor finds what is wrong, and nothing where nothing is."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tasks import task
from tests.made_up import NOW

from juluo.eventlog.lake import lake_folder, roll
from juluo.eventlog.models import Delivery, EventRecord, LakeBatch
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished
from juluo.jobs.models import Job
from juluo.project.health import examine

pytestmark = pytest.mark.django_db(transaction=True)


@task
def nothing() -> None:
    """Do nothing."""


@pytest.fixture
def event() -> EventRecord:
    with transaction.atomic():
        event = PostPublished(subject_id="post:1", thread_id="post:1", space_id=1)
        return record(event, at=NOW, key="post-1")


def wrong() -> dict[str, str]:
    return {finding.subject: finding.words for finding in examine() if not finding.ok}


def test_a_fresh_installation_is_well():
    assert wrong() == {}


def test_events_that_wait_are_said_and_no_fault(event):
    (log,) = [finding for finding in examine() if finding.subject == "log"]

    assert log.ok
    assert log.words.startswith("1 events wait")


def test_a_changed_and_a_missing_file_are_found(event):
    roll(timezone="UTC")
    (file,) = lake_folder().rglob("part-*.parquet")
    file.write_bytes(file.read_bytes() + b"x")
    assert wrong()["lake"].endswith("changed since it was written")

    file.unlink()
    assert wrong()["lake"].endswith("missing")


def test_a_batch_that_was_tampered_with_breaks_the_chain(event):
    roll(timezone="UTC")
    LakeBatch.objects.update(digest="0" * 64)

    assert "does not follow" in wrong()["lake"]


def test_a_delivery_that_was_given_up_is_found(event):
    Delivery.objects.create(
        record_id=event.pk, subscriber="x", not_before=NOW, status=Delivery.Status.PARKED
    )

    assert wrong() == {"deliveries": "1 given up"}


def test_a_job_that_was_given_up_or_waits_too_long_is_found():
    nothing.enqueue()
    Job.objects.update(not_before=NOW - timedelta(seconds=600))
    assert "waits for 6" in wrong()["jobs"]

    Job.objects.update(status=Job.Status.PARKED)
    assert wrong()["jobs"].startswith("1 given up")


def test_requests_that_hold_one_transaction_are_found(monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)

    assert "ATOMIC_REQUESTS" in wrong()["transactions"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_a_database_that_does_not_sync_is_found():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    try:
        assert "full sync False" in wrong()["transactions"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
