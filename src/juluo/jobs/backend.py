"""Our database backend for django-tasks: a job is a row in the transaction of its cause."""

from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import get_random_id, normalize_json
from typing_extensions import ParamSpec

from juluo.jobs.models import Job

T = TypeVar("T")
P = ParamSpec("P")

_STATUS = {
    Job.Status.WAITING: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.PARKED: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    """A task as our backend runs it.

    ``dedupe``: while a job with this word waits, asking again adds none. ``atomic``: the
    function and its done-mark share one transaction, so that its effect happens once; a task
    without it must be able to run twice.
    """

    dedupe: str = ""
    atomic: bool = False


class DatabaseBackend(BaseTaskBackend):
    """Store jobs in the database; the worker runs them."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Promise the call: it happens if and only if the surrounding transaction commits."""
        self.validate_task(task)
        now = timezone.now()
        job = Job(
            key=get_random_id(),
            task_path=task.module_path,
            arguments={"args": normalize_json(args), "kwargs": normalize_json(kwargs)},
            queue=task.queue_name,
            priority=task.priority,
            dedupe=getattr(task, "dedupe", ""),
            asked_at=now,
            not_before=task.run_after or now,
        )
        return cast("TaskResult[T]", result_of(_save_once(job), task))

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return how a job stands.

        :raises TaskResultDoesNotExist: if no job has this key.
        """
        from django.utils.module_loading import import_string

        job = Job.objects.filter(key=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task_path))


def _save_once(job: Job) -> Job:
    """Insert the job, or return the one that waits already under the same dedupe word."""
    if not job.dedupe:
        job.save()
        return job
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        waiting = Job.objects.filter(dedupe=job.dedupe, status=Job.Status.WAITING).first()
        return waiting or job
    return job


def result_of(job: Job, task: Task[..., Any]) -> TaskResult[Any]:
    """Return a job in django-tasks' own words."""
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=job.key,
        status=_STATUS[Job.Status(job.status)],
        enqueued_at=job.asked_at,
        started_at=job.started_at,
        last_attempted_at=job.started_at,
        finished_at=job.finished_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend="default",
        errors=[],
        worker_ids=[job.worker] * job.attempts,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
