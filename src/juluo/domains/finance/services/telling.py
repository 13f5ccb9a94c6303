"""Tell whoever handed an expense in what became of it."""

from datetime import datetime

from django.urls import reverse

from juluo.domains.finance import permissions
from juluo.domains.finance.models import Expense
from juluo.domains.notifications.services import tell

DECIDED = {
    Expense.Status.APPROVED: "finance.expense_approved",
    Expense.Status.REJECTED: "finance.expense_rejected",
    Expense.Status.PAID: "finance.expense_paid",
}


def tell_submitter(expense: Expense, at: datetime) -> None:
    """Tell the submitter the expense's new state; without any amount."""
    if not permissions.can_claim(expense.submitter):
        return
    status = Expense.Status(expense.status)
    tell(
        member_id=expense.submitter_id,
        kind=DECIDED[status],
        key=f"expense:{expense.pk}:{status}",
        facts={"title": expense.title},
        url=reverse("finance:expense", args=[expense.pk]),
        at=at,
    )
