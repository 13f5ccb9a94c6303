"""Money: the books, budgets, what draws on them, financing and revenue."""

from juluo.domains.finance.models.books import ApprovalRule, Books, Category, Stream
from juluo.domains.finance.models.budgets import (
    Budget,
    BudgetLine,
    BudgetVersion,
    Indicator,
    LimitLift,
    LineChange,
    VersionLine,
)
from juluo.domains.finance.models.drawing import Approval, Commitment, Expense, Receipt
from juluo.domains.finance.models.financing import Duty, FundingSource, SourceChange, Tranche
from juluo.domains.finance.models.ledger import Account, Leg, Posting
from juluo.domains.finance.models.revenue import RevenueEntry

__all__ = [
    "Account",
    "Approval",
    "ApprovalRule",
    "Books",
    "Budget",
    "BudgetLine",
    "BudgetVersion",
    "Category",
    "Commitment",
    "Duty",
    "Expense",
    "FundingSource",
    "Indicator",
    "Leg",
    "LimitLift",
    "LineChange",
    "Posting",
    "Receipt",
    "RevenueEntry",
    "SourceChange",
    "Stream",
    "Tranche",
    "VersionLine",
]
