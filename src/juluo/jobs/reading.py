"""What the console shows of background work."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from juluo.jobs.models import Job


@dataclass(frozen=True, kw_only=True)
class ParkedJob:
    """A job that gave up and waits for a person."""

    id: int
    task: str
    attempts: int
    error: str
    since: datetime | None


@dataclass(frozen=True, kw_only=True)
class JobCounts:
    """How many jobs wait, run and gave up, and for how long the oldest due one waits."""

    waiting: int
    running: int
    parked: int
    late_seconds: float


def counts(*, now: datetime) -> JobCounts:
    """Return the state of the job table. Two queries."""
    rows = dict(
        Job.objects.exclude(status=Job.Status.DONE)
        .order_by()
        .values_list("status")
        .annotate(n=Count("id"))
    )
    return JobCounts(
        waiting=rows.get(Job.Status.WAITING, 0),
        running=rows.get(Job.Status.RUNNING, 0),
        parked=rows.get(Job.Status.PARKED, 0),
        late_seconds=overdue_seconds(now=now),
    )


def overdue_seconds(*, now: datetime) -> float:
    """Return for how long the oldest due job has been waiting, 0 when none is."""
    due = Job.objects.filter(status=Job.Status.WAITING, not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    return (now - oldest).total_seconds() if oldest else 0.0


def parked(*, limit: int = 20) -> list[ParkedJob]:
    """Return the jobs that gave up, newest first."""
    rows = Job.objects.filter(status=Job.Status.PARKED).order_by("-finished_at")[:limit]
    return [
        ParkedJob(
            id=job.pk,
            task=job.task_path.rpartition(".")[2],
            attempts=job.attempts,
            error=job.error.strip().rpartition("\n")[2],
            since=job.finished_at,
        )
        for job in rows
    ]
