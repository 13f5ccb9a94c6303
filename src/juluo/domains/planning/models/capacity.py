"""How many hours staff have, and when they are away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

MINUTES_OF_A_WEEK = 7 * 24 * 60


class WeeklyHours(models.Model):
    """What a member of staff can give a week of five working days, from a day on."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    first_day = models.DateField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "weekly hours"
        constraints = [
            models.UniqueConstraint(fields=["member", "first_day"], name="hours_once_from_a_day"),
            models.CheckConstraint(
                condition=Q(minutes__lte=MINUTES_OF_A_WEEK), name="week_has_168_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes a week for member {self.member_id}"


class Absence(models.Model):
    """Days on which a member of staff does not work here."""

    class Kind(models.TextChoices):
        LEAVE = "leave", pgettext_lazy("absence", "Leave")
        TRAVEL = "travel", pgettext_lazy("absence", "Travel")
        OTHER = "other", pgettext_lazy("absence", "Other work")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.LEAVE)
    # Local days; the end is the first one back.
    start = models.DateField()
    end = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="absence_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of member {self.member_id}"


class CalendarFeed(models.Model):
    """The secret in the address of a member's own calendar."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of member {self.member_id}"
