"""What was promised before: an expense settles it, and gives back what it does not need."""

import pytest
from tests.domains.finance.conftest import NOON, balances, cancel

from juluo.domains.finance import services
from juluo.domains.finance.models import Commitment, Expense

pytestmark = pytest.mark.django_db


def test_an_expense_settles_its_commitment_and_releases_the_rest(books):
    line = books.approved_line(1000)
    commitment = books.commit(line, 400)
    expense = books.claim(300, by="second operator", commitment_id=commitment.pk)

    books.decide(expense)

    assert balances(line=line) == {"available": 70_000, "owed": 30_000}
    commitment.refresh_from_db()
    assert (commitment.status, commitment.remaining) == ("settled", 0)


def test_a_part_of_a_commitment_leaves_the_rest_promised(books):
    line = books.approved_line(1000)
    commitment = books.commit(line, 400)
    part = {"by": "second operator", "commitment_id": commitment.pk, "closes_commitment": False}

    books.decide(books.claim(100, **part))
    assert balances(line=line) == {"available": 60_000, "committed": 30_000, "owed": 10_000}
    books.decide(books.claim(300, **part))
    commitment.refresh_from_db()
    assert commitment.status == "settled"


def test_what_costs_more_than_was_promised_takes_the_rest_from_the_line(books):
    line = books.approved_line(1000)
    commitment = books.commit(line, 400)
    books.commit(line, 500)

    dear = books.claim(501, by="second operator", commitment_id=commitment.pk)
    with pytest.raises(services.LimitReached):
        books.decide(dear)
    commitment.refresh_from_db()
    assert (commitment.status, commitment.remaining) == ("open", 40_000)
    assert dear.approvals.count() == 0

    books.decide(books.claim(500, by="second operator", commitment_id=commitment.pk))
    assert balances(line=line) == {"committed": 50_000, "owed": 50_000}


def test_a_closed_commitment_takes_no_claim(books, people):
    commitment = books.commit(books.approved_line(10), 5)
    services.cancel_commitment(commitment_id=commitment.pk, actor_id=people["operator"].pk, at=NOON)

    with pytest.raises(services.WrongState):
        books.claim(5, by="operator", commitment_id=commitment.pk)
    assert not Expense.objects.exists()
    assert Commitment.objects.get().status == "cancelled"


def test_an_approved_one_that_is_cancelled_gives_its_money_back(books):
    line = books.approved_line(1000)
    expense = books.claim(300, line_id=line.pk)
    books.decide(expense)

    with pytest.raises(services.NotAllowed):
        cancel(books, expense, by="moderator")
    cancel(books, expense)

    assert balances(line=line) == {"available": 100_000}
