"""Where the money of a budget comes from."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.finance.models.budgets import Budget
from juluo.domains.finance.models.stating import StatedAmount


class FundingSource(StatedAmount):
    """One source of a budget's money, from the first idea to its closing."""

    class Kind(models.TextChoices):
        SUBSIDY = "subsidy", _("Government subsidy")
        INVESTMENT = "investment", _("Venture capital")
        CROWDFUNDING = "crowdfunding", _("Crowdfunding")
        LOAN = "loan", _("Loan")
        OWN = "own", _("Own funds")

    class Stage(models.TextChoices):
        IDEA = "idea", pgettext_lazy("funding source", "Idea")
        APPLIED = "applied", pgettext_lazy("funding source", "Applied for")
        AGREED = "agreed", pgettext_lazy("funding source", "Agreed")
        RECEIVING = "receiving", pgettext_lazy("funding source", "Receiving")
        CLOSED = "closed", pgettext_lazy("funding source", "Closed")
        REFUSED = "refused", pgettext_lazy("funding source", "Refused")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    giver = models.CharField(_("who gives it"), max_length=200, blank=True)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.IDEA)
    # How likely it is to come, in percent, for planning.
    probability = models.PositiveSmallIntegerField(default=50)
    conditions = models.TextField(_("conditions"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="source_is_an_amount"),
            models.CheckConstraint(condition=Q(probability__lte=100), name="source_is_a_chance"),
        ]

    def __str__(self) -> str:
        return self.title


class SourceChange(models.Model):
    """A step of a source, or another amount, with its reason. Triggers refuse change."""

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="changes")
    stage_before = models.CharField(max_length=9, choices=FundingSource.Stage)
    stage_after = models.CharField(max_length=9, choices=FundingSource.Stage)
    amount_before = models.BigIntegerField()
    amount_after = models.BigIntegerField()
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stage_before} to {self.stage_after} of source {self.source_id}"


class Tranche(models.Model):
    """A part of a source's money that is due on a day, and what came of it."""

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="tranches")
    due = models.DateField()
    amount = models.BigIntegerField()
    condition = models.CharField(max_length=200, blank=True)
    received_on = models.DateField(null=True, blank=True)
    received_amount = models.BigIntegerField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_is_an_amount"),
            models.CheckConstraint(
                condition=Q(received_on=None, received_amount=None)
                | Q(received_on__isnull=False, received_amount__gt=0),
                name="received_tranche_is_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"tranche of source {self.source_id} due {self.due}"


class Duty(models.Model):
    """What a source asks for in return: a report, a repayment."""

    class Kind(models.TextChoices):
        REPORT = "report", pgettext_lazy("duty", "Report")
        REPAYMENT = "repayment", pgettext_lazy("duty", "Repayment")
        OTHER = "other", pgettext_lazy("duty", "Other duty")

    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=9, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    due = models.DateField()
    # What is repaid, of a repayment.
    amount = models.BigIntegerField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due", "id"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="repayment", amount__gt=0)
                | (~Q(kind="repayment") & Q(amount=None)),
                name="only_repayments_have_an_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.title
