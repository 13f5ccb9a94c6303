"""The append-only log, its deliveries, and the manifest of the lake."""

from django.db import models


class EventRecord(models.Model):
    """One line of the log. Triggers refuse update and delete, but for the batch mark.

    ``actor_id`` and ``recipient_id`` are members' ids and ``space_id`` is a space's, but not
    foreign keys: the log outlives what it tells of.
    """

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)
    space_id = models.BigIntegerField(null=True, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    thread_id = models.CharField(max_length=40, blank=True)
    parent_id = models.CharField(max_length=40, blank=True)
    recipient_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, default="native")
    value = models.FloatField(null=True, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    batch = models.ForeignKey(
        "LakeBatch", models.PROTECT, null=True, blank=True, related_name="records"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["occurred_at", "id"],
                name="event_waiting_for_lake",
                condition=models.Q(batch=None),
            ),
            # When the last talk was, without reading the log.
            models.Index(
                fields=["occurred_at"], name="event_of_talk", condition=~models.Q(subject_id="")
            ),
            models.Index(fields=["actor_id", "occurred_at"], name="event_by_actor"),
            models.Index(fields=["subject_id"], name="event_by_subject"),
            models.Index(fields=["batch"], name="event_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class LakeBatch(models.Model):
    """A claimed set of events and, once done, the files that hold them.

    ``digest`` covers the files' digests and the digest of the batch before, so that a lake
    changed by hand is noticed.
    """

    claimed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | ~models.Q(digest=""),
                name="done_batch_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class LakeFile(models.Model):
    """One Parquet file of the manifest: the events of some done batches in one month."""

    month = models.CharField(max_length=7)
    name = models.CharField(max_length=80, unique=True)
    batch = models.ForeignKey(LakeBatch, models.PROTECT, related_name="files")
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["month"], name="lakefile_by_month")]

    def __str__(self) -> str:
        return self.name


class RollupMonth(models.Model):
    """The member-day rollup of one month, and which lake files it was made from."""

    month = models.CharField(max_length=7, unique=True)
    timezone = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    made_from = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"rollup {self.month}"


class Delivery(models.Model):
    """One subscriber's claim on one event: waiting, leased, done or parked."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        PARKED = "parked"

    record = models.ForeignKey(EventRecord, models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=120)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "subscriber"], name="delivered_once"),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="delivery_waiting",
                condition=models.Q(status="waiting"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} <- {self.record_id}"
