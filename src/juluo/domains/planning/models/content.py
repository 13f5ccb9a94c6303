"""What should be published when: lines of the content plan, and their slots."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.discussions.types import SPACE_MODEL
from juluo.domains.planning.models.plans import Plan
from juluo.domains.planning.models.schedule import Task
from juluo.domains.planning.rules.content import Rhythm


class ContentLine(models.Model):
    """A theme in one format, in one space, by one author, again and again."""

    class Format(models.TextChoices):
        POST = "post", pgettext_lazy("format", "Post")
        QUESTION = "question", pgettext_lazy("format", "Question")
        # Announcements, videos and the like: closed by any post until they have their own events.
        ANNOUNCEMENT = "announcement", pgettext_lazy("format", "Announcement")
        VIDEO = "video", pgettext_lazy("format", "Video")
        OTHER = "other", pgettext_lazy("format", "Other")

    RHYTHMS = (
        (Rhythm.ONCE.value, _("Once")),
        (Rhythm.WEEKS.value, _("Every so many weeks")),
        (Rhythm.MONTHS.value, _("Every so many months")),
    )

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="content_lines")
    theme = models.CharField(_("theme"), max_length=150)
    format = models.CharField(max_length=12, choices=Format, default=Format.POST)
    space = models.ForeignKey(SPACE_MODEL, models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Words that the title of what fills a slot holds; none: any title will do.
    title_words = models.JSONField(default=list, blank=True)
    # Whether only something by the author fills a slot.
    only_author = models.BooleanField(default=False)
    rhythm = models.CharField(max_length=6, choices=RHYTHMS)
    every = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField(default=0)
    nth = models.PositiveSmallIntegerField(default=1)
    start = models.DateField()
    planned_minutes = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(every__gt=0), name="content_line_moves_on"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="content_line_weekday"),
        ]

    def __str__(self) -> str:
        return self.theme


class ContentSlot(models.Model):
    """One day of a line; its task carries owner, day and state."""

    line = models.ForeignKey(ContentLine, models.PROTECT, related_name="slots")
    task = models.OneToOneField(Task, models.PROTECT, related_name="slot")
    day = models.DateField()
    # What filled it: one publication fills one slot.
    published_ref = models.CharField(max_length=60, null=True, blank=True, unique=True)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "day"], name="slot_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"line {self.line_id} on {self.day}"
