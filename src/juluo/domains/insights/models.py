"""Notes on the time axis, alerts with what they raised, and answers that were kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Annotation(models.Model):
    """Something that happened and may explain a figure: by hand, or told by its event."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        ACTIVITY = "activity", _("Activity")
        OUTAGE = "outage", _("Outage")
        RULE_CHANGE = "rule_change", _("Change of rules")
        DATA = "data", _("Data")
        OTHER = "other", pgettext_lazy("annotation", "Other")

    kind = models.CharField(max_length=11, choices=Kind)
    # Local days; the end is the first one not covered, absent for a single day.
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    # Told by an event: the words' key (queries.register_telling) and what fills them.
    telling = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=80, null=True, blank=True, unique=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gt=F("start")), name="annotation_has_days"
            ),
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(telling=""), name="annotation_says_something"
            ),
        ]
        indexes = [models.Index(fields=["start"], name="annotation_by_day")]

    def __str__(self) -> str:
        return self.words or self.telling


class Alert(models.Model):
    """A rule that watches one metric and tells its owner."""

    class Rule(models.TextChoices):
        THRESHOLD = "threshold", _("A limit is passed")
        CHANGE = "change", _("It changes sharply")
        ANOMALY = "anomaly", _("It is out of the ordinary")

    class Side(models.TextChoices):
        ABOVE = "above", pgettext_lazy("alert", "Above")
        BELOW = "below", pgettext_lazy("alert", "Below")
        BOTH = "both", pgettext_lazy("alert", "Either way")

    title = models.CharField(_("title"), max_length=200)
    metric = models.CharField(max_length=60)
    filters = models.JSONField(default=dict, blank=True)
    grain = models.CharField(max_length=5)
    rule = models.CharField(max_length=9, choices=Rule)
    side = models.CharField(max_length=5, choices=Side)
    # The limit in the metric's unit; the share that it changes by; the width in sigmas.
    value = models.FloatField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Periods that begin before this day have been looked at.
    looked_until = models.DateField()
    muted_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule="threshold", side="both"), name="a_limit_has_one_side"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Firing(models.Model):
    """One episode: from the first period that was out of bounds to the first that was not."""

    class Outcome(models.TextChoices):
        ACTED = "acted", _("Acted on")
        EXPLAINED = "explained", _("Explained, nothing to do")
        NOISE = "noise", _("Noise")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="firings")
    # The first and the last period that were out of bounds, by their first days.
    since = models.DateField()
    last = models.DateField()
    observed = models.FloatField()
    expected = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    data_version = models.CharField(max_length=80)
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    note = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alert", "since"], name="episode_raised_once"),
            models.UniqueConstraint(
                fields=["alert"], condition=Q(over_at=None), name="one_open_episode"
            ),
        ]

    def __str__(self) -> str:
        return f"alert {self.alert_id} since {self.since}"


class KeptAnswer(models.Model):
    """An answer as it was given, under an address that stays: whoever cites it can be held to it.

    ``key`` is made of the question, the definition's version and the points, so the same answer
    is kept once. It is never changed.
    """

    key = models.CharField(max_length=16, unique=True)
    metric = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    asked = models.JSONField()
    points = models.JSONField()
    unit = models.CharField(max_length=20)
    query = models.TextField()
    notes = models.JSONField(default=list, blank=True)
    data_version = models.CharField(max_length=80)
    # The newest line of the log, and a digest of who was left out, when the answer was given.
    last_line = models.BigIntegerField()
    left_out = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["-as_of", "-id"], name="answers_kept_newest")]

    def __str__(self) -> str:
        return f"{self.metric} {self.key}"


class SavedView(models.Model):
    """A question of the explorer under a title; live windows move with the day."""

    class Kind(models.TextChoices):
        FIGURE = "figure", _("Figure")
        COHORTS = "cohorts", _("Cohorts")
        FUNNEL = "funnel", _("Funnel")
        MOVEMENT = "movement", _("Movement")
        COMPARISON = "comparison", _("Comparison")

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    # The fields of the explorer's address.
    asked = models.JSONField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Dashboard(models.Model):
    """Saved views in an order, and to whom their figures are sent."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every Monday")
        MONTHLY = "monthly", _("On the first of each month")

    title = models.CharField(_("title"), max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    rhythm = models.CharField(max_length=7, choices=Rhythm, blank=True)
    # Local days: when it is sent next, and the last day that it may be.
    next_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm="", next_on=None) | (~Q(rhythm="") & Q(next_on__isnull=False)),
                name="a_schedule_has_a_next_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DashboardCard(models.Model):
    """One view on a dashboard, at its place."""

    dashboard = models.ForeignKey(Dashboard, models.PROTECT, related_name="cards")
    view = models.ForeignKey(SavedView, models.PROTECT, related_name="cards")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dashboard", "view"], name="view_stands_once"),
        ]

    @property
    def chart_name(self) -> str:
        """The name that its chart goes by on a page."""
        return f"card-chart-{self.pk}"

    def __str__(self) -> str:
        return f"view {self.view_id} on dashboard {self.dashboard_id}"


class DashboardReader(models.Model):
    """A member of staff to whom a dashboard's figures are sent."""

    dashboard = models.ForeignKey(Dashboard, models.PROTECT, related_name="readers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dashboard", "member"], name="reader_named_once"),
        ]

    def __str__(self) -> str:
        return f"member {self.member_id} reads dashboard {self.dashboard_id}"
