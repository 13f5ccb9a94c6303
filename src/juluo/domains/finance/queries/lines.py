"""Budget lines with what was drawn from them, and where they will end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from juluo.domains.finance.models import Account, BudgetLine, VersionLine
from juluo.domains.finance.rules.forecasting import Forecast, Remaining, forecast, remaining
from juluo.domains.finance.types import Amount
from juluo.domains.planning.queries.outline import WorkLeft, work_left

Kind = Account.Kind
_COUNTED = (Kind.DRAFTED, Kind.AVAILABLE, Kind.COMMITTED, Kind.OWED, Kind.SPENT)


@dataclass(frozen=True, kw_only=True)
class LineRow:
    """One budget line: planned, approved, drawn, expected in the end.

    ``planned`` is the working version's amount, ``approved`` the limit. ``spent`` is what was
    approved or paid; ``free`` may be below zero where the limit was lifted or does not hold.
    """

    id: int
    budget_id: int
    budget_title: str
    title: str
    category_id: int
    category: str
    owner_id: int
    owner: str
    strategy: str
    task: str
    strategy_id: int | None
    task_id: int | None
    month: date | None
    planned: Amount
    approved: Amount
    committed: Amount
    owed: Amount
    paid: Amount
    free: Amount
    forecast: Forecast
    left: Remaining
    warn_at: int
    stops: bool
    is_approved: bool
    is_removed: bool

    @property
    def spent(self) -> Amount:
        """What was approved to be spent, paid or not."""
        return self.owed + self.paid

    @property
    def used(self) -> Amount:
        """What was drawn: spent and promised."""
        return self.spent + self.committed

    @property
    def expected(self) -> Amount:
        """What the line is expected to have cost in the end."""
        return Amount(self.forecast.total, self.planned.currency)

    @property
    def rest(self) -> Amount:
        """What is expected besides what is spent and promised."""
        return Amount(self.forecast.rest, self.planned.currency)

    @property
    def over(self) -> Amount:
        """By how much it is expected to cost more than its limit; negative: less."""
        return Amount(self.forecast.over, self.planned.currency)

    @property
    def used_percent(self) -> int | None:
        """How much of the limit was drawn, in percent rounded down; None without a limit."""
        if not self.approved:
            return None
        return self.used.amount * 100 // self.approved.amount

    @property
    def level(self) -> str:
        """``open`` (not approved yet), ``fine``, ``near``, ``full`` or ``over``."""
        percent = self.used_percent
        if percent is None:
            return "over" if self.used else "open"
        if self.used.amount > self.approved.amount:
            return "over"
        return "full" if percent >= 100 else "near" if percent >= self.warn_at else "fine"


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What lines come to together."""

    planned: Amount
    approved: Amount
    committed: Amount
    spent: Amount
    paid: Amount
    free: Amount
    rest: Amount
    expected: Amount

    @property
    def over(self) -> Amount:
        """By how much they are expected to cost more than approved; negative: less."""
        return self.expected - self.approved

    @property
    def used_percent(self) -> int | None:
        """How much of the limits was drawn, in percent rounded down."""
        if not self.approved:
            return None
        return (self.committed + self.spent).amount * 100 // self.approved.amount


@dataclass(frozen=True, kw_only=True)
class CategoryTotals:
    """What the lines of one category come to."""

    category: str
    totals: Totals


def lines_of(budget_ids: Iterable[int] | None, *, today: date) -> list[LineRow]:
    """Return the lines of these budgets (None: all), with forecasts. Three queries at most."""
    rows = _rows().filter(Q(removed_at=None) | Q(is_frozen=True))
    if budget_ids is not None:
        rows = rows.filter(budget__in=budget_ids)
    return _told(list(rows), today)


def line(line_id: int, *, today: date) -> LineRow | None:
    """Return one line; None if there is none."""
    return next(iter(_told(list(_rows().filter(pk=line_id)), today)), None)


def _rows() -> QuerySet[BudgetLine]:
    balances = {
        f"in_{kind}": Coalesce(Sum("accounts__balance", filter=Q(accounts__kind=kind)), Value(0))
        for kind in _COUNTED
    }
    frozen = VersionLine.objects.filter(line=OuterRef("pk"))
    return (
        BudgetLine.objects.select_related("budget", "category", "owner", "strategy", "task")
        .annotate(is_frozen=Exists(frozen), **balances)
        .order_by("budget_id", "category__position", "month", "pk")
    )


def _told(rows: list[BudgetLine], today: date) -> list[LineRow]:
    work = work_left(
        task_ids=[row.task_id for row in rows if row.task_id],
        strategy_ids=[row.strategy_id for row in rows if row.strategy_id],
    )
    return [_row(row, work, today) for row in rows]


def _row(row: Any, work: dict[str, WorkLeft], today: date) -> LineRow:
    currency = row.budget.currency
    drafted, free, committed, owed, paid = (getattr(row, f"in_{kind}") for kind in _COUNTED)
    approved = free + committed + owed + paid
    left = _left(row, work, today)
    # Before its first approval a line is judged by what is planned.
    amount = approved if row.is_frozen else row.amount
    return LineRow(
        id=row.pk,
        budget_id=row.budget_id,
        budget_title=row.budget.title,
        title=row.title,
        category_id=row.category_id,
        category=row.category.label,
        owner_id=row.owner_id,
        owner=row.owner.display_name,
        strategy=row.strategy.title if row.strategy else "",
        task=row.task.title if row.task else "",
        strategy_id=row.strategy_id,
        task_id=row.task_id,
        month=row.month,
        planned=Amount(approved + drafted, currency),
        approved=Amount(approved, currency),
        committed=Amount(committed, currency),
        owed=Amount(owed, currency),
        paid=Amount(paid, currency),
        free=Amount(free, currency),
        forecast=forecast(amount=amount, spent=owed + paid, committed=committed, left=left),
        left=left,
        warn_at=row.warn_at,
        stops=row.stops,
        is_approved=row.is_frozen,
        is_removed=row.removed_at is not None,
    )


def _left(row: BudgetLine, work: dict[str, WorkLeft], today: date) -> Remaining:
    found = work.get(f"task:{row.task_id}") or work.get(f"strategy:{row.strategy_id}")
    return remaining(
        start=row.budget.start,
        end=row.budget.end,
        month=row.month,
        today=today,
        work=(found.open, found.all) if found else None,
    )


def totals(rows: Sequence[LineRow], *, currency: str) -> Totals:
    """Return what lines come to together."""

    def sum_of(name: str) -> Amount:
        return Amount(sum(getattr(row, name).amount for row in rows), currency)

    names = ("planned", "approved", "committed", "spent", "paid", "free", "rest", "expected")
    return Totals(**{name: sum_of(name) for name in names})


def by_category(rows: Sequence[LineRow], *, currency: str) -> list[CategoryTotals]:
    """Return what the lines of each category come to, in the lines' order of categories."""
    groups: dict[int, list[LineRow]] = {}
    for row in rows:
        groups.setdefault(row.category_id, []).append(row)
    return [
        CategoryTotals(category=group[0].category, totals=totals(group, currency=currency))
        for group in groups.values()
    ]


def share_left_percent(left: Remaining) -> int:
    """Return the share of the plan still to come in whole percent."""
    return round(left.share * Fraction(100))
