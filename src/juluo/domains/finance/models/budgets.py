"""A budget, its lines, its frozen versions and why it changed between them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.finance.models.books import Category
from juluo.domains.finance.models.stating import StatedAmount


class Budget(models.Model):
    """What a plan may cost; one without a plan is the community's own."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("budget", "Draft")
        APPROVED = "approved", pgettext_lazy("budget", "Approved")
        # Changed since its last approval: the limits are still the approved ones.
        WORKING = "working", pgettext_lazy("budget", "Working version")

    plan = models.OneToOneField(
        "planning.Plan", models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    # Local days; the end is the first one not covered.
    start = models.DateField()
    end = models.DateField()
    currency = models.CharField(max_length=3)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    approval_asked_at = models.DateTimeField(null=True, blank=True)
    approval_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="budget_has_days"),
        ]
        indexes = [models.Index(fields=["-start", "-id"], name="budget_newest_first")]

    def __str__(self) -> str:
        return self.title


class BudgetLine(StatedAmount):
    """One thing that a budget pays for, as the working version has it."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    category = models.ForeignKey(Category, models.PROTECT, related_name="lines")
    title = models.CharField(_("title"), max_length=200)
    strategy = models.ForeignKey(
        "planning.Strategy", models.PROTECT, null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(
        "planning.Task", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The first day of the month it is planned for; empty: the whole period.
    month = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Percent of the limit at which the owner is warned, and whether the limit holds.
    warn_at = models.PositiveSmallIntegerField(default=80)
    stops = models.BooleanField(default=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="line_is_not_negative"),
            models.CheckConstraint(
                condition=Q(warn_at__gte=1) & Q(warn_at__lte=99), name="line_warns_before"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(amount=0), name="removed_line_plans_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetVersion(models.Model):
    """A budget as an owner approved it. Triggers refuse update and delete."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    total = models.BigIntegerField()
    note = models.TextField(blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_version_once"),
        ]

    def __str__(self) -> str:
        return f"budget {self.budget_id} version {self.number}"


class VersionLine(StatedAmount):
    """A line as a version froze it. Triggers refuse update and delete."""

    version = models.ForeignKey(BudgetVersion, models.PROTECT, related_name="lines")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="frozen")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    # As it was called then, where the community had given it a name.
    category_name = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    strategy = models.ForeignKey(
        "planning.Strategy", models.PROTECT, null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(
        "planning.Task", models.PROTECT, null=True, blank=True, related_name="+"
    )
    month = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    warn_at = models.PositiveSmallIntegerField()
    stops = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "line"], name="line_once_in_version"),
        ]

    def __str__(self) -> str:
        return f"line {self.line_id} in version {self.version_id}"


class LineChange(models.Model):
    """A change of a line and its reason. Triggers refuse update and delete."""

    class Kind(models.TextChoices):
        ADDED = "added", pgettext_lazy("budget line", "Added")
        CHANGED = "changed", pgettext_lazy("budget line", "Changed")
        REMOVED = "removed", pgettext_lazy("budget line", "Removed")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=7, choices=Kind)
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    # The approved version that it came after; 0 before the first.
    after_version = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} line {self.line_id}"


class LimitLift(models.Model):
    """By how much an owner let a line go over its limit, and why. Triggers refuse change."""

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="lifts")
    amount = models.BigIntegerField()
    reason = models.TextField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="lift_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"lift of line {self.line_id}"


class Indicator(models.Model):
    """A metric that a budget states as its benefit, shown beside its cost."""

    class Kind(models.TextChoices):
        ECONOMIC = "economic", _("Economic benefit")
        SOCIAL = "social", _("Social benefit")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="indicators")
    metric = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "metric"],
                condition=Q(dropped_at=None),
                name="indicator_stated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of budget {self.budget_id}"
