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
    # Urgent ones go out as mail; no longer due once sent, or once their time has passed.
    mail_due = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="inbox_newest_first"),
            models.Index(fields=["id"], condition=models.Q(mail_due=True), name="mail_that_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}"


class MailPreference(models.Model):
    """Whether a member wants urgent notifications by mail; absent: they do."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    wants_mail = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.wants_mail}"
