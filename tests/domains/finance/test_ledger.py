"""Whatever is done in whatever order, nothing appears or vanishes."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domains.finance.conftest import NOON, Books, fill_lists, stated, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import (
    Account,
    Budget,
    Commitment,
    Duty,
    Expense,
    FundingSource,
    Leg,
    Posting,
    RevenueEntry,
    Stream,
    Tranche,
)
from juluo.domains.finance.services import ledger

PLAN_KINDS = {"drafted", "available", "committed", "owed", "spent", "pledged", "gap"}
REFUSED = (
    services.LimitReached,
    services.BelowDrawn,
    services.WrongState,
    services.NotAllowed,
    services.NothingToApprove,
    services.OwnerNeeded,
    services.LineMissing,
    services.AlreadyDecided,
    services.AlreadyReversed,
    services.ReasonMissing,
)
ACTS = (
    *("add_line", "change_line", "remove_line", "approve_budget", "lift"),
    *("commit", "cancel_commitment"),
    *("claim", "claim_committed", "approve", "reject", "pay", "cancel", "reverse"),
    *("add_source", "move_source", "change_source", "tranche", "receive", "duty", "fulfil"),
    *("revenue", "reconcile", "void"),
)

# Something of each kind is there to go on from.
BEGINNING = (
    *(("add_line", 1, 50), ("add_line", 2, 40), ("approve_budget", 0, 0)),
    *(("commit", 0, 9), ("claim", 0, 7), ("claim", 1, 5), ("approve", 0, 0), ("revenue", 0, 30)),
    *(("add_source", 0, 40), ("move_source", 0, 2), ("tranche", 0, 20)),
)


def one(rows, number):
    rows = list(rows.order_by("pk"))
    return rows[number % len(rows)] if rows else None


class Story:
    """Does something by its name; what cannot be done is refused."""

    def __init__(self, books):
        self.books, self.people = books, books.people
        self.budget = books.budget()
        self.operator, self.owner = self.people["operator"].pk, self.people["owner"].pk

    def do(self, act, number, amount):
        try:
            with transaction.atomic():
                getattr(self, act)(number, amount)
        except (*REFUSED, AttributeError) as refused:
            # Nothing there yet to do it to.
            if isinstance(refused, AttributeError) and "NoneType" not in str(refused):
                raise

    def add_line(self, number, amount):
        self.books.line(self.budget, amount, reason="+", stops=number % 4 != 0)

    def change_line(self, number, amount):
        line = one(self.budget.lines, number)
        services.change_line(
            line_id=line.pk,
            facts=self.books.facts(amount, stops=line.stops),
            reason="=",
            actor_id=self.operator,
            at=NOON,
        )

    def remove_line(self, number, amount):
        services.remove_line(
            line_id=one(self.budget.lines, number).pk, reason="-", actor_id=self.operator, at=NOON
        )

    def approve_budget(self, number, amount):
        self.books.approve(self.budget)

    def lift(self, number, amount):
        services.lift_limit(
            line_id=one(self.budget.lines, number).pk,
            amount=yuan(amount + 1),
            reason="+",
            actor_id=self.owner,
            at=NOON,
        )

    def commit(self, number, amount):
        self.books.commit(one(self.budget.lines, number), amount + 1)

    def cancel_commitment(self, number, amount):
        services.cancel_commitment(
            commitment_id=one(Commitment.objects, number).pk, actor_id=self.operator, at=NOON
        )

    def claim(self, number, amount):
        self.books.claim(amount + 1, line_id=one(self.budget.lines, number).pk)

    def claim_committed(self, number, amount):
        self.books.claim(
            amount + 1,
            commitment_id=one(Commitment.objects, number).pk,
            closes_commitment=number % 2 == 0,
        )

    def approve(self, number, amount):
        self.books.decide(one(Expense.objects, number), by=("operator", "owner")[number % 2])

    def reject(self, number, amount):
        services.reject_expense(
            expense_id=one(Expense.objects, number).pk,
            note_text="-",
            actor_id=self.owner,
            at=NOON,
        )

    def pay(self, number, amount):
        self.books.pay(one(Expense.objects, number), by="owner")

    def cancel(self, number, amount):
        services.cancel_expense(
            expense_id=one(Expense.objects, number).pk, actor_id=self.owner, at=NOON
        )

    def reverse(self, number, amount):
        services.reverse_expense(
            expense_id=one(Expense.objects, number).pk,
            reason="-",
            day=date(2026, 3, 2),
            actor_id=self.operator,
            at=NOON,
        )

    def add_source(self, number, amount):
        self.books.source(self.budget, amount + 1)

    def move_source(self, number, amount):
        stages = ("idea", "applied", "agreed", "receiving", "closed", "refused")
        self.books.move(one(FundingSource.objects, number), stages[amount % 6])

    def change_source(self, number, amount):
        source = one(FundingSource.objects, number)
        facts = services.SourceFacts(
            kind="loan",
            title=source.title,
            stated=stated(amount + 1),
            probability=10,
            owner_id=self.operator,
        )
        services.change_source(
            source_id=source.pk, facts=facts, reason="=", actor_id=self.operator, at=NOON
        )

    def tranche(self, number, amount):
        services.add_tranche(
            source_id=one(FundingSource.objects, number).pk,
            due=date(2026, 4, 1),
            amount=yuan(amount + 1),
            actor_id=self.operator,
            at=NOON,
        )

    def receive(self, number, amount):
        services.receive_tranche(
            tranche_id=one(Tranche.objects, number).pk,
            received=yuan(amount + 1),
            day=date(2026, 4, 1),
            actor_id=self.operator,
            at=NOON,
        )

    def duty(self, number, amount):
        services.add_duty(
            source_id=one(FundingSource.objects, number).pk,
            kind="repayment",
            title="还款",
            due=date(2026, 9, 1),
            amount=yuan(amount + 1),
            actor_id=self.operator,
            at=NOON,
        )

    def fulfil(self, number, amount):
        services.fulfil_duty(
            duty_id=one(Duty.objects, number).pk,
            day=date(2026, 9, 1),
            actor_id=self.operator,
            at=NOON,
        )

    def revenue(self, number, amount):
        earning = services.Earning(
            stream_id=one(Stream.objects, number).pk,
            stated=stated(amount + 1),
            earned_on=date(2026, 3, 1),
        )
        services.record_revenue(
            earning=earning, form_key=self.books.key(), actor_id=self.operator, at=NOON
        )

    def reconcile(self, number, amount):
        services.reconcile_revenue(
            entry_id=one(RevenueEntry.objects, number).pk,
            received=yuan(amount),
            actor_id=self.operator,
            at=NOON,
        )

    def void(self, number, amount):
        services.void_revenue(
            entry_id=one(RevenueEntry.objects, number).pk,
            reason="-",
            actor_id=self.operator,
            at=NOON,
        )


def check_that_money_is_whole(budget):
    """The promises of the ledger, asked of the tables as they stand."""
    accounts = list(Account.objects.all())
    assert sum(each.balance for each in accounts if each.kind in PLAN_KINDS) == 0
    assert sum(each.balance for each in accounts if each.kind not in PLAN_KINDS) == 0
    for account in accounts:
        legs = [leg.amount for leg in account.legs.all()]
        assert account.balance == sum(legs)
        assert account.floor is None or account.balance >= account.floor
    both = queries.sources_and_uses([budget.pk])
    assert both.total_sources == both.uses
    assert sum(row.covered.amount for row in both.sources) == both.covered.amount
    planned = sum(line.amount for line in Budget.objects.get().lines.all())
    assert both.uses.amount == planned
    for line in queries.lines_of([budget.pk], today=NOON.date()):
        if line.stops and line.is_approved:
            assert line.used.amount <= line.approved.amount + queries.lifted_now(line.id)
    cash = queries.cash_position()
    came = cash.received.amount + cash.earned.amount - cash.receivable.amount
    assert cash.in_hand.amount == came - cash.difference.amount - cash.paid_out.amount


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 60)),
        min_size=5,
        max_size=35,
    )
)
def test_sources_are_uses_and_sums_are_zero_after_any_sequence_of_acts(people, steps):
    with transaction.atomic():
        fill_lists()
        story = Story(Books(people))
        for act, number, amount in [*BEGINNING, *steps]:
            story.do(act, number, amount)
            check_that_money_is_whole(story.budget)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_does_not_sum_to_zero_is_not_posted(books):
    line = books.approved_line(10)
    before = Posting.objects.count()

    with pytest.raises(ledger.Unbalanced):
        ledger.post(
            cause="x",
            moves={ledger.line_account(line.pk, Account.Kind.AVAILABLE): -1},
            actor_id=None,
            at=NOON,
        )

    assert Posting.objects.count() == before
    assert Leg.objects.filter(posting__cause="x").count() == 0
