"""A plan, its written sections, its frozen versions and what was said about them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Plan(models.Model):
    """What the community means to reach over a stretch of days, and how."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("Annual plan")
        QUARTERLY = "quarterly", _("Quarterly plan")
        ACTIVITY = "activity", _("Activity plan")
        CAMPAIGN = "campaign", _("Campaign plan")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("plan", "Draft")
        SUBMITTED = "submitted", _("Waiting for sign-off")
        APPROVED = "approved", _("Signed off")
        CLOSED = "closed", pgettext_lazy("plan", "Closed")

    kind = models.CharField(max_length=9, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    # Local days; the end is the first one not covered.
    start = models.DateField()
    end = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    # The statement of positioning that the plan was written under.
    positioning = models.ForeignKey(
        "Positioning", models.PROTECT, null=True, blank=True, related_name="plans"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="plan_has_days"),
        ]
        indexes = [models.Index(fields=["-start", "-id"], name="plan_newest_first")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the plan can still change."""
        return self.status != self.Status.CLOSED

    def is_running(self, today: date) -> bool:
        """Whether the plan covers a local day and is not closed."""
        return self.is_open and self.start <= today < self.end


class PlanSection(models.Model):
    """One written part of a plan; its key says which (rules/templates.py)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="section_once_in_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of plan {self.plan_id}"


class PlanVersion(models.Model):
    """A plan as it stood at a moment, whole. Triggers refuse update and delete."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # What each registered part of the plan said: {part key: [entries]} (services/versions.py).
    content = models.JSONField()
    reason = models.TextField(blank=True)
    # References to what caused the change: "target:4", "watch:7", "risk:2", "report:9".
    evidence = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
        ]

    def __str__(self) -> str:
        return f"plan {self.plan_id} version {self.number}"


class SignOff(models.Model):
    """What was decided about a version, and by whom. Triggers refuse update and delete."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Signed off")
        RETURNED = "returned", _("Sent back")

    version = models.OneToOneField(PlanVersion, models.PROTECT, related_name="sign_off")
    decision = models.CharField(max_length=8, choices=Decision)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision} {self.version_id}"


class PlanComment(models.Model):
    """A remark on a plan, or on one of its sections, until it is resolved."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")
    section_key = models.CharField(max_length=20, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"comment {self.pk} on plan {self.plan_id}"


class Baseline(models.Model):
    """Figures of the community frozen into a plan: where it stood when the plan was made."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="baselines")
    # The window that was measured, and the same one a year before.
    start = models.DateField()
    end = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    data_version = models.CharField(max_length=80)
    # [{"key", "version", "unit", "value", "part", "whole", "before": the same a year earlier}]
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="baseline_has_days"),
        ]

    def __str__(self) -> str:
        return f"baseline {self.start} to {self.end}"
