"""Goals bound to metrics, and the strategies that are meant to move them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.models.plans import Plan


class Objective(models.Model):
    """What several goals are for together; its progress is the weighted sum of theirs."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives")
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Goal(models.Model):
    """A state to reach by a day, measured by one target or several."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Local days; the end is the first one not counted.
    start = models.DateField()
    end = models.DateField()
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    position = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="goal_has_days"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="goal_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Target(models.Model):
    """A goal's metric, from where it stands to where it should be."""

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")

    class Measure(models.TextChoices):
        # The metric's value over the last complete week or month before the goal ends.
        LEVEL = "level", _("Level of one period")
        # The metric's value over the goal's days as one window (sums, distinct people).
        TOTAL = "total", _("Total over the goal's days")

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        NO_DATA = "no_data", _("Nothing measured yet")
        ON_PACE = "on_pace", _("On pace")
        AT_RISK = "at_risk", _("At risk")
        OFF_PACE = "off_pace", _("Off pace")
        REACHED = "reached", _("Reached")
        MISSED = "missed", _("Missed")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="targets")
    metric = models.CharField(max_length=60)
    # Filters of the question: {"spaces": [..], "sources": [..], "exclude_staff": bool, …}.
    filters = models.JSONField(default=dict, blank=True)
    # How the metric is cut where measure is "level": day, week or month.
    grain = models.CharField(max_length=6, default="month")
    measure = models.CharField(max_length=5, choices=Measure, default=Measure.LEVEL)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.FloatField(_("baseline"))
    value = models.FloatField(_("target"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    # What history says of this target, frozen when it was set (rules/feasibility.py).
    feasibility = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        max_length=11, choices=Status, default=Status.NOT_STARTED, db_index=True
    )
    status_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight__gt=0), name="target_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} to {self.value}"


class TargetRevision(models.Model):
    """What a target was set to, when and why. Old ones stay. Triggers refuse change."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="revisions")
    baseline = models.FloatField()
    value = models.FloatField()
    start = models.DateField()
    end = models.DateField()
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"target {self.target_id} set to {self.value}"


class TargetReading(models.Model):
    """Where a target stood on a day: its value, where pace would have it, what is forecast."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="readings")
    day = models.DateField()
    value = models.FloatField(null=True)
    pace = models.FloatField(null=True)
    # The 80 % band of the value at the goal's end.
    low = models.FloatField(null=True)
    middle = models.FloatField(null=True)
    high = models.FloatField(null=True)
    status = models.CharField(max_length=11, choices=Target.Status)
    data_version = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "day"], name="target_read_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"target {self.target_id} on {self.day}"


class Strategy(models.Model):
    """A way to move goals. What it should move, and by how much, is said before it starts."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("strategy", "Planned")
        RUNNING = "running", pgettext_lazy("strategy", "Running")
        ENDED = "ended", pgettext_lazy("strategy", "Ended")
        DROPPED = "dropped", pgettext_lazy("strategy", "Dropped")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="strategies")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("how"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    status = models.CharField(max_length=7, choices=Status, default=Status.PLANNED)
    position = models.PositiveSmallIntegerField(default=0)
    # What it takes besides money, which the budget holds.
    planned_minutes = models.PositiveIntegerField(default=0)
    material = models.TextField(_("material"), blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "strategies"
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="strategy_has_days"),
        ]

    def __str__(self) -> str:
        return self.title


class StrategyEffect(models.Model):
    """What a strategy should do to a target, stated before it starts."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="effects")
    target = models.ForeignKey(Target, models.PROTECT, related_name="effects")
    # The change of the target's metric, in its unit; negative where lower is better.
    expected_change = models.FloatField()
    by = models.DateField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "target"], name="effect_stated_once"),
            models.CheckConstraint(condition=~Q(expected_change=0), name="effect_is_a_change"),
        ]

    def __str__(self) -> str:
        return f"{self.expected_change} on target {self.target_id}"
