"""Who is told, and what they were told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """An address of another program that is told of events."""

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    # Kept as it is: each call is signed with it.
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Call(models.Model):
    """One event told to one address, until it is taken."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Delivered")
        FAILED = "failed", _("Given up")

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="calls")
    # The event's key: the receiver tells repeats by it.
    key = models.CharField(max_length=200)
    event = models.CharField(max_length=60)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    trouble = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "key"], name="event_called_once"),
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"],
                name="call_waiting",
                condition=models.Q(status="waiting"),
            ),
            models.Index(fields=["endpoint", "-id"], name="calls_of_endpoint"),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.endpoint_id}"
