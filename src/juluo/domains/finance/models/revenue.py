"""What the community earns."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from juluo.domains.finance.models.books import Stream
from juluo.domains.finance.models.budgets import Budget
from juluo.domains.finance.models.stating import StatedAmount


class RevenueEntry(StatedAmount):
    """Revenue of a day as it was recorded, and what came in for it."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    budget = models.ForeignKey(
        Budget, models.PROTECT, null=True, blank=True, related_name="revenue"
    )
    earned_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    received_amount = models.BigIntegerField(null=True, blank=True)
    reconciled_at = models.DateTimeField(null=True, blank=True)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # A wrong entry is taken out, never changed.
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)
    form_key = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "revenue entries"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="revenue_is_an_amount"),
            models.CheckConstraint(
                condition=Q(reconciled_at=None, received_amount=None)
                | Q(reconciled_at__isnull=False, received_amount__gte=0),
                name="reconciled_revenue_has_an_amount",
            ),
            models.UniqueConstraint(
                fields=["recorded_by", "form_key"], name="revenue_recorded_once"
            ),
        ]
        indexes = [models.Index(fields=["-earned_on", "-id"], name="revenue_newest_first")]

    def __str__(self) -> str:
        return f"revenue of {self.earned_on}"
