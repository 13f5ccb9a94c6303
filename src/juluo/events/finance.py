"""What can happen to money. Amounts stay out of the log: it feeds pages of all staff."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class BudgetMade(Event):
    """A budget was begun, for a plan or for the community."""

    name: ClassVar[str] = "finance.budget_made"
    budget_id: int
    plan_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class BudgetLineAdded(Event):
    """A line was added to a budget's working version."""

    name: ClassVar[str] = "finance.budget_line_added"
    budget_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetLineChanged(Event):
    """A line of a budget's working version was changed."""

    name: ClassVar[str] = "finance.budget_line_changed"
    budget_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetLineRemoved(Event):
    """A line was taken out of a budget's working version."""

    name: ClassVar[str] = "finance.budget_line_removed"
    budget_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetApprovalAsked(Event):
    """An owner was asked to approve a budget."""

    name: ClassVar[str] = "finance.budget_approval_asked"
    budget_id: int


@dataclass(frozen=True, kw_only=True)
class BudgetApproved(Event):
    """An owner approved a budget: its lines have new limits."""

    name: ClassVar[str] = "finance.budget_approved"
    budget_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class LimitLifted(Event):
    """An owner let a line go over its limit."""

    name: ClassVar[str] = "finance.limit_lifted"
    line_id: int


@dataclass(frozen=True, kw_only=True)
class LimitNeared(Event):
    """A line passed the share of its limit at which its owner is warned."""

    name: ClassVar[str] = "finance.limit_neared"
    line_id: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class LimitHeld(Event):
    """Something would have taken a line over its limit, and was refused."""

    name: ClassVar[str] = "finance.limit_held"
    line_id: int


@dataclass(frozen=True, kw_only=True)
class MoneyCommitted(Event):
    """Money of a line was promised to someone."""

    name: ClassVar[str] = "finance.money_committed"
    commitment_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class CommitmentCancelled(Event):
    """A promise was called off; what remained of it went back to its line."""

    name: ClassVar[str] = "finance.commitment_cancelled"
    commitment_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class ExpenseClaimed(Event):
    """An expense was handed in."""

    name: ClassVar[str] = "finance.expense_claimed"
    expense_id: int
    reverses_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ExpenseEndorsed(Event):
    """One of the people who must approve an expense did."""

    name: ClassVar[str] = "finance.expense_endorsed"
    expense_id: int


@dataclass(frozen=True, kw_only=True)
class ExpenseApproved(Event):
    """Everyone who must approve an expense has."""

    name: ClassVar[str] = "finance.expense_approved"
    expense_id: int
    line_id: int


@dataclass(frozen=True, kw_only=True)
class ExpenseRejected(Event):
    """An expense was refused."""

    name: ClassVar[str] = "finance.expense_rejected"
    expense_id: int


@dataclass(frozen=True, kw_only=True)
class ExpensePaid(Event):
    """An approved expense was paid, or a reversal's money came back."""

    name: ClassVar[str] = "finance.expense_paid"
    expense_id: int


@dataclass(frozen=True, kw_only=True)
class ExpenseCancelled(Event):
    """An expense was called off before it was paid."""

    name: ClassVar[str] = "finance.expense_cancelled"
    expense_id: int


@dataclass(frozen=True, kw_only=True)
class ReceiptAdded(Event):
    """A receipt was laid with an expense."""

    name: ClassVar[str] = "finance.receipt_added"
    expense_id: int
    receipt_id: int


@dataclass(frozen=True, kw_only=True)
class SourceAdded(Event):
    """A source of financing was written down."""

    name: ClassVar[str] = "finance.source_added"
    source_id: int
    budget_id: int


@dataclass(frozen=True, kw_only=True)
class SourceChanged(Event):
    """A source of financing was changed."""

    name: ClassVar[str] = "finance.source_changed"
    source_id: int


@dataclass(frozen=True, kw_only=True)
class SourceMoved(Event):
    """A source of financing reached another stage."""

    name: ClassVar[str] = "finance.source_moved"
    source_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class TrancheReceived(Event):
    """A part of a source's money came in."""

    name: ClassVar[str] = "finance.tranche_received"
    source_id: int
    tranche_id: int


@dataclass(frozen=True, kw_only=True)
class DutyDone(Event):
    """What a source asks for in return was done."""

    name: ClassVar[str] = "finance.duty_done"
    source_id: int
    duty_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class RevenueRecorded(Event):
    """Revenue was recorded."""

    name: ClassVar[str] = "finance.revenue_recorded"
    entry_id: int
    stream_id: int


@dataclass(frozen=True, kw_only=True)
class RevenueReconciled(Event):
    """Recorded revenue was compared with what came in."""

    name: ClassVar[str] = "finance.revenue_reconciled"
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class RevenueVoided(Event):
    """A wrong entry of revenue was taken out."""

    name: ClassVar[str] = "finance.revenue_voided"
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class ListChanged(Event):
    """An entry of the categories or streams was added, renamed, moved, retired or brought back."""

    name: ClassVar[str] = "finance.list_changed"
    list: str
    entry_id: int
    change: str


@dataclass(frozen=True, kw_only=True)
class ApprovalRulesSet(Event):
    """Who must approve what was set anew."""

    name: ClassVar[str] = "finance.approval_rules_set"
    rule_id: int


@dataclass(frozen=True, kw_only=True)
class BooksCurrencyChosen(Event):
    """The currency of the books was chosen."""

    name: ClassVar[str] = "finance.books_currency_chosen"
    currency: str


@dataclass(frozen=True, kw_only=True)
class IndicatorStated(Event):
    """A metric was stated as a benefit of a budget, or no longer."""

    name: ClassVar[str] = "finance.indicator_stated"
    budget_id: int
    metric: str
    stated: bool
