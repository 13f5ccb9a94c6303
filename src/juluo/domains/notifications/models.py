"""What a member was told."""

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """One thing a member is told, once: its kind, the facts in its words, the way there."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    # Told again under the same key, it stays one.
    key = models.CharField(max_length=150)
    facts = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="told_once"),
        ]
        indexes = [models.Index(fields=["member", "-told_at", "-id"], name="inbox_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}"
