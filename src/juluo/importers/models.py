"""Imports: what was brought in, by whom, how far it got, and what could not be read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import of one export. Running it again after a cut adds only what is missing."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading")
        WRITING = "writing", _("Writing")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")

    format = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    # What the person called the file; never a path of this machine.
    label = models.CharField(max_length=200)
    # The upload's name in the home's folder of uploads; empty for the command line.
    upload = models.CharField(max_length=220, blank=True)
    timezone = models.CharField(max_length=60, default="UTC")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    # A member's id; only domains may hold foreign keys to domains.
    asked_by_id = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    refusal = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-asked_at", "-id"], name="import_newest_first")]

    def __str__(self) -> str:
        return f"{self.format} {self.label}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {self.Status.DONE, self.Status.REFUSED}
