"""Leading indicators, and each time they were out of bounds."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from juluo.domains.insights.types import WatchRule, WatchSide
from juluo.domains.risks.models.mitigations import Mitigation
from juluo.domains.risks.models.risks import Risk


class Indicator(models.Model):
    """A rule over one metric that raises its risk, starts a response, or both."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="indicators")
    metric = models.CharField(max_length=60)
    filters = models.JSONField(default=dict, blank=True)
    grain = models.CharField(max_length=5)
    rule = models.CharField(max_length=9, choices=WatchRule)
    side = models.CharField(max_length=5, choices=WatchSide)
    value = models.FloatField()
    # What it does: raise the probability by one level, or to a level, or leave it.
    raise_by_one = models.BooleanField(default=False)
    raise_to = models.PositiveSmallIntegerField(null=True, blank=True)
    response = models.ForeignKey(
        Mitigation, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    # After so many periods within bounds, lowering is proposed.
    calm_after = models.PositiveSmallIntegerField(default=3)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Periods that begin before this day have been looked at.
    looked_until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule="threshold", side="both"), name="indicator_limit_has_one_side"
            ),
            models.CheckConstraint(
                condition=Q(raise_to=None) | Q(raise_to__gte=1, raise_to__lte=5),
                name="indicator_raises_to_a_level",
            ),
            models.CheckConstraint(
                condition=Q(raise_by_one=False) | Q(raise_to=None), name="indicator_raises_one_way"
            ),
            models.CheckConstraint(condition=Q(calm_after__gte=1), name="indicator_calms_down"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} for risk {self.risk_id}"


class Episode(models.Model):
    """One time an indicator was out of bounds: it acts once, when that begins."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="episodes")
    # The first and the last period that were out of bounds, by their first days.
    since = models.DateField()
    last = models.DateField()
    observed = models.FloatField()
    expected = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    data_version = models.CharField(max_length=80)
    raised_from = models.PositiveSmallIntegerField()
    raised_to = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    # Periods within bounds since, the proposal to lower that came of them, and its answer.
    calm = models.PositiveSmallIntegerField(default=0)
    proposed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "since"], name="indicator_episode_begins_once"
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(over_at=None),
                name="indicator_has_one_open_episode",
            ),
        ]

    def __str__(self) -> str:
        return f"indicator {self.indicator_id} since {self.since}"
