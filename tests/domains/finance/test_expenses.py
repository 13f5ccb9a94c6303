"""Claimed by one, decided by others, paid by others still; corrected only by reversing."""

import itertools
from datetime import date

import pytest
from tests.domains.finance.conftest import NOON, balances, cancel, reject
from tests.threads import run_in_thread

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import Approval, Expense, Posting
from juluo.domains.finance.rules.states import EXPENSE_STEPS, after
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db
ACTS = ("approve", "reject", "pay", "cancel")


def do(books, expense, act):
    """Do one of the acts as somebody who may."""
    {
        "approve": lambda: books.decide(expense, by="second operator"),
        "reject": lambda: reject(books, expense, by="second operator"),
        "pay": lambda: books.pay(expense),
        "cancel": lambda: cancel(books, expense),
    }[act]()


def test_from_claim_to_payment(books, people):
    line = books.approved_line(1000)
    expense = books.claim(300, line_id=line.pk)
    assert balances(line=line) == {"available": 100_000}

    books.decide(expense)
    assert balances(line=line) == {"available": 70_000, "owed": 30_000}

    books.pay(expense)
    assert balances(line=line) == {
        "available": 70_000,
        "spent": 30_000,
        "paid_out": 30_000,
    }
    assert balances()["cash"] == -30_000
    rows = EventRecord.objects.filter(name__startswith="finance.expense").order_by("pk")
    assert [row.name for row in rows] == [
        "finance.expense_claimed",
        "finance.expense_approved",
        "finance.expense_paid",
    ]
    kinds = Notification.objects.filter(member=people["moderator"]).order_by("pk")
    assert [each.kind for each in kinds] == ["finance.expense_approved", "finance.expense_paid"]


REACH = {
    "submitted": (),
    "approved": ("approve",),
    "paid": ("approve", "pay"),
    "rejected": ("reject",),
    "cancelled": ("cancel",),
}


@pytest.mark.parametrize(("status", "act"), list(itertools.product(REACH, ACTS)))
def test_each_act_leads_where_it_may_and_nowhere_else(books, status, act):
    line = books.approved_line(1000)
    expense = books.claim(300, line_id=line.pk)
    for step in REACH[status]:
        do(books, expense, step)
    expense.refresh_from_db()
    before, moved = balances(), Posting.objects.count()
    wanted = after(status, act)

    if wanted is None:
        with pytest.raises(services.WrongState):
            do(books, expense, act)
        expense.refresh_from_db()
        assert expense.status == status
        assert balances() == before
        assert Posting.objects.count() == moved
    else:
        do(books, expense, act)
        expense.refresh_from_db()
        assert expense.status == wanted


def test_every_state_is_reached_by_the_acts():
    reached = {"submitted"} | {to for steps in EXPENSE_STEPS.values() for to in steps.values()}
    assert reached == set(EXPENSE_STEPS) == {str(each) for each in Expense.Status}


def test_members_hand_nothing_in(books):
    with pytest.raises(services.NotAllowed):
        books.claim(by="member")

    assert not Expense.objects.exists()


def test_a_rejection_gives_its_reason(books, people):
    expense = books.claim(1)

    with pytest.raises(services.ReasonMissing):
        services.reject_expense(
            expense_id=expense.pk, note_text=" ", actor_id=people["operator"].pk, at=NOON
        )

    assert not Approval.objects.exists()


def test_sent_twice_it_is_one_expense_with_one_set_of_receipts(books, home):
    files = [services.ReceiptFile(name="a.pdf", content=b"%PDF-1.7 x")]

    first = books.claim(5, form_key="same", files=files)
    second = books.claim(5, form_key="same", files=files)

    assert first == second
    assert first.receipts.count() == len(list((home / "receipts").iterdir())) == 1
    assert books.claim(5, by="operator", form_key="same") != first


@pytest.mark.django_db(transaction=True)
def test_sent_16_times_at_once_it_is_one_expense(books):
    run_in_thread(lambda: books.claim(5, form_key="same"), together=16)

    assert Expense.objects.count() == 1
    assert EventRecord.objects.filter(name="finance.expense_claimed").count() == 1


def test_its_submitter_takes_back_what_nobody_decided(books):
    expense = books.claim(300)

    cancel(books, expense, by="moderator")

    expense.refresh_from_db()
    assert (expense.status, expense.cancelled_at) == ("cancelled", NOON)


def test_cost_is_what_was_approved_or_paid_for_it(books):
    plan = books.plan()
    budget, strategy = books.budget(plan), books.strategy(plan)
    line = books.line(budget, 1000, strategy_id=strategy.pk)
    other = books.line(budget, 1000)
    books.approve(budget)
    books.decide(books.claim(100, line_id=line.pk))
    books.decide(books.claim(40, line_id=other.pk, spent_on=date(2026, 2, 1)))
    books.claim(999, line_id=line.pk)

    assert queries.cost_of(budget_id=budget.pk).amount == 14_000
    assert queries.cost_of(strategy_id=strategy.pk).amount == 10_000
    assert queries.cost_of(budget_id=budget.pk, until=date(2026, 3, 1)).amount == 4_000
    assert queries.spent_by_month([budget.pk]) == {
        date(2026, 2, 1): 4_000,
        date(2026, 3, 1): 10_000,
    }


def test_the_list_is_one_query_and_pages_through_everything_once(books, django_assert_num_queries):
    line = books.approved_line(1000)
    made = [books.claim(1, line_id=line.pk).pk for _ in range(7)]
    seen, before = [], ""
    while True:
        with django_assert_num_queries(2):
            page = queries.expenses(before=before, limit=3)
        seen += [row.id for row in page.rows]
        before = page.older
        if not before:
            break

    assert seen == made[::-1]
    assert queries.expenses(words="打印").rows
    assert not queries.expenses(words="没有这个").rows
