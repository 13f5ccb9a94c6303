"""What a phase's gates ask for, and what they said when they were passed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.models.schedule import Phase


class Gate(models.TextChoices):
    """The two ends of a phase."""

    ENTRY = "entry", pgettext_lazy("gate", "Entry")
    EXIT = "exit", pgettext_lazy("gate", "Exit")


class GateCriterion(models.Model):
    """One thing that must hold before a gate opens."""

    class Kind(models.TextChoices):
        METRIC = "metric", _("A metric reaches a value")
        WORK_DONE = "work_done", _("All tasks and milestones of the phase are done")
        CHECK = "check", _("Something is decided")
        STATED = "stated", _("A person says so")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="criteria")
    gate = models.CharField(max_length=5, choices=Gate)
    kind = models.CharField(max_length=9, choices=Kind)
    # What a metric must reach ({"metric", "filters", "window", "at_least", "value"}), or the
    # check that is asked ({"check": "plan_signed_off"}).
    terms = models.JSONField(default=dict, blank=True)
    # What the named person says yes or no to.
    words = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated = models.BooleanField(null=True, blank=True)
    stated_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "gate criteria"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="stated") | Q(person__isnull=False),
                name="somebody_says_what_is_stated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at the {self.gate} of phase {self.phase_id}"


class PhaseAcceptance(models.Model):
    """How a gate was passed: who, when, what each criterion said. Triggers refuse change."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="acceptances")
    gate = models.CharField(max_length=5, choices=Gate)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    # Opened by an owner although something was missing, and why.
    is_override = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    # [{"kind", "words", "met", "says"}], as they read at that moment.
    findings = models.JSONField()
    data_version = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phase", "gate"], name="gate_passed_once"),
            models.CheckConstraint(
                condition=Q(is_override=False) | ~Q(reason=""), name="override_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate} of phase {self.phase_id}"
