"""What was paid is corrected by its opposite, approved as it was."""

from datetime import date

import pytest
from tests.domains.finance.conftest import NOON, balances, reject

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import Expense

pytestmark = pytest.mark.django_db


def reverse(books, expense, by="operator"):
    return services.reverse_expense(
        expense_id=expense.pk,
        reason="重复支付",
        day=date(2026, 3, 2),
        actor_id=books.people[by].pk,
        at=NOON,
    )


def test_what_was_paid_is_corrected_by_a_reversal_that_others_approve(books):
    line = books.approved_line(1000)
    expense = books.claim(300, line_id=line.pk)
    books.decide(expense)
    books.pay(expense)

    back = reverse(books, expense)
    with pytest.raises(services.NotAllowed):
        books.decide(back, by="operator")
    with pytest.raises(services.AlreadyReversed):
        reverse(books, expense, by="owner")
    books.decide(back, by="owner")
    assert balances(line=line)["spent"] == 30_000
    books.pay(back, by="owner")

    assert balances(line=line) == {"available": 100_000}
    assert "cash" not in balances()
    expense.refresh_from_db()
    assert (expense.status, expense.amount) == ("paid", 30_000)
    with pytest.raises(services.AlreadyReversed):
        reverse(books, expense)
    with pytest.raises(services.WrongState):
        reverse(books, back)
    assert queries.cost_of(budget_id=line.budget_id).amount == 0


def test_a_rejected_reversal_can_be_asked_for_again(books):
    expense = books.claim(300, line_id=books.approved_line(1000).pk)
    books.decide(expense)
    books.pay(expense)

    reject(books, reverse(books, expense), by="owner")

    assert reverse(books, expense, by="owner").status == "submitted"


def test_only_what_was_paid_is_reversed_and_with_a_reason(books, people):
    expense = books.claim(300, line_id=books.approved_line(1000).pk)
    with pytest.raises(services.WrongState):
        reverse(books, expense)
    with pytest.raises(services.NotAllowed):
        reverse(books, expense, by="moderator")
    with pytest.raises(services.ReasonMissing):
        services.reverse_expense(
            expense_id=expense.pk,
            reason="",
            day=date(2026, 3, 2),
            actor_id=people["operator"].pk,
            at=NOON,
        )
    assert Expense.objects.count() == 1
