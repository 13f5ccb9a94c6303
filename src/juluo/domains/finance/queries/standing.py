"""Where budgets and their sources stood at a moment, from the ledger: nothing later is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from juluo.domains.finance.models import Account, Budget, Category, FundingSource, Leg
from juluo.domains.finance.types import Amount

Kind = Account.Kind
_LIMIT = (Kind.AVAILABLE, Kind.COMMITTED, Kind.OWED, Kind.SPENT)
_SPENT = (Kind.OWED, Kind.SPENT)


@dataclass(frozen=True, kw_only=True)
class BudgetOfWindow:
    """A budget with days in a window."""

    id: int
    title: str
    plan_id: int | None
    currency: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class CategoryStood:
    """The lines of one category at a window's end; ``spent_within`` is what the window added."""

    category_id: int
    category: str
    approved: Amount
    spent_within: Amount
    spent: Amount
    committed: Amount

    @property
    def free(self) -> Amount:
        """What was approved and neither spent nor promised."""
        return self.approved - self.spent - self.committed


@dataclass(frozen=True, kw_only=True)
class SourceStood:
    """What a source had agreed to give at a window's end, and gave."""

    title: str
    kind_label: str
    covers: Amount
    received_within: Amount
    received: Amount


def budgets_of_window(
    *, start: date, end: date, plan_ids: Collection[int] | None = None
) -> list[BudgetOfWindow]:
    """Return budgets with days in ``[start, end)``: of these plans, or all. One query.

    A budget belongs to one plan, and a line to one budget: sums over a plan and those below it
    hold each line once.
    """
    rows = Budget.objects.filter(start__lt=end, end__gt=start)
    if plan_ids is not None:
        rows = rows.filter(plan__in=plan_ids)
    return [
        BudgetOfWindow(
            id=row.pk,
            title=row.title,
            plan_id=row.plan_id,
            currency=row.currency,
            first=row.start,
            last=row.end - timedelta(days=1),
        )
        for row in rows.order_by("currency", "start", "pk")
    ]


def categories_stood(
    budget_ids: Collection[int], *, currency: str, start: datetime, end: datetime
) -> list[CategoryStood]:
    """Return the lines of these budgets by category as of a moment. Two queries."""
    legs = Leg.objects.filter(account__line__budget__in=budget_ids, posting__at__lt=end)
    sums = {
        "approved": Coalesce(Sum("amount", filter=Q(account__kind__in=_LIMIT)), 0),
        "spent": Coalesce(Sum("amount", filter=Q(account__kind__in=_SPENT)), 0),
        "committed": Coalesce(Sum("amount", filter=Q(account__kind=Kind.COMMITTED)), 0),
        "within": Coalesce(
            Sum("amount", filter=Q(account__kind__in=_SPENT, posting__at__gte=start)), 0
        ),
    }
    rows: Any = legs.values("account__line__category").annotate(**sums)
    found = {row["account__line__category"]: row for row in rows}
    return [
        CategoryStood(
            category_id=each.pk,
            category=each.label,
            approved=Amount(found[each.pk]["approved"], currency),
            spent_within=Amount(found[each.pk]["within"], currency),
            spent=Amount(found[each.pk]["spent"], currency),
            committed=Amount(found[each.pk]["committed"], currency),
        )
        for each in Category.objects.filter(pk__in=found)
        if any(found[each.pk][name] for name in sums)
    ]


def sources_stood(
    budget_ids: Collection[int], *, currency: str, start: datetime, end: datetime
) -> list[SourceStood]:
    """Return what sources of these budgets covered and gave, as of a moment. Two queries."""
    legs = Leg.objects.filter(account__source__budget__in=budget_ids, posting__at__lt=end)
    received = Q(account__kind=Kind.RECEIVED)
    sums = legs.values_list("account__source").annotate(
        covers=Coalesce(Sum("amount", filter=Q(account__kind=Kind.PLEDGED)), 0),
        received=Coalesce(Sum("amount", filter=received), 0),
        within=Coalesce(Sum("amount", filter=received & Q(posting__at__gte=start)), 0),
    )
    found = {source_id: amounts for source_id, *amounts in sums.order_by("account__source")}
    rows = FundingSource.objects.filter(pk__in=found).order_by("budget_id", "-amount", "pk")
    return [
        SourceStood(
            title=row.title,
            kind_label=row.get_kind_display(),
            covers=Amount(-found[row.pk][0], currency),
            received=Amount(-found[row.pk][1], currency),
            received_within=Amount(-found[row.pk][2], currency),
        )
        for row in rows
    ]
