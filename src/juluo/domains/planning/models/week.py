"""What a team decided when it looked back on a week."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class WeekReview(models.Model):
    """One week looked at together: what was decided. Written again, it is replaced."""

    # The Monday of the week looked back on.
    monday = models.DateField(unique=True)
    decisions = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decisions=""), name="week_review_says_something"),
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}"
