"""What people write beside a report: notes that are printed with it, and comments that are not."""

from django.conf import settings
from django.db import models


class ReportNote(models.Model):
    """A person's words beside the figures of one section; printed with their name."""

    report = models.ForeignKey("Report", models.PROTECT, related_name="notes")
    # The key of the section it stands under.
    anchor = models.CharField(max_length=80)
    words = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"note {self.pk} on report {self.report_id}"


class ReportComment(models.Model):
    """A remark among those who make the report; settled or open, never printed."""

    report = models.ForeignKey("Report", models.PROTECT, related_name="comments")
    # The key of the section it is about; "" for the whole.
    anchor = models.CharField(max_length=80, blank=True)
    words = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"comment {self.pk} on report {self.report_id}"
