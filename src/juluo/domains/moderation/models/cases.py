"""What was flagged, by whom, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.discussions.types import SPACE_MODEL

MEMBER = settings.AUTH_USER_MODEL


class Reason(models.TextChoices):
    """What is wrong with something."""

    SPAM = "spam", pgettext_lazy("reason of a flag", "Spam or advertising")
    INSULT = "insult", pgettext_lazy("reason of a flag", "Insult or harassment")
    HATE = "hate", pgettext_lazy("reason of a flag", "Hate against a group of people")
    SEXUAL = "sexual", pgettext_lazy("reason of a flag", "Sexual content")
    DANGER = "danger", pgettext_lazy("reason of a flag", "Danger to someone, self-harm")
    ILLEGAL = "illegal", pgettext_lazy("reason of a flag", "Against the law")
    COPYRIGHT = "copyright", pgettext_lazy("reason of a flag", "Someone else's work")
    PERSONAL = "personal", pgettext_lazy("reason of a flag", "Someone's personal data")
    OFF_TOPIC = "off_topic", pgettext_lazy("reason of a flag", "Does not belong here")
    OTHER = "other", pgettext_lazy("reason of a flag", "Something else")


class Case(models.Model):
    """Everything flagged about one thing until it is decided, with its text as it was then."""

    class Kind(models.TextChoices):
        POST = "post", _("Post")
        QUESTION = "question", _("Question")
        ANSWER = "answer", _("Answer")
        COMMENT = "comment", _("Comment")
        MESSAGE = "message", _("Chat message")
        PRIVATE = "private", _("Private message")
        PROFILE = "profile", _("Profile")

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "Open")
        DECIDED = "decided", pgettext_lazy("case", "Decided")
        OBJECTED = "objected", pgettext_lazy("case", "The author objects")
        CLOSED = "closed", pgettext_lazy("case", "Decided twice")
        WITHDRAWN = "withdrawn", pgettext_lazy("case", "Decision withdrawn")

    # ``post:12``, ``private:3``, ``member:5``.
    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    author = models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey(SPACE_MODEL, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=8, default="markdown")
    # Of private messages what was said before: [{"name", "body", "at"}], with consent.
    context = models.JSONField(default=list, blank=True)
    opened_at = models.DateTimeField()
    # Whose hands it is in, and until when.
    taken_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
    taken_until = models.DateTimeField(null=True)
    # Several flags took it away before anybody looked.
    first_aid_at = models.DateTimeField(null=True)
    # It is away because of this case.
    is_away = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=Q(status="open"), name="one_open_case"
            ),
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_until=None)
                | Q(taken_by__isnull=False, taken_until__isnull=False),
                name="taken_until_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "opened_at", "id"], name="case_oldest_first"),
            models.Index(fields=["subject"], name="case_of_subject"),
            models.Index(fields=["author"], name="case_of_author"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Flag(models.Model):
    """One member's flag. Whom it is about never learns whose it was."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="flags")
    member = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=9, choices=Reason)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="flagged_once"),
        ]

    def __str__(self) -> str:
        return f"flag {self.pk}"


class Decision(models.Model):
    """What was decided about a case, by whom, and why."""

    class Act(models.TextChoices):
        DISMISS = "dismiss", pgettext_lazy("decision", "Leave it standing")
        HIDE = "hide", pgettext_lazy("decision", "Hide it until decided otherwise")
        REMOVE = "remove", pgettext_lazy("decision", "Remove it")
        WARN = "warn", pgettext_lazy("decision", "Warn the author")
        SUSPEND = "suspend", pgettext_lazy("decision", "Suspend the author")

    case = models.OneToOneField(Case, models.PROTECT, related_name="decision")
    acts = models.JSONField()
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    # Told to the author.
    words = models.CharField(max_length=1000, blank=True)
    # The version of the guidelines that stood beside it.
    guidelines = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="decision_newest")]

    def __str__(self) -> str:
        return f"decision about case {self.case_id}"


class Objection(models.Model):
    """What the author says against a decision, once; another moderator decides."""

    class Outcome(models.TextChoices):
        WAITS = "waits", pgettext_lazy("objection", "Waits")
        UPHELD = "upheld", pgettext_lazy("objection", "The decision stands")
        OVERTURNED = "overturned", pgettext_lazy("objection", "The decision was withdrawn")

    case = models.OneToOneField(Case, models.PROTECT, related_name="objection")
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITS)
    decided_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"objection to case {self.case_id}"


class Sanction(models.Model):
    """A warning, or a suspension for a time or for good (``until`` is absent)."""

    class Kind(models.TextChoices):
        WARNING = "warning", pgettext_lazy("sanction", "Warning")
        SUSPENSION = "suspension", pgettext_lazy("sanction", "Suspension")

    case = models.ForeignKey(Case, models.PROTECT, related_name="sanctions")
    member = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    # Over, taken back, or ended by hand.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="sanctioned_once"),
        ]
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(ended_at=None, kind="suspension"),
                name="suspension_that_ends",
            ),
            models.Index(fields=["member", "kind"], name="sanction_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id}"


class FirstAid(models.Model):
    """How many flags hide something until somebody has looked; there is one row at most."""

    # 0: flags alone never hide anything.
    hide_after = models.PositiveSmallIntegerField(default=3)
    # Flags of members who are here for fewer days do not count for it.
    days_old = models.PositiveSmallIntegerField(default=7)

    def __str__(self) -> str:
        return f"hide after {self.hide_after}"
