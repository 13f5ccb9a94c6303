"""Who does what by when: phases, milestones and tasks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning.models.goals import Strategy
from juluo.domains.planning.models.plans import Plan


class Phase(models.Model):
    """A stretch of a plan with a gate at each end."""

    class Kind(models.TextChoices):
        PREPARATION = "preparation", _("Preparation")
        LAUNCH = "launch", _("Launch")
        EXECUTION = "execution", _("Execution")
        MONITORING = "monitoring", _("Monitoring")
        CLOSING = "closing", _("Closing")

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("phase", "Waiting")
        OPEN = "open", pgettext_lazy("phase", "Under way")
        ACCEPTED = "accepted", pgettext_lazy("phase", "Accepted")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="phases")
    kind = models.CharField(max_length=11, choices=Kind)
    start = models.DateField()
    end = models.DateField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="phase_has_days"),
            models.UniqueConstraint(fields=["plan", "kind"], name="phase_once_in_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of plan {self.plan_id}"


class Milestone(models.Model):
    """A day by which something must stand."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="milestones")
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField()
    reached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.title


class Task(models.Model):
    """A piece of work with an owner and a day; it may belong to a plan or stand alone."""

    class Status(models.TextChoices):
        TO_DO = "todo", pgettext_lazy("task", "To do")
        DOING = "doing", pgettext_lazy("task", "Doing")
        DONE = "done", pgettext_lazy("task", "Done")
        DROPPED = "dropped", pgettext_lazy("task", "Dropped")

    class KindOfWork(models.TextChoices):
        COMMUNITY = "community", pgettext_lazy("work", "Community building")
        CONTENT = "content", pgettext_lazy("work", "Content")
        MEMBERS = "members", pgettext_lazy("work", "Member care")
        INTERACTION = "interaction", pgettext_lazy("work", "Interaction and marketing")
        SERVICE = "service", pgettext_lazy("work", "Member service")

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="tasks")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("title"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Local days, both included; work with no start begins whenever its owner likes.
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    planned_minutes = models.PositiveIntegerField(default=0)
    # Empty: nobody has told, and nothing is guessed.
    kind_of_work = models.CharField(
        max_length=11, choices=KindOfWork, blank=True, default="", db_default=""
    )
    status = models.CharField(max_length=7, choices=Status, default=Status.TO_DO)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    # What closed it, where that was no person: the reference of the real object ("post:12").
    closed_by_ref = models.CharField(max_length=60, blank=True)
    # Made once by its cause ("risk:3:response:5"), however often that is told.
    origin = models.CharField(max_length=80, null=True, blank=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None) | Q(due=None) | Q(due__gte=F("start")),
                name="task_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(status="done"), name="only_done_tasks_have_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "due"], name="task_of_owner"),
            models.Index(fields=["status", "due"], name="task_by_due"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskDependency(models.Model):
    """One task waits for another."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="needs")
    needs = models.ForeignKey(Task, models.PROTECT, related_name="needed_by")

    class Meta:
        verbose_name_plural = "task dependencies"
        constraints = [
            models.UniqueConstraint(fields=["task", "needs"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(task=F("needs")), name="no_task_needs_itself"),
        ]

    def __str__(self) -> str:
        return f"task {self.task_id} needs {self.needs_id}"


class TaskLink(models.Model):
    """The real object a task is about; when that is done, so is the task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="links")
    # The kind of link (queries/links.py) and what it points at: a reference such as "post:12",
    # or where to look ("space:3") for what fits a rule (rules/links.py).
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=60)
    awaited = models.JSONField(default=dict, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ref"], condition=Q(closed_at=None), name="open_link_by_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
