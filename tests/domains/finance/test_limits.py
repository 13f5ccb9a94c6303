"""A line's limit holds, also when many draw at once; its owner is warned before."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction
from tests.domains.finance.conftest import NOON, balances, stated, yuan
from tests.threads import run_in_thread

from juluo.domains.finance import services
from juluo.domains.finance.models import Account, Commitment, Expense, Leg, Posting
from juluo.domains.notifications import queries as notifications
from juluo.domains.notifications.models import Notification
from juluo.eventlog.models import EventRecord

AT_ONCE = 64


def told(people, role="operator"):
    return [each.words for each in notifications.inbox(member_id=people[role].pk)]


def held(line):
    """Return what is free, promised, and how often money moved since the approval."""
    found = balances(line=line)
    return found.get("available", 0), found.get("committed", 0)


@pytest.mark.django_db(transaction=True)
def test_of_64_promises_at_once_just_those_pass_that_the_line_holds(books, people):
    line = books.approved_line(10)
    before = Posting.objects.count()
    keys = iter([books.key() for _ in range(AT_ONCE)])

    def try_once():
        promise = services.Promise(line_id=line.pk, title="x", stated=stated(1))
        try:
            services.commit_money(
                promise=promise, form_key=next(keys), actor_id=people["operator"].pk, at=NOON
            )
        except services.LimitReached:
            return False
        return True

    run_in_thread(try_once, together=AT_ONCE)

    assert held(line) == (0, 1_000)
    assert Commitment.objects.count() == Posting.objects.count() - before == 10
    assert sum(leg.amount for leg in Leg.objects.all()) == 0
    assert Notification.objects.filter(kind="finance.line_stopped").count() == 1
    assert Notification.objects.filter(kind="finance.line_at_limit").count() == 1
    assert EventRecord.objects.filter(name="finance.limit_neared").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_64_approvals_at_once_just_those_pass_that_the_line_holds(books, people):
    line = books.approved_line(100)
    waiting = iter([books.claim(7).pk for _ in range(AT_ONCE)])

    def approve_next():
        with suppress(services.LimitReached):
            services.approve_expense(
                expense_id=next(waiting),
                line_id=line.pk,
                actor_id=people["operator"].pk,
                at=NOON,
            )

    run_in_thread(approve_next, together=AT_ONCE)

    assert Expense.objects.filter(status="approved").count() == 14
    assert Expense.objects.filter(status="submitted").count() == 50
    assert balances(line=line) == {"available": 200, "owed": 9_800}


@pytest.mark.django_db(transaction=True)
def test_one_expense_approved_by_64_at_once_is_drawn_once(books, people):
    line = books.approved_line(100)
    expense = books.claim(60, line_id=line.pk)
    approvers = iter([people["operator"].pk, people["second operator"].pk] * 32)

    def approve():
        with suppress(services.WrongState, services.AlreadyDecided):
            services.approve_expense(expense_id=expense.pk, actor_id=next(approvers), at=NOON)

    run_in_thread(approve, together=AT_ONCE)

    assert balances(line=line) == {"available": 4_000, "owed": 6_000}
    assert expense.approvals.count() == 1


@pytest.mark.django_db(transaction=True)
def test_promises_lifts_and_cancelling_at_once_lose_nothing(books, people):
    line = books.approved_line(20)
    open_ones = [books.commit(line, 1) for _ in range(10)]
    work = iter(
        [("cancel", each.pk) for each in open_ones]
        + [("commit", books.key()) for _ in range(40)]
        + [("lift", 0) for _ in range(14)]
    )

    def do_next():
        what, which = next(work)
        try:
            if what == "cancel":
                services.cancel_commitment(
                    commitment_id=which, actor_id=people["operator"].pk, at=NOON
                )
            elif what == "commit":
                books.commit(line, 1, form_key=which)
            else:
                services.lift_limit(
                    line_id=line.pk,
                    amount=yuan(1),
                    reason="+",
                    actor_id=people["owner"].pk,
                    at=NOON,
                )
        except services.LimitReached:
            pass

    run_in_thread(do_next, together=AT_ONCE)

    account = Account.objects.get(line=line, kind="available")
    promised = sum(each.remaining for each in Commitment.objects.filter(status="open"))
    assert account.floor == -1_400
    assert account.balance >= account.floor
    assert account.balance + promised == 2_000
    assert held(line) == (account.balance, promised)


@pytest.mark.django_db(transaction=True)
def test_without_the_floor_in_the_statement_the_race_would_be_lost(books):
    """The negative control: read, decide, write lets more through than the line holds."""
    line = books.approved_line(10)
    account = Account.objects.get(line=line, kind="available")
    Account.objects.filter(pk=account.pk).update(floor=None)
    passed, all_have_read = [], threading.Barrier(AT_ONCE)

    def read_then_write():
        balance = Account.objects.values_list("balance", flat=True).get(pk=account.pk)
        all_have_read.wait()
        if balance >= 100:
            with transaction.atomic():
                Account.objects.filter(pk=account.pk).update(balance=balance - 100)
                passed.append(1)

    run_in_thread(read_then_write, together=AT_ONCE)

    account.refresh_from_db()
    assert (len(passed), account.balance) == (AT_ONCE, 900)


@pytest.mark.django_db
def test_the_owner_is_warned_once_at_each_threshold(books, people):
    line = books.approved_line(1000, warn_at=80)
    books.commit(line, 799)
    assert told(people) == []

    books.commit(line, 1)
    books.commit(line, 50)
    assert len(told(people)) == 1
    assert "80%" in told(people)[0]

    books.commit(line, 150)
    assert len(told(people)) == 2
    assert EventRecord.objects.filter(name="finance.limit_neared").count() == 2


@pytest.mark.django_db
def test_a_new_limit_warns_anew(books, people):
    line = books.approved_line(1000)
    books.commit(line, 900)
    services.change_line(
        line_id=line.pk,
        facts=books.facts(1100),
        reason="+",
        actor_id=people["operator"].pk,
        at=NOON,
    )
    books.approve(line.budget)
    assert len(told(people)) == 1

    books.commit(line, 1)

    assert len(told(people)) == 2


@pytest.mark.django_db
def test_whoever_no_longer_sees_money_is_not_told_of_it(books, people):
    from juluo.domains.members.services import change_role

    line = books.approved_line(1000, owner_id=people["second operator"].pk)
    change_role(
        actor_id=people["owner"].pk,
        member_id=people["second operator"].pk,
        role="moderator",
        at=NOON,
    )

    books.commit(line, 900)

    assert told(people, "second operator") == []
    assert len(told(people, "operator")) == 1


@pytest.mark.django_db
def test_a_refusal_leaves_nothing_but_the_telling(books, people):
    line = books.approved_line(10)
    postings = Posting.objects.count()

    with pytest.raises(services.LimitReached) as refused:
        books.commit(line, 11)

    assert refused.value.title == "海报"
    assert not Commitment.objects.exists()
    assert Posting.objects.count() == postings
    assert held(line) == (1_000, 0)
    assert len(told(people)) == 1


@pytest.mark.django_db
def test_a_form_sent_twice_promises_once(books):
    line = books.approved_line(10)

    first, second = (books.commit(line, 4, form_key="same") for _ in range(2))

    assert first == second
    assert held(line) == (600, 400)


@pytest.mark.django_db
def test_a_cancelled_promise_gives_back_what_remains_once(books, people):
    line = books.approved_line(10)
    commitment = books.commit(line, 4)
    cancel = {"commitment_id": commitment.pk, "actor_id": people["operator"].pk, "at": NOON}

    services.cancel_commitment(**cancel)
    with pytest.raises(services.WrongState):
        services.cancel_commitment(**cancel)

    assert held(line) == (1_000, 0)
