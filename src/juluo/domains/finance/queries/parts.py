"""What a plan's version freezes of its money."""

from datetime import date

from juluo.domains.finance.models import BudgetLine, FundingSource
from juluo.domains.finance.queries.wording import fact_words
from juluo.domains.planning.types import Fact, PlanEntry
from juluo.lib.money import Money, NotMoney, shown


def budget_entries(plan_id: int) -> list[PlanEntry]:
    """Return the lines of a plan's budget as they stand now. One query."""
    rows = BudgetLine.objects.filter(budget__plan=plan_id, removed_at=None)
    related = rows.select_related("budget", "category", "owner", "strategy", "task")
    return [
        PlanEntry(
            ref=f"budget_line:{row.pk}",
            title=row.title,
            facts={
                "amount": f"{row.amount} {row.budget.currency}",
                "category": row.category.label,
                "month": row.month.isoformat() if row.month else "",
                "owner": row.owner.display_name,
                "strategy": row.strategy.title if row.strategy else None,
                "task": row.task.title if row.task else None,
                "warn_at": row.warn_at,
                "stops": row.stops,
            },
        )
        for row in related.order_by("category__position", "pk")
    ]


def financing_entries(plan_id: int) -> list[PlanEntry]:
    """Return the sources of a plan's money as they stand now. One query."""
    rows = FundingSource.objects.filter(budget__plan=plan_id).select_related("budget")
    return [
        PlanEntry(
            ref=f"source:{row.pk}",
            title=row.title,
            facts={
                "amount": f"{row.amount} {row.budget.currency}",
                "kind": row.kind,
                "stage": row.stage,
                "probability": row.probability,
            },
        )
        for row in rows.order_by("pk")
    ]


def show_fact(key: str, value: Fact, language: str) -> str:
    """Return a frozen fact in words."""
    if key == "amount":
        number, _space, currency = str(value).partition(" ")
        try:
            return shown(Money(int(number), currency), language=language)
        except (NotMoney, ValueError):
            return str(value)
    if key == "month":
        month = date.fromisoformat(value) if isinstance(value, str) and value else None
        return fact_words("month", month, currency="", language=language)
    if key == "kind":
        return str(FundingSource.Kind(str(value)).label)
    if key == "stage":
        return str(FundingSource.Stage(str(value)).label)
    if key in {"warn_at", "probability"}:
        return f"{value}%"
    return fact_words(key, value, currency="", language=language)
