"""What the community stands for, and what was seen around it: versioned and dated."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from juluo.domains.planning.models.plans import Plan


class Positioning(models.Model):
    """One version of what the community offers, to whom, in which tone. Never changed later."""

    number = models.PositiveIntegerField(unique=True)
    value = models.TextField(_("value proposition"))
    audience = models.TextField(_("audience"))
    tone = models.TextField(_("tone"), blank=True)
    reason = models.TextField(_("why it changed"), blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"positioning {self.number}"


class WatchNote(models.Model):
    """A dated observation about a competitor, the market or policy, with its source."""

    class Kind(models.TextChoices):
        COMPETITOR = "competitor", _("Competitor")
        MARKET = "market", _("Market")
        POLICY = "policy", _("Policy")

    kind = models.CharField(max_length=10, choices=Kind)
    # Who or what was watched: a competitor's name, a market, a rule.
    about = models.CharField(_("about"), max_length=150)
    statement = models.TextField(_("what was seen"))
    meaning = models.TextField(_("what it means for us"), blank=True)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    observed_on = models.DateField(_("seen on"))
    review_on = models.DateField(_("look again on"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    plans = models.ManyToManyField(Plan, related_name="watch_notes", blank=True)

    class Meta:
        indexes = [models.Index(fields=["review_on"], name="watch_note_by_review")]

    def __str__(self) -> str:
        return self.about


class WatchReview(models.Model):
    """A second look at a note, which may still hold or not."""

    class Verdict(models.TextChoices):
        HOLDS = "holds", _("Still holds")
        CHANGED = "changed", _("Has changed")
        GONE = "gone", _("No longer true")

    note = models.ForeignKey(WatchNote, models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=7, choices=Verdict)
    words = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verdict} {self.note_id}"
