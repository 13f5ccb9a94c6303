"""Budgets as charts, each with its table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.domains.finance import queries
from juluo.domains.finance.forms.budgets import months_of
from juluo.domains.finance.queries import BudgetRow, CategoryTotals, LineRow
from juluo.domains.finance.rules.forecasting import next_month
from juluo.domains.finance.types import Amount
from juluo.lib import figures
from juluo.lib.charts.options import Series, bars, lines
from juluo.lib.money import spread

Chart = dict[str, Any]


def category_chart(groups: Sequence[CategoryTotals]) -> Chart:
    """Return what each category was given, has used, and is expected to use."""
    names = (
        ("approved", _("Approved")),
        ("spent", _("Spent")),
        ("committed", _("Committed")),
        ("expected", _("Expected in the end")),
    )
    series = [
        Series(name=name, values=[_units(getattr(each.totals, key)) for each in groups])
        for key, name in names
    ]
    columns = [{"label": _("Category")}, *({"label": name, "numeric": True} for _k, name in names)]
    rows = [
        [each.category, *(getattr(each.totals, key) for key, _name in names)] for each in groups
    ]
    option = bars([each.category for each in groups], series)
    return {"option": option, "columns": columns, "rows": rows}


def burn_chart(budget: BudgetRow, rows: Sequence[LineRow], *, today: date) -> Chart:
    """Return the money planned to be spent by the end of each month, and what was."""
    months = months_of(budget.start, budget.end)
    planned = _planned_by_month(budget, rows, months)
    spent = queries.spent_by_month([budget.id])
    planned_so_far, spent_so_far = _running(planned), _spent_so_far(months, spent, today)
    language = get_language() or "en"
    labels = [figures.point_label(month, "month", language=language) for month in months]
    currency = budget.currency
    plan_name, spent_name = _("Planned so far"), _("Spent so far")
    series = [
        Series(name=spent_name, values=[_units_of(each, currency) for each in spent_so_far]),
        Series(
            name=plan_name,
            values=[_units_of(each, currency) for each in planned_so_far],
            faint=True,
        ),
    ]
    columns = [
        {"label": _("Month")},
        {"label": spent_name, "numeric": True},
        {"label": plan_name, "numeric": True},
    ]
    table = [
        [
            label,
            Amount(actual, currency) if actual is not None else figures.NOTHING,
            Amount(plan, currency),
        ]
        for label, actual, plan in zip(labels, spent_so_far, planned_so_far, strict=True)
    ]
    return {"option": lines(labels, series), "columns": columns, "rows": table}


def _planned_by_month(
    budget: BudgetRow, rows: Sequence[LineRow], months: Sequence[date]
) -> list[int]:
    """Return what is planned for each month; what is for the whole period goes by its days."""
    days = [
        (min(next_month(month), budget.end) - max(month, budget.start)).days for month in months
    ]
    planned = [0] * len(months)
    for row in rows:
        if row.month in months:
            planned[months.index(row.month)] += row.planned.amount
        else:
            for place, part in enumerate(spread(row.planned.amount, days)):
                planned[place] += part
    return planned


def _running(values: Sequence[int]) -> list[int]:
    total, found = 0, []
    for value in values:
        total += value
        found.append(total)
    return found


def _spent_so_far(months: Sequence[date], spent: dict[date, int], today: date) -> list[int | None]:
    """Return the running total, nothing for months to come; days outside count at the ends."""
    found: list[int | None] = []
    for place, month in enumerate(months):
        if month > today:
            found.append(None)
            continue
        last = place == len(months) - 1
        found.append(sum(each for when, each in spent.items() if last or when <= month))
    return found


def _units(amount: Amount) -> float:
    return float(amount.units)


def _units_of(amount: int | None, currency: str) -> float | None:
    return None if amount is None else _units(Amount(amount, currency))
