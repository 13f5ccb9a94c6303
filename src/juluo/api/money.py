"""Money over HTTP: budgets with their lines, sources and uses.

Amounts are whole numbers of the currency's smallest unit.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from juluo.api.authentication import allow
from juluo.domains.finance import permissions, queries
from juluo.domains.insights.queries import local_today

router = Router(tags=["money"])


class MoneyOut(Schema):
    """An amount."""

    amount: int = Field(description="In the smallest unit: 123450 is 1234.50 of a yuan.")
    currency: str
    plain: str = Field(description="The same as a number: 1234.50.")


class BudgetOut(Schema):
    """A budget in a list; ``version`` is that of its last approval, 0 before the first."""

    id: int
    title: str
    plan_id: int | None
    start: date
    last: date
    currency: str
    owner_id: int
    status: str
    version: int


class LineOut(Schema):
    """A line; ``approved`` is its limit, ``expected`` what it will have cost in the end."""

    id: int
    title: str
    category_id: int
    category: str
    owner_id: int
    strategy_id: int | None
    task_id: int | None
    month: date | None
    planned: MoneyOut
    approved: MoneyOut
    committed: MoneyOut
    spent: MoneyOut
    paid: MoneyOut
    free: MoneyOut
    expected: MoneyOut
    over: MoneyOut
    level: str
    stops: bool
    is_approved: bool
    is_removed: bool


class TotalsOut(Schema):
    """What the lines come to together."""

    planned: MoneyOut
    approved: MoneyOut
    committed: MoneyOut
    spent: MoneyOut
    paid: MoneyOut
    free: MoneyOut
    expected: MoneyOut
    over: MoneyOut


class BudgetDetail(BudgetOut):
    """A budget with its lines."""

    lines: list[LineOut]
    totals: TotalsOut


class SourceOut(Schema):
    """Where money comes from."""

    id: int
    kind: str
    title: str
    giver: str
    stage: str
    amount: MoneyOut
    probability: int
    covered: MoneyOut
    received: MoneyOut
    expected: MoneyOut
    owner_id: int


class SourcesAndUsesOut(Schema):
    """Both sides of a budget; they are the same, because the gap is one of the sources."""

    sources: list[SourceOut]
    covered: MoneyOut
    gap: MoneyOut
    total_sources: MoneyOut
    drafted: MoneyOut
    free: MoneyOut
    committed: MoneyOut
    spent: MoneyOut
    uses: MoneyOut
    expected: MoneyOut


@router.get("/budgets/", response=list[BudgetOut], summary="List the budgets")
def budgets(request: HttpRequest) -> Any:
    """Return the budgets, newest first."""
    allow(request, permissions.can_see_money)
    return queries.budgets()


@router.get("/budgets/{int:budget_id}/", response=BudgetDetail, summary="Read a budget")
def budget(request: HttpRequest, budget_id: int) -> Any:
    """Return a budget with its lines: limits, what is committed, spent and expected."""
    allow(request, permissions.can_see_money)
    row = _budget(budget_id)
    lines = queries.lines_of([budget_id], today=local_today(now=timezone.now()))
    totals = queries.totals(lines, currency=row.currency)
    return {**vars(row), "last": row.last, "lines": lines, "totals": totals}


def _budget(budget_id: int) -> queries.BudgetRow:
    row = queries.budget(budget_id)
    if row is None:
        raise Http404
    return row


@router.get(
    "/budgets/{int:budget_id}/sources-and-uses/",
    response=SourcesAndUsesOut,
    summary="Read where a budget's money comes from and goes to",
)
def sources_and_uses(request: HttpRequest, budget_id: int) -> Any:
    """Return a budget's sources and uses, from the ledger."""
    allow(request, permissions.can_see_money)
    return queries.sources_and_uses([_budget(budget_id).id])
