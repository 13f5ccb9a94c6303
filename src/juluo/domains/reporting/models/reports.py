"""Reports, their contents as they were composed, and the files made of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Report(models.Model):
    """One report on a stretch of days: a draft until it is signed off and issued."""

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("Weekly report")
        MONTHLY = "monthly", _("Monthly report")
        QUARTERLY = "quarterly", _("Quarterly report")
        HALF_YEAR = "half_year", _("Half-year report")
        ANNUAL = "annual", _("Annual report")
        WINDOW = "window", _("Report on days of your choice")
        ACTIVITY = "activity", _("Activity report")
        WORK = "work", _("Work-output report")

    class Status(models.TextChoices):
        MAKING = "making", _("Being made")
        FAILED = "failed", _("Failed")
        DRAFT = "draft", pgettext_lazy("report", "Draft")
        SUBMITTED = "submitted", _("Waiting for sign-off")
        SIGNED = "signed", _("Signed off")
        ISSUED = "issued", pgettext_lazy("report", "Issued")
        DROPPED = "dropped", pgettext_lazy("report", "Discarded")

    kind = models.CharField(max_length=9, choices=Kind, default=Kind.WINDOW)
    # Local days; the end is the first one not covered.
    start = models.DateField()
    end = models.DateField()
    # What goals, work and money are narrowed to; an activity's report is on its plan.
    plan = models.ForeignKey(
        "planning.Plan", models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_money = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.MAKING)
    # 1 for the first report on a cycle; a correction is the next edition and replaces it.
    edition = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    schedule = models.ForeignKey(
        "ReportSchedule", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    # What an owner said when signing it off or sending it back.
    decision_note = models.CharField(max_length=500, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="report_has_days"),
            models.UniqueConstraint(
                fields=["schedule", "start", "end"],
                condition=Q(schedule__isnull=False) & ~Q(status="dropped"),
                name="scheduled_report_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="report_newest_first"),
            models.Index(fields=["status", "-end"], name="report_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} report {self.start} to {self.end}"

    @property
    def is_open(self) -> bool:
        """Whether its words and figures can still change."""
        return self.status in {self.Status.MAKING, self.Status.FAILED, self.Status.DRAFT}

    @property
    def is_frozen(self) -> bool:
        """Whether what it says was frozen to be signed off."""
        return self.status in {self.Status.SUBMITTED, self.Status.SIGNED, self.Status.ISSUED}


class Revision(models.Model):
    """A report's content as it was composed at a moment; never changed afterwards.

    ``documents`` holds the document by language (``zh``, ``en``) as plain values and no names of
    people. ``found`` holds what was found, free of language: ``findings``, and the ``outcomes`` of
    older promises. ``evidence`` holds by language the keys of the kept answers, in the order of
    the appendix. The last one holds the notes and is what is signed.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    is_final = models.BooleanField(default=False)
    documents = models.JSONField()
    found = models.JSONField(default=dict)
    evidence = models.JSONField(default=dict)
    # The SHA-256 of the documents: two revisions with one digest say the same.
    digest = models.CharField(max_length=64)
    data_version = models.CharField(max_length=80)
    # The language model that chose some words; "" where none did.
    worded_by = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="revision_once_in_report"),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of report {self.report_id}"


class ReportFile(models.Model):
    """A report as a file of one language and format, made in the background."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        PPTX = "pptx", "PowerPoint"
        PDF = "pdf", "PDF"
        HTML = "html", "HTML"

    class Language(models.TextChoices):
        CHINESE = "zh", "中文"
        ENGLISH = "en", "English"

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    # What it was made of: a draft's file grows old, an issued report's never.
    revision = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    format = models.CharField(max_length=4, choices=Format)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "revision", "language", "format"], name="file_once_of_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.report_id} as {self.format} in {self.language}"

    @property
    def stored_as(self) -> str:
        """The file's name in the folder of reports."""
        return f"{self.pk}.{self.format}"


class ReportCheck(models.Model):
    """What an issued report's figures are today: asked once for each state of the data.

    ``changed`` holds, for each answer that differs, its evidence's number, key and reasons.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="checks")
    data_version = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    changed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "data_version"], name="checked_once"),
        ]

    def __str__(self) -> str:
        return f"report {self.report_id} held against {self.data_version}"
