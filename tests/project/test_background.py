"""A worker's turn: deliver, run, roll; and what it does when that fails."""

from datetime import datetime

import pytest
from django.db import transaction
from django_tasks import task
from tests.made_up import NOW

from juluo.domains.community.models import Community
from juluo.eventlog import lake, recording
from juluo.eventlog.models import Delivery
from juluo.eventlog.recording import record
from juluo.eventlog.subscriptions import subscribe, unsubscribe
from juluo.events.discussions import PostPublished
from juluo.jobs.models import Job
from juluo.project import background
from juluo.project.background import Background

pytestmark = pytest.mark.django_db(transaction=True)


@task
def rename() -> None:
    Community.objects.update_or_create(pk=1, defaults={"name": "ran"})


@pytest.fixture
def heard(monkeypatch):
    """What a subscriber to posts was told; nothing is told before a worker's turn."""
    keys = []
    monkeypatch.setattr(recording, "deliver_soon", lambda: None)

    def hear(event: PostPublished, *, record_id: int, at: datetime) -> None:
        keys.append(event.subject_id)

    hear.__qualname__ = "hear"
    subscribe(PostPublished)(hear)
    yield keys
    unsubscribe(f"{__name__}.hear")


@transaction.atomic
def publish(number: int) -> None:
    name = f"post:{number}"
    record(PostPublished(subject_id=name, thread_id=name, space_id=1), at=NOW, key=name)


def test_a_turn_runs_a_job_and_rolls_what_waits():
    publish(1)
    rename.enqueue()

    worker = Background()
    worker.turn()

    assert Community.objects.get().name == "ran"
    assert Job.objects.get(task_path__endswith="rename").status == Job.Status.DONE
    assert lake.waiting_events() == 0
    assert lake.damage() == []


def test_a_turn_delivers_what_subscribers_wait_for(heard):
    publish(1)
    assert heard == []

    worker = Background()
    assert worker.turn()

    assert heard == ["post:1"]
    assert not worker.turn()
    assert heard == ["post:1"]


def test_rolling_is_not_done_every_turn(monkeypatch):
    worker = Background()
    publish(1)
    worker.turn()
    publish(2)
    worker.turn()
    assert lake.waiting_events() == 1

    monkeypatch.setattr(background, "ROLL_EVERY_SECONDS", 0.0)
    worker.turn()

    assert lake.waiting_events() == 0


def test_a_turn_with_nothing_to_do_says_so():
    worker = Background()
    while worker.turn():
        pass

    assert worker.turn() is False
    assert not Delivery.objects.exists()


def test_a_turn_that_fails_does_not_end_the_worker(monkeypatch):
    worker = Background()
    turns = []

    def turn() -> bool:
        turns.append(len(turns))
        if len(turns) == 1:
            raise OSError("the disk is full")
        worker.stop()
        return True

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr(background, "IDLE_SECONDS", 0.0)
    monkeypatch.setattr(background, "close_old_connections", lambda: None)
    monkeypatch.setattr(background.signal, "signal", lambda *_: None)
    worker.run()

    assert turns == [0, 1]
