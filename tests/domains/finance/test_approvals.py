"""Who approves what, by the amount; nobody their own, and on a line that holds it."""

import pytest
from django.db import IntegrityError, transaction
from tests.domains.finance.conftest import NOON, balances, cancel, reject, set_rules, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import Approval

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("by", ["operator", "owner"])
def test_nobody_decides_about_their_own(books, people, by):
    line = books.approved_line(1000)
    expense = books.claim(300, by=by, line_id=line.pk)

    with pytest.raises(services.NotAllowed):
        books.decide(expense, by=by)
    with pytest.raises(services.NotAllowed):
        reject(books, expense, by=by)
    books.decide(expense, by="second operator")
    with pytest.raises(services.NotAllowed):
        books.pay(expense, by=by)

    assert Approval.objects.count() == 1


@pytest.mark.parametrize("by", ["moderator", "member"])
def test_those_who_see_no_money_decide_about_none(books, people, by):
    line = books.approved_line(1000)
    expense = books.claim(300, by="operator", line_id=line.pk)

    with pytest.raises(services.NotAllowed):
        books.decide(expense, by=by)
    with pytest.raises(services.NotAllowed):
        reject(books, expense, by=by)
    books.decide(expense, by="owner")
    with pytest.raises(services.NotAllowed):
        books.pay(expense, by=by)
    with pytest.raises(services.NotAllowed):
        cancel(books, expense, by=by)


def test_the_database_itself_refuses_who_approves_their_own(books, people):
    expense = books.claim(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            expense=expense,
            decision="approved",
            approver=people["operator"],
            submitter=people["operator"],
            by_owner=False,
            decided_at=NOON,
        )


@pytest.mark.parametrize(
    ("amount", "approvers", "status"),
    [
        (99.99, ["operator"], "approved"),
        (100, ["owner"], "approved"),
        (499.99, ["owner"], "approved"),
        (500, ["operator"], "submitted"),
        (500, ["operator", "owner"], "approved"),
        (500, ["owner", "operator"], "approved"),
        (500, ["owner", "second owner"], "approved"),
        (500, ["owner"], "submitted"),
    ],
)
def test_the_amount_says_who_must_approve(books, people, amount, approvers, status):
    set_rules(people, owner_from=100, two_from=500)
    line = books.approved_line(1000)
    expense = books.claim(amount, line_id=line.pk)

    for by in approvers:
        books.decide(expense, by=by)

    expense.refresh_from_db()
    assert expense.status == status
    drawn = yuan(amount).amount if status == "approved" else 0
    assert balances(line=line).get("owed", 0) == drawn


def test_an_operator_cannot_stand_in_for_an_owner(books, people):
    set_rules(people, owner_from=100, two_from=500)
    line = books.approved_line(10_000)
    middle, large = books.claim(100, line_id=line.pk), books.claim(500, line_id=line.pk)

    with pytest.raises(services.OwnerNeeded):
        books.decide(middle, by="operator")
    books.decide(large, by="operator")
    with pytest.raises(services.OwnerNeeded):
        books.decide(large, by="second operator")
    with pytest.raises(services.AlreadyDecided):
        books.decide(large, by="operator")

    assert Approval.objects.count() == 1
    assert balances(line=line) == {"available": 1_000_000}


def test_until_rules_are_set_an_owner_decides_from_5000_and_two_from_50000(books):
    line = books.approved_line(100_000)

    with pytest.raises(services.OwnerNeeded):
        books.decide(books.claim(5000, line_id=line.pk), by="operator")
    books.decide(books.claim("4999.99", line_id=line.pk), by="operator")
    needs = queries.needs_of_amount(yuan(50_000).amount)
    assert (needs.people, needs.owner) == (2, True)


def test_the_other_may_still_reject_what_one_approved(books, people):
    set_rules(people, owner_from=100, two_from=500)
    expense = books.claim(500, line_id=books.approved_line(1000).pk)
    books.decide(expense, by="operator")

    with pytest.raises(services.AlreadyDecided):
        reject(books, expense, by="operator")
    reject(books, expense, by="owner")

    expense.refresh_from_db()
    assert expense.status == "rejected"


def test_it_is_approved_on_a_line_and_only_on_one_that_can_be_drawn_from(books):
    expense, draft = books.claim(1), books.line(books.budget())

    with pytest.raises(services.LineMissing):
        books.decide(expense)
    with pytest.raises(services.WrongState):
        books.decide(expense, line=draft)

    books.decide(expense, line=books.approved_line(10))
    assert not Approval.objects.exclude(decision="approved").exists()
    assert Approval.objects.count() == 1


def test_each_sees_how_many_wait_for_them(books, people):
    set_rules(people, owner_from=100, two_from=500)
    line = books.approved_line(10_000)
    for amount in (50, 200, 600):
        books.claim(amount, line_id=line.pk)
    mine = books.claim(60, by="operator", line_id=line.pk)
    waiting = {role: queries.waiting_for(person) for role, person in people.items()}
    assert waiting == {
        "owner": 4,
        "second owner": 4,
        "operator": 2,
        "second operator": 3,
        "moderator": 0,
        "member": 0,
    }

    books.decide(mine, by="owner")
    assert queries.unpaid_count(people["operator"]) == 0
    assert queries.unpaid_count(people["second operator"]) == 1
