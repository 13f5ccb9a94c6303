"""A promised job runs, once if it is atomic, and a poisoned one is parked for a person."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django_tasks import task

from juluo.domains.community.models import Community
from juluo.jobs import schedule, worker
from juluo.jobs.models import Job
from tests.threads import run_in_thread

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def counter() -> int:
    row = Community.objects.filter(pk=1).first()
    return int(row.name) if row else 0


def _count_once() -> int:
    Community.objects.get_or_create(pk=1, defaults={"name": "0"})
    row = Community.objects.select_for_update().get(pk=1)
    row.name = str(int(row.name) + 1)
    row.save()
    return int(row.name)


@task(atomic=True)
def count() -> int:
    return _count_once()


@task
def fail(words: str) -> None:
    raise ValueError(words)


@task(dedupe="tidy")
def tidy() -> None:
    """Do nothing, at most once at a time."""


@task(atomic=True)
def count_then_fail() -> None:
    _count_once()
    raise ValueError("after the effect")


@pytest.mark.django_db(transaction=True)
def test_a_job_is_gone_with_the_transaction_that_promised_it():
    with pytest.raises(RuntimeError), transaction.atomic():
        count.enqueue()
        raise RuntimeError

    assert not worker.run_next(worker="w")
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_and_its_result_can_be_read():
    promised = count.enqueue()
    assert worker.run_next(worker="w")
    assert not worker.run_next(worker="w")

    promised.refresh()
    assert promised.is_finished
    assert promised.return_value == 1


@pytest.mark.django_db(transaction=True)
def test_a_poisoned_job_is_parked_with_its_error_and_others_still_run():
    with time_machine.travel(NOON, tick=False) as clock:
        fail.enqueue("no good")
        count.enqueue()
        for _ in range(40):
            worker.run_next(worker="w")
            clock.shift(timedelta(minutes=20))

    parked = Job.objects.get(status="parked")
    assert parked.attempts == worker.MAX_ATTEMPTS
    assert "ValueError: no good" in parked.error
    assert counter() == 1
    assert worker.retry(job_id=parked.pk, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_an_atomic_job_that_fails_leaves_no_effect():
    count_then_fail.enqueue()
    worker.run_next(worker="w")

    assert counter() == 0


@pytest.mark.django_db(transaction=True)
def test_a_silent_workers_job_is_taken_over_and_counts_once():
    count.enqueue()
    with time_machine.travel(NOON + timedelta(days=365), tick=False):
        lost = worker.claim(worker="first", now=datetime.now(UTC))
    assert lost is not None
    with time_machine.travel(NOON + timedelta(days=365, minutes=5), tick=False):
        assert worker.run_next(worker="second")
        worker.run(lost)  # the first wakes up again: its effect is rolled back

    assert counter() == 1
    assert Job.objects.get().status == "done"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_same_job_each_time_gets_it_parked():
    count.enqueue()
    now = datetime.now(UTC)
    for n in range(worker.MAX_ATTEMPTS):
        assert worker.claim(worker=f"w{n}", now=now + timedelta(minutes=2 * n))
    assert worker.claim(worker="w", now=now + timedelta(hours=1)) is None

    assert Job.objects.get().status == "parked"


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_run_each_job_once():
    for _ in range(12):
        count.enqueue()

    def work() -> None:
        while worker.run_next(worker=worker.worker_name()):
            pass

    run_in_thread(work, together=4)
    assert counter() == 12


@pytest.mark.django_db(transaction=True)
def test_asking_again_for_waiting_work_adds_none():
    assert tidy.enqueue().id == tidy.enqueue().id
    assert Job.objects.count() == 1

    worker.run_next(worker="w")
    tidy.enqueue()
    assert Job.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_clock_asks_once_a_slot_and_once_for_all_missed_ones(monkeypatch):
    monkeypatch.setattr(schedule, "_ENTRIES", {})
    schedule.every("0 * * * *", tidy)
    schedule.ask_due(now=NOON)
    assert schedule.ask_due(now=NOON + timedelta(minutes=59)) == 0
    assert schedule.ask_due(now=NOON + timedelta(hours=5)) == 1
    assert schedule.ask_due(now=NOON + timedelta(hours=5, minutes=1)) == 0
