"""What a member was told, and how they want to be told."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How a kind of notification reaches a member; each way but none includes the inbox."""

    OFF = "off", _("Not at all")
    INBOX = "inbox", _("Inbox only")
    DAILY = "daily", _("Inbox and daily mail")
    AT_ONCE = "at_once", _("Inbox and mail at once")


class Notification(models.Model):
    """One thing a member is told, once: its kind, the facts in its words, the way there."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    # Told again under the same key, it stays one.
    key = models.CharField(max_length=150)
    facts = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    # References of what it is about (``space:3``): whoever muted one is not told.
    about = models.JSONField(default=list, blank=True)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # No longer due once sent, or once their time has passed.
    mail_due = models.BooleanField(default=False)
    # Not before the member's quiet hours are over.
    mail_from = models.DateTimeField(null=True, blank=True)
    digest_due = models.BooleanField(default=False)
    # Would have been a mail of its own, had there not been so many that day.
    held_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="inbox_newest_first"),
            models.Index(fields=["member"], condition=models.Q(read_at=None), name="inbox_unread"),
            models.Index(fields=["id"], condition=models.Q(mail_due=True), name="mail_that_waits"),
            models.Index(
                fields=["member", "id"],
                condition=models.Q(digest_due=True),
                name="digest_that_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}"


class MailPreference(models.Model):
    """How a member wants mail; absent: as the defaults say."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+"
    )
    wants_mail = models.BooleanField(default=True)
    wants_digest = models.BooleanField(default=True)
    # IANA name; empty: the community's.
    timezone = models.CharField(max_length=60, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    digest_hour = models.PositiveSmallIntegerField(default=8, validators=[MaxValueValidator(23)])
    most_a_day = models.PositiveSmallIntegerField(default=10)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest_hour__lte=23), name="digest_at_an_hour_of_the_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.wants_mail}"


class KindPreference(models.Model):
    """How one kind of notification shall reach a member."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=8, choices=Way)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="one_way_for_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}: {self.way}"


class Mute(models.Model):
    """Something a member is told nothing of: a space, a thread, by its reference."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "about"], name="muted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.about} by {self.member_id}"


class SentMail(models.Model):
    """A mail that went out, or is being sent: under one key there is only one."""

    class What(models.TextChoices):
        ONE = "one", _("One notification")
        DIGEST = "digest", _("Daily mail")

    key = models.CharField(max_length=80, unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=What)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-claimed_at"], name="mail_of_a_member")]

    def __str__(self) -> str:
        return self.key
