"""What the console shows of background work."""

from dataclasses import dataclass
from datetime import datetime

from juluo.jobs.models import Job


@dataclass(frozen=True, kw_only=True)
class ParkedJob:
    """A job that gave up and waits for a person."""

    id: int
    task: str
    attempts: int
    error: str
    since: datetime | None


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
