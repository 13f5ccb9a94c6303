"""The register: risks, their scores over time, reviews and outcomes."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.risks.rules.scores import USUAL_APPETITE, score

_PROBABILITY_HAS_FIVE_LEVELS = Q(probability__gte=1, probability__lte=5)
_IMPACT_HAS_FIVE_LEVELS = Q(impact__gte=1, impact__lte=5)


class Appetite(models.Model):
    """The score above which a response is required: one row."""

    score = models.PositiveSmallIntegerField(default=USUAL_APPETITE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_appetite"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=25), name="appetite_is_a_score"
            ),
        ]

    def __str__(self) -> str:
        return str(self.score)


class Risk(models.Model):
    """Because of a cause something may happen, which leads to a consequence."""

    class Category(models.TextChoices):
        MEMBER_LOSS = "member_loss", _("Member loss")
        ACTIVITY = "activity", _("Falling activity")
        QUALITY = "quality", _("Falling content quality")
        COST = "cost", _("Cost overrun")
        MARKET = "market", _("Market and competition")
        POLICY = "policy", _("Policy and law")
        TECHNOLOGY = "technology", _("Technology")
        TEAM = "team", pgettext_lazy("risk", "Team")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("risk", "Open")
        TREATED = "treated", pgettext_lazy("risk", "Being treated")
        WATCHING = "watching", pgettext_lazy("risk", "Being watched")
        CLOSED = "closed", pgettext_lazy("risk", "Closed")
        OCCURRED = "occurred", pgettext_lazy("risk", "Occurred")

    cause = models.CharField(_("cause"), max_length=300)
    event = models.CharField(_("event"), max_length=200)
    consequence = models.CharField(_("consequence"), max_length=300)
    category = models.CharField(max_length=11, choices=Category)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    plan = models.ForeignKey(
        "planning.Plan", models.PROTECT, null=True, blank=True, related_name="+"
    )
    goals = models.ManyToManyField("planning.Goal", related_name="+", blank=True)
    notes = models.ManyToManyField("planning.WatchNote", related_name="+", blank=True)
    # Keys of the catalog.
    metrics = models.JSONField(default=list, blank=True)
    probability = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    # What was said when the present call began: calibration judges that, not later hindsight.
    called_probability = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    # Local days: the last one on which it may happen, and the next look.
    horizon = models.DateField(null=True, blank=True)
    review_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    ENDED = (Status.CLOSED, Status.OCCURRED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_PROBABILITY_HAS_FIVE_LEVELS & _IMPACT_HAS_FIVE_LEVELS,
                name="risk_has_five_levels",
            ),
            models.CheckConstraint(
                condition=Q(called_probability__gte=1, called_probability__lte=5),
                name="risk_call_has_five_levels",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "review_on"], name="risk_by_review"),
            models.Index(fields=["plan", "status"], name="risk_of_plan"),
        ]

    def __str__(self) -> str:
        return self.event

    @property
    def score(self) -> int:
        """Probability times impact."""
        return score(self.probability, self.impact)

    @property
    def is_open(self) -> bool:
        """Whether it may still happen, as far as anybody said."""
        return self.status not in self.ENDED

    def is_past(self, today: date) -> bool:
        """Whether the days on which it may happen are over."""
        return self.is_open and self.horizon is not None and self.horizon < today


class RiskScore(models.Model):
    """What a risk was given, when, why and by whom. Triggers refuse change."""

    class Cause(models.TextChoices):
        STATED = "stated", pgettext_lazy("score", "Stated")
        REVIEW = "review", pgettext_lazy("score", "After a look")
        INDICATOR = "indicator", pgettext_lazy("score", "Raised by its indicator")
        LOWERED = "lowered", pgettext_lazy("score", "Lowered after calm")

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores")
    probability = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=9, choices=Cause)
    words = models.CharField(max_length=1000, blank=True)
    # Nobody where an indicator raised it.
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    episode = models.OneToOneField("Episode", models.PROTECT, null=True, related_name="score")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_PROBABILITY_HAS_FIVE_LEVELS & _IMPACT_HAS_FIVE_LEVELS,
                name="score_has_five_levels",
            ),
            models.CheckConstraint(
                condition=Q(scored_by__isnull=False) | Q(episode__isnull=False),
                name="score_has_an_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.probability} × {self.impact}"


class Review(models.Model):
    """A second look at a risk. Triggers refuse change."""

    class Verdict(models.TextChoices):
        SAME = "same", pgettext_lazy("risk", "Still so")
        CHANGED = "changed", pgettext_lazy("risk", "Changed")

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=7, choices=Verdict)
    probability = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verdict} {self.risk_id}"


class RiskOutcome(models.Model):
    """What became of one call: it occurred, it did not, or nobody can say. Append-only."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="outcomes")
    # None: nobody can say; calibration leaves it out.
    occurred = models.BooleanField(null=True)
    called_probability = models.PositiveSmallIntegerField()
    last_probability = models.PositiveSmallIntegerField()
    horizon = models.DateField(null=True)
    words = models.TextField(blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"risk {self.risk_id}: {self.occurred}"
