"""Who gets reports: links that expire, and schedules that make and send them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from juluo.domains.reporting.models.reports import Report, ReportFile


class ReportShare(models.Model):
    """A link by which anyone who has it reads one report in one language, for a time."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="shares")
    # The SHA-256 of the link's secret, which is shown once and kept nowhere.
    secret_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, choices=ReportFile.Language)
    label = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"link {self.pk} to report {self.report_id}"


class ReportSchedule(models.Model):
    """Make the report of each cycle when it is over, and tell who waits for it."""

    kind = models.CharField(max_length=9, choices=Report.Kind)
    plan = models.ForeignKey(
        "planning.Plan", models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_money = models.BooleanField(default=False)
    # How many days after the cycle's end it is made: late talk is still coming in.
    wait_days = models.PositiveSmallIntegerField(default=1)
    # Who is told of the draft, and mailed the report when it is issued.
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    # The file that is mailed with it; "" for the link alone.
    mailed_format = models.CharField(max_length=4, choices=ReportFile.Format, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(ended_at=None, plan=None),
                name="one_schedule_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} reports"
