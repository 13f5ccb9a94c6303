"""Reports that were asked for, and where their files lie."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """One report: what it covers, and its file once it is made."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        PPTX = "pptx", "PowerPoint"
        PDF = "pdf", "PDF"
        HTML = "html", "HTML"

    class Language(models.TextChoices):
        CHINESE = "zh", "中文"
        ENGLISH = "en", "English"

    # Local days; the end is the first one not covered.
    start = models.DateField()
    end = models.DateField()
    language = models.CharField(max_length=2, choices=Language)
    format = models.CharField(max_length=4, choices=Format)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    data_version = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="report_has_days"),
        ]
        indexes = [models.Index(fields=["-asked_at", "-id"], name="report_newest_first")]

    def __str__(self) -> str:
        return f"report {self.start} to {self.end}"

    @property
    def stored_as(self) -> str:
        """The file's name in the folder of reports."""
        return f"{self.pk}.{self.format}"
