"""How the money stands, on one page."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from juluo.domains.finance import permissions, queries
from juluo.domains.finance.queries import BudgetRow, LineRow
from juluo.domains.finance.views.charts import category_chart
from juluo.domains.finance.views.files import csv_of, wants_file
from juluo.domains.insights.queries import local_today
from juluo.domains.planning.queries.outline import plan_outlines
from juluo.ui.access import requires

WAITING = 5


@require_safe
@requires(permissions.can_see_money)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the budgets that run: planned, drawn, expected, and where the money comes from."""
    today = local_today(now=timezone.now())
    every = queries.budgets()
    shown = [each for each in every if each.runs(today)] or every
    lines = queries.lines_of([each.id for each in shown], today=today)
    if wants_file(request):
        return csv_of(request, "budget-lines", _line_head(), map(_line_cells, lines))
    context = {
        **_totals(lines),
        "budgets": [_with_totals(each, lines, today) for each in every],
        "shown": shown,
        "has_lines": bool(lines),
        "alarming": [row for row in lines if row.level in {"near", "full", "over"}],
        "waiting": queries.expenses(status="submitted", limit=WAITING).rows,
        "both_sides": queries.sources_and_uses([each.id for each in shown]),
        "revenue": queries.revenue_by_stream(
            start=date(today.year, 1, 1), end=date(today.year + 1, 1, 1)
        ),
        "year": today.year,
        "cash": queries.cash_position(),
        "plans_without": _plans_without(every),
        "may_change": permissions.can_change_budget(request.user),
        "today": today,
    }
    return render(request, "finance/overview.html", context)


def _totals(lines: list[LineRow]) -> dict[str, Any]:
    currency = queries.books_currency()
    groups = queries.by_category(lines, currency=currency)
    return {
        "totals": queries.totals(lines, currency=currency),
        "groups": groups,
        "chart": category_chart(groups),
    }


def _with_totals(row: BudgetRow, lines: list[LineRow], today: date) -> dict[str, Any]:
    own = [line for line in lines if line.budget_id == row.id]
    return {
        "row": row,
        "runs": row.runs(today),
        "totals": queries.totals(own, currency=row.currency) if own else None,
    }


def _plans_without(every: list[BudgetRow]) -> list[tuple[int, str]]:
    """Return the open plans that have no budget yet."""
    with_budget = {each.plan_id for each in every}
    return [
        (plan.id, plan.title)
        for plan in plan_outlines()
        if plan.is_open and plan.id not in with_budget
    ]


def _line_head() -> list[str]:
    return [
        _("Budget"),
        _("Category"),
        _("Line"),
        _("Planned for"),
        pgettext("money", "Owner"),
        _("Planned"),
        _("Approved"),
        _("Committed"),
        _("Spent"),
        pgettext("money", "Free"),
        _("Expected in the end"),
        _("Currency"),
    ]


def _line_cells(row: LineRow) -> list[Any]:
    return [
        row.budget_title,
        row.category,
        row.title,
        row.month,
        row.owner,
        row.planned,
        row.approved,
        row.committed,
        row.spent,
        row.free,
        row.expected,
        row.planned.currency,
    ]
