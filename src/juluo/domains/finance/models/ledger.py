"""Double entry: accounts, postings that sum to zero, and their legs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from juluo.domains.finance.models.books import Stream
from juluo.domains.finance.models.budgets import Budget, BudgetLine
from juluo.domains.finance.models.financing import FundingSource


class Account(models.Model):
    """A place where money is counted. Its balance never passes below its floor.

    The plan's accounts say what a budget's money is for and where it comes from; those of cash
    what came in and went out. Each of the two always sums to zero.
    """

    class Kind(models.TextChoices):
        # Plan: a line's planned money that nobody approved yet, and the four places of what was.
        DRAFTED = "drafted"
        AVAILABLE = "available"
        COMMITTED = "committed"
        OWED = "owed"
        SPENT = "spent"
        # Plan: where it comes from, below zero; what no source covers is the gap.
        PLEDGED = "pledged"
        GAP = "gap"
        # Cash.
        CASH = "cash"
        RECEIVABLE = "receivable"
        PAID_OUT = "paid_out"
        RECEIVED = "received"
        EARNED = "earned"
        DIFFERENCE = "difference"

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.ForeignKey(
        BudgetLine, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    budget = models.ForeignKey(
        Budget, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    stream = models.ForeignKey(
        Stream, models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    balance = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(floor=None) | Q(balance__gte=F("floor")),
                name="account_keeps_above_floor",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """Money moved, and what moved it. Triggers refuse update and delete."""

    # Each cause moves money once: "expense:5:approved".
    cause = models.CharField(max_length=80, unique=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.cause


class Leg(models.Model):
    """What a posting did to one account. Triggers refuse update and delete."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="legs")
    account = models.ForeignKey(Account, models.PROTECT, related_name="legs")
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "account"], name="account_once_in_posting"),
            models.CheckConstraint(condition=~Q(amount=0), name="leg_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on account {self.account_id}"
