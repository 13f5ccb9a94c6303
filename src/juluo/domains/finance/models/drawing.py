"""What draws on a budget line: commitments and expenses, with approvals and receipts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.finance.models.books import ApprovalRule, Category
from juluo.domains.finance.models.budgets import BudgetLine
from juluo.domains.finance.models.stating import StatedAmount


class Commitment(StatedAmount):
    """Money promised to someone (an order, a contract) before it is spent."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("commitment", "Open")
        SETTLED = "settled", pgettext_lazy("commitment", "Settled")
        CANCELLED = "cancelled", pgettext_lazy("commitment", "Cancelled")

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="commitments")
    title = models.CharField(_("title"), max_length=200)
    payee = models.CharField(_("payee"), max_length=200, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    # What is still promised: expenses take from it.
    remaining = models.BigIntegerField()
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_is_an_amount"),
            models.CheckConstraint(
                condition=Q(remaining__gte=0) & Q(remaining__lte=F("amount")),
                name="commitment_remains_within",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(remaining=0), name="closed_commitment_is_empty"
            ),
            models.UniqueConstraint(fields=["made_by", "form_key"], name="commitment_made_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Expense(StatedAmount):
    """Money that was spent: claimed, decided about by others, paid. A reversal takes one back."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", pgettext_lazy("expense", "Approved")
        REJECTED = "rejected", pgettext_lazy("expense", "Rejected")
        PAID = "paid", pgettext_lazy("expense", "Paid")
        CANCELLED = "cancelled", pgettext_lazy("expense", "Cancelled")

    title = models.CharField(_("what for"), max_length=200)
    category = models.ForeignKey(Category, models.PROTECT, related_name="expenses")
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="expenses"
    )
    # Whether it is the last one of its commitment, which releases the rest.
    closes_commitment = models.BooleanField(default=True)
    # What was taken from the commitment when it was approved.
    from_commitment = models.BigIntegerField(default=0)
    # A local day of the community.
    spent_on = models.DateField()
    payee = models.CharField(_("payee"), max_length=200)
    submitter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=9, choices=Status, default=Status.SUBMITTED)
    paid_at = models.DateTimeField(null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    payment_reference = models.CharField(max_length=100, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The paid expense that this one takes back, and why.
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    reason = models.TextField(blank=True)
    form_key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_is_an_amount"),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "paid"]) | Q(line__isnull=False),
                name="approved_expense_has_a_line",
            ),
            models.CheckConstraint(
                condition=Q(status="paid", paid_at__isnull=False)
                | (~Q(status="paid") & Q(paid_at=None)),
                name="paid_expense_has_a_moment",
            ),
            models.UniqueConstraint(fields=["submitter", "form_key"], name="expense_claimed_once"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(status__in=["submitted", "approved", "paid"]),
                name="expense_reversed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="expense_newest_first"),
            models.Index(fields=["status", "-submitted_at"], name="expense_by_status"),
            models.Index(fields=["submitter", "-submitted_at"], name="expense_of_submitter"),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(models.Model):
    """What one person decided about an expense. Triggers refuse update and delete."""

    class Decision(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("expense", "Approved")
        REJECTED = "rejected", pgettext_lazy("expense", "Rejected")

    expense = models.ForeignKey(Expense, models.PROTECT, related_name="approvals")
    decision = models.CharField(max_length=8, choices=Decision)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Kept here too, so that the database itself refuses who approves their own.
    submitter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_owner = models.BooleanField()
    rule = models.ForeignKey(
        ApprovalRule, models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expense", "approver"], name="approver_decides_once"),
            models.CheckConstraint(
                condition=~Q(approver=F("submitter")), name="approver_is_a_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} expense {self.expense_id}"


class Receipt(models.Model):
    """A file that shows an expense; its content lies in the home under a random name."""

    expense = models.ForeignKey(Expense, models.PROTECT, related_name="receipts")
    stored_as = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
