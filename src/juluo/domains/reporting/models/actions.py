"""What was promised in a report, and what the reports after it found had become of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Action(models.Model):
    """Something to be done about a finding: by whom, until when, and what should change by it.

    ``metric`` over ``space_ids`` is measured again by later reports; ``baseline`` is what it was
    in the report's window and ``target`` what it should be. All are empty where no metric says.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("action", "Open")
        DONE = "done", pgettext_lazy("action", "Done")
        DROPPED = "dropped", pgettext_lazy("action", "Dropped")

    report = models.ForeignKey("Report", models.PROTECT, related_name="actions")
    # The key of the finding it answers; "" for none.
    finding = models.CharField(max_length=80, blank=True)
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField()
    metric = models.CharField(max_length=60, blank=True)
    space_ids = models.JSONField(default=list, blank=True)
    baseline = models.FloatField(null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    # What was done, or why it was dropped.
    outcome_note = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["status", "due", "id"], name="action_by_due_day")]

    def __str__(self) -> str:
        return self.what


class ActionOutcome(models.Model):
    """What an issued report measured of an action; never changed."""

    class Verdict(models.TextChoices):
        REACHED = "reached", _("Reached what was promised")
        BETTER = "better", _("Better, short of what was promised")
        UNCHANGED = "unchanged", _("No change beyond chance")
        WORSE = "worse", _("Worse than before")
        UNCLEAR = "unclear", _("Too little is known to tell")
        NOT_MEASURED = "not_measured", _("Not measured by a metric")

    action = models.ForeignKey(Action, models.PROTECT, related_name="outcomes")
    report = models.ForeignKey("Report", models.PROTECT, related_name="outcomes")
    verdict = models.CharField(max_length=12, choices=Verdict)
    value = models.FloatField(null=True)
    # Where the value would have been by chance alone, had nothing been done.
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    status = models.CharField(max_length=7, choices=Action.Status)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "report"], name="action_measured_once"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} in report {self.report_id}"
