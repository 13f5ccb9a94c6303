"""What is done about a risk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.risks.models.risks import Risk


class Mitigation(models.Model):
    """A response, prepared or under way: its work is a task of the schedule."""

    class Strategy(models.TextChoices):
        AVOID = "avoid", pgettext_lazy("response", "Avoid")
        REDUCE = "reduce", pgettext_lazy("response", "Reduce")
        TRANSFER = "transfer", pgettext_lazy("response", "Transfer")
        ACCEPT = "accept", pgettext_lazy("response", "Accept")

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="mitigations")
    strategy = models.CharField(max_length=8, choices=Strategy, default=Strategy.REDUCE)
    title = models.CharField(_("title"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(default=7)
    planned_minutes = models.PositiveIntegerField(default=0)
    # In the smallest unit of the currency.
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    # What is left of the risk once it is done.
    residual_probability = models.PositiveSmallIntegerField()
    residual_impact = models.PositiveSmallIntegerField()
    # The task of its newest start.
    task = models.ForeignKey(
        "planning.Task", models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    residual_probability__gte=1,
                    residual_probability__lte=5,
                    residual_impact__gte=1,
                    residual_impact__lte=5,
                ),
                name="residual_has_five_levels",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | ~Q(currency=""), name="cost_has_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.title
