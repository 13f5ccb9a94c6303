"""The job table: work promised in the same transaction as its cause."""

from django.db import models


class Job(models.Model):
    """One promised call of a task, with its lease, attempts and outcome."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        PARKED = "parked"

    key = models.CharField(max_length=64, unique=True)
    task_path = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    # While a job with this word waits, asking again adds none.
    dedupe = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe"],
                condition=models.Q(status="waiting") & ~models.Q(dedupe=""),
                name="job_waits_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "not_before", "id"],
                name="job_due",
                condition=models.Q(status__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_path} {self.status}"


class CronMark(models.Model):
    """When each scheduled task was last asked for."""

    name = models.CharField(max_length=120, primary_key=True)
    last_asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
