"""Who may answer for money."""

from juluo.domains.members.permissions import OPERATORS
from juluo.domains.members.types import Member


def money_people() -> list[tuple[int, str]]:
    """Return those who may see money, by id: they own budgets and lines. One query."""
    rows = Member.objects.filter(role__in=OPERATORS, is_active=True)
    return list(rows.order_by("display_name", "pk").values_list("pk", "display_name"))
