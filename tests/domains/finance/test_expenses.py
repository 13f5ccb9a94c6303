"""Claimed by one, decided by others, paid by others still; corrected only by reversing."""

import itertools
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.domains.finance.conftest import NOON, balances, yuan
from tests.threads import run_in_thread

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import Approval, Commitment, Expense, Posting
from juluo.domains.finance.rules.states import EXPENSE_STEPS, after
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db
ACTS = ("approve", "reject", "pay", "cancel")


def set_rules(people, owner_from=None, two_from=None):
    services.set_rules(
        owner_from=yuan(owner_from) if owner_from is not None else None,
        two_from=yuan(two_from) if two_from is not None else None,
        actor_id=people["owner"].pk,
        at=NOON,
    )


def reject(books, expense, by="operator"):
    services.reject_expense(
        expense_id=expense.pk, note_text="没有发票", actor_id=books.people[by].pk, at=NOON
    )


def cancel(books, expense, by="operator"):
    services.cancel_expense(expense_id=expense.pk, actor_id=books.people[by].pk, at=NOON)


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


def test_members_hand_nothing_in(books):
    with pytest.raises(services.NotAllowed):
        books.claim(by="member")

    assert not Expense.objects.exists()


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


def test_a_rejection_gives_its_reason(books, people):
    expense = books.claim(1)

    with pytest.raises(services.ReasonMissing):
        services.reject_expense(
            expense_id=expense.pk, note_text=" ", actor_id=people["operator"].pk, at=NOON
        )

    assert not Approval.objects.exists()


def test_it_is_approved_on_a_line_and_only_on_one_that_can_be_drawn_from(books):
    expense, draft = books.claim(1), books.line(books.budget())

    with pytest.raises(services.LineMissing):
        books.decide(expense)
    with pytest.raises(services.WrongState):
        books.decide(expense, line=draft)

    books.decide(expense, line=books.approved_line(10))
    assert not Approval.objects.exclude(decision="approved").exists()
    assert Approval.objects.count() == 1


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


def test_its_submitter_takes_back_what_nobody_decided(books):
    expense = books.claim(300)

    cancel(books, expense, by="moderator")

    expense.refresh_from_db()
    assert (expense.status, expense.cancelled_at) == ("cancelled", NOON)


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
