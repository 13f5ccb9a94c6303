"""Run promised jobs: claim with a lease, keep it alive, mark done, back off, park."""

import os
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext
from django_tasks.utils import normalize_json

from juluo.jobs.backend import result_of
from juluo.jobs.models import Job

MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=60)
HEARTBEAT_SECONDS = 15.0
log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Another worker has taken the job over, so this one's outcome must not count."""


def run_next(*, worker: str) -> bool:
    """Claim and run one due job; return False when none is due."""
    job = claim(worker=worker, now=timezone.now())
    if job is None:
        return False
    run(job)
    return True


def claim(*, worker: str, now: datetime) -> Job | None:
    """Take the most urgent due job, or one whose worker has gone silent, for this worker.

    A job that has used up its attempts (its worker died each time) is parked instead.
    """
    due = Q(status=Job.Status.WAITING, not_before__lte=now)
    abandoned = Q(status=Job.Status.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        rows = Job.objects.filter(due | abandoned).order_by("-priority", "not_before", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _park(job, error=job.error or "Its worker stopped each time it ran.", now=now)
            return None
        job.status = Job.Status.RUNNING
        job.worker = worker
        job.attempts += 1
        job.started_at = now
        job.lease_until = now + LEASE
        job.save()
    return job


def run(job: Job) -> None:
    """Run a claimed job and write down its outcome."""
    try:
        task = import_string(job.task_path)
        with _heartbeat(job):
            if getattr(task, "atomic", False):
                with transaction.atomic():
                    _finish(job, _call(task, job))
            else:
                _finish(job, _call(task, job))
    except LeaseLost:
        log.warning("job_lease_lost", job=job.key, task=job.task_path)
    except Exception:  # noqa: BLE001 - whatever a job raises is kept, retried and shown
        _fail(job, traceback.format_exc(limit=12))


def _call(task: Task[..., Any], job: Job) -> Any:
    args, kwargs = job.arguments["args"], job.arguments["kwargs"]
    if task.takes_context:
        args = [TaskContext(task_result=result_of(job, task)), *args]
    return normalize_json(task.call(*args, **kwargs))


def _mine(job: Job) -> Any:
    return Job.objects.filter(
        pk=job.pk, status=Job.Status.RUNNING, worker=job.worker, attempts=job.attempts
    )


def _finish(job: Job, result: Any) -> None:
    done = _mine(job).update(
        status=Job.Status.DONE, finished_at=timezone.now(), result=result, error=""
    )
    if not done:
        raise LeaseLost(job.key)


def _fail(job: Job, error: str) -> None:
    now = timezone.now()
    log.warning("job_failed", job=job.key, task=job.task_path, attempt=job.attempts)
    with transaction.atomic():
        if not _mine(job).exists():
            return
        if job.attempts >= MAX_ATTEMPTS:
            _park(job, error=error, now=now)
            return
        twin_waits = job.dedupe and Job.objects.filter(dedupe=job.dedupe, status=Job.Status.WAITING)
        if twin_waits and twin_waits.exists():
            # The same work waits already: this attempt is over.
            _park(job, error=error, now=now)
            return
        pause = timedelta(seconds=5 * 4 ** (job.attempts - 1))
        _mine(job).update(status=Job.Status.WAITING, not_before=now + pause, error=error[-4000:])


def _park(job: Job, *, error: str, now: datetime) -> None:
    Job.objects.filter(pk=job.pk).update(
        status=Job.Status.PARKED, finished_at=now, error=error[-4000:]
    )


def retry(*, job_id: int, at: datetime) -> bool:
    """Give a parked job a fresh set of attempts; return False if it is not parked."""
    return bool(
        Job.objects.filter(pk=job_id, status=Job.Status.PARKED).update(
            status=Job.Status.WAITING, attempts=0, not_before=at, finished_at=None
        )
    )


@contextmanager
def _heartbeat(job: Job) -> Iterator[None]:
    """Renew the lease from a thread of its own while the job runs."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            close_old_connections()
            # A database that is busy now gets its beat with the next turn.
            with suppress(OperationalError):
                _mine(job).update(lease_until=timezone.now() + LEASE)
        connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def worker_name() -> str:
    """Return a name that no other worker has."""
    return f"{os.uname().nodename}-{os.getpid()}-{os.urandom(3).hex()}"[:64]


def forget_done(*, before: datetime) -> int:
    """Delete finished jobs older than ``before``; parked ones stay until a person looks."""
    deleted, _ = Job.objects.filter(status=Job.Status.DONE, finished_at__lt=before).delete()
    return deleted
