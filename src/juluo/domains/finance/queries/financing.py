"""Where money comes from, and that it is always as much as it is meant for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from juluo.domains.finance.models import Account, Duty, FundingSource, SourceChange, Tranche
from juluo.domains.finance.queries.books import books_currency
from juluo.domains.finance.rules import states
from juluo.domains.finance.types import Amount
from juluo.lib.money import share_of

Kind = Account.Kind
Stage = FundingSource.Stage


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One source: what it may give, covers now, and gave."""

    id: int
    budget_id: int
    budget: str
    kind: str
    kind_label: str
    title: str
    giver: str
    stage: str
    stage_label: str
    amount: Amount
    original: Amount | None
    probability: int
    covered: Amount
    received: Amount
    conditions: str
    owner_id: int
    owner: str

    @property
    def expected(self) -> Amount:
        """What planning may count on: what is agreed, else the amount times its chance."""
        if self.stage in {Stage.AGREED, Stage.RECEIVING, Stage.CLOSED}:
            return self.covered
        if self.stage == Stage.REFUSED:
            return Amount(0, self.amount.currency)
        part = share_of(self.amount.amount, Fraction(self.probability, 100))
        return Amount(part, self.amount.currency)


@dataclass(frozen=True, kw_only=True)
class TrancheRow:
    """A part of a source's money."""

    id: int
    source_id: int
    source: str
    due: date
    amount: Amount
    condition: str
    received_on: date | None
    received: Amount | None


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """What a source asks for."""

    id: int
    source_id: int
    source: str
    kind_label: str
    title: str
    due: date
    amount: Amount | None
    done_on: date | None


@dataclass(frozen=True, kw_only=True)
class SourceChangeRow:
    """A step of a source."""

    at: datetime
    who: str
    stage_label: str
    amount: Amount | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class SourceDetail:
    """One source with all that belongs to it."""

    row: SourceRow
    tranches: list[TrancheRow]
    duties: list[DutyRow]
    changes: list[SourceChangeRow]
    next_stages: list[tuple[str, str]]
    in_tranches: Amount


@dataclass(frozen=True, kw_only=True)
class SourcesAndUses:
    """Both sides of a budget's money. They are the same, because the gap is one of the sources.

    A gap below zero is money that no use was found for yet.
    """

    sources: list[SourceRow]
    covered: Amount
    gap: Amount
    drafted: Amount
    free: Amount
    committed: Amount
    spent: Amount
    expected: Amount

    @property
    def uses(self) -> Amount:
        """What the money is for, all together."""
        return self.drafted + self.free + self.committed + self.spent

    @property
    def total_sources(self) -> Amount:
        """Where it comes from, the gap included."""
        return self.covered + self.gap

    @property
    def surplus(self) -> Amount:
        """What sources cover beyond the uses."""
        return -self.gap


@dataclass(frozen=True, kw_only=True)
class CashPosition:
    """What came in and went out, of everything together."""

    received: Amount
    earned: Amount
    receivable: Amount
    difference: Amount
    paid_out: Amount
    in_hand: Amount

    @property
    def parts(self) -> tuple[Amount, ...]:
        """What sums to the money in hand: received, earned, and less than nothing the rest."""
        out = (self.receivable, self.difference, self.paid_out)
        return (self.received, self.earned, *(-each for each in out))


def sources(budget_ids: Iterable[int] | None = None) -> list[SourceRow]:
    """Return sources by budget, biggest first. One query."""
    rows = _rows()
    if budget_ids is not None:
        rows = rows.filter(budget__in=budget_ids)
    return [_row(row) for row in rows]


def _rows() -> QuerySet[FundingSource]:
    related = FundingSource.objects.select_related("budget", "owner")
    return related.annotate(
        in_pledged=Sum("accounts__balance", filter=Q(accounts__kind=Kind.PLEDGED)),
        in_received=Sum("accounts__balance", filter=Q(accounts__kind=Kind.RECEIVED)),
    ).order_by("budget_id", "-amount", "id")


def _row(row: Any) -> SourceRow:
    currency = row.budget.currency
    foreign = row.original_currency != currency
    return SourceRow(
        id=row.pk,
        budget_id=row.budget_id,
        budget=row.budget.title,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=row.title,
        giver=row.giver,
        stage=row.stage,
        stage_label=row.get_stage_display(),
        amount=Amount(row.amount, currency),
        original=Amount(row.original_amount, row.original_currency) if foreign else None,
        probability=row.probability,
        covered=Amount(-(row.in_pledged or 0), currency),
        received=Amount(-(row.in_received or 0), currency),
        conditions=row.conditions,
        owner_id=row.owner_id,
        owner=row.owner.display_name,
    )


def source(source_id: int) -> SourceDetail | None:
    """Return one source; None if there is none. Four queries."""
    row = next((_row(each) for each in _rows().filter(pk=source_id)), None)
    if row is None:
        return None
    tranches = [_tranche(each) for each in _tranches().filter(source=source_id)]
    labels = dict(Stage.choices)
    return SourceDetail(
        row=row,
        tranches=tranches,
        duties=[_duty(each) for each in _duties().filter(source=source_id)],
        changes=_changes(source_id, row.amount.currency),
        next_stages=[(each, str(labels[Stage(each)])) for each in states.STAGE_STEPS[row.stage]],
        in_tranches=Amount(sum(each.amount.amount for each in tranches), row.amount.currency),
    )


def _changes(source_id: int, currency: str) -> list[SourceChangeRow]:
    rows = SourceChange.objects.filter(source=source_id).select_related("made_by")
    return [
        SourceChangeRow(
            at=row.made_at,
            who=row.made_by.display_name,
            stage_label=row.get_stage_after_display(),
            amount=Amount(row.amount_after, currency)
            if row.amount_after != row.amount_before
            else None,
            reason=row.reason,
        )
        for row in rows.order_by("-pk")
    ]


def _tranches() -> QuerySet[Tranche]:
    return Tranche.objects.select_related("source__budget").order_by("due", "id")


def _tranche(row: Tranche) -> TrancheRow:
    currency = row.source.budget.currency
    came = row.received_amount
    return TrancheRow(
        id=row.pk,
        source_id=row.source_id,
        source=row.source.title,
        due=row.due,
        amount=Amount(row.amount, currency),
        condition=row.condition,
        received_on=row.received_on,
        received=Amount(came, currency) if came is not None else None,
    )


def _duties() -> QuerySet[Duty]:
    return Duty.objects.select_related("source__budget").order_by("due", "id")


def _duty(row: Duty) -> DutyRow:
    currency = row.source.budget.currency
    return DutyRow(
        id=row.pk,
        source_id=row.source_id,
        source=row.source.title,
        kind_label=row.get_kind_display(),
        title=row.title,
        due=row.due,
        amount=Amount(row.amount, currency) if row.amount is not None else None,
        done_on=row.done_on,
    )


def tranches_due(*, before: date) -> list[TrancheRow]:
    """Return tranches of agreed sources that should have come by a day. One query."""
    rows = _tranches().filter(received_on=None, due__lt=before)
    rows = rows.filter(source__stage__in=[Stage.AGREED, Stage.RECEIVING])
    return [_tranche(row) for row in rows]


def duties_due(*, before: date) -> list[DutyRow]:
    """Return what sources ask for by a day and was not done. One query."""
    rows = _duties().filter(done_on=None, due__lt=before).exclude(source__stage=Stage.REFUSED)
    return [_duty(row) for row in rows]


def sources_and_uses(budget_ids: Iterable[int]) -> SourcesAndUses:
    """Return both sides of these budgets' money, from the ledger. Two queries."""
    ids = list(budget_ids)
    rows = sources(ids)
    owned = Q(budget__in=ids) | Q(line__budget__in=ids) | Q(source__budget__in=ids)
    balances = dict(
        Account.objects.filter(owned).values_list("kind").annotate(Sum(F("balance"))).order_by()
    )
    currency = books_currency()

    def in_all(*kinds: str) -> Amount:
        return Amount(sum(balances.get(kind, 0) for kind in kinds), currency)

    return SourcesAndUses(
        sources=rows,
        covered=-in_all(Kind.PLEDGED),
        gap=-in_all(Kind.GAP),
        drafted=in_all(Kind.DRAFTED),
        free=in_all(Kind.AVAILABLE),
        committed=in_all(Kind.COMMITTED),
        spent=in_all(Kind.OWED, Kind.SPENT),
        expected=Amount(sum(row.expected.amount for row in rows), currency),
    )


def cash_position() -> CashPosition:
    """Return what came in and went out, of everything together. One query."""
    balances = dict(Account.objects.values_list("kind").annotate(Sum("balance")).order_by())
    currency = books_currency()

    def of(kind: str) -> Amount:
        return Amount(balances.get(kind, 0), currency)

    return CashPosition(
        received=-of(Kind.RECEIVED),
        earned=-of(Kind.EARNED),
        receivable=of(Kind.RECEIVABLE),
        difference=of(Kind.DIFFERENCE),
        paid_out=of(Kind.PAID_OUT),
        in_hand=of(Kind.CASH),
    )


def tranche(tranche_id: int) -> TrancheRow | None:
    """Return one tranche; None if there is none."""
    row = _tranches().filter(pk=tranche_id).first()
    return _tranche(row) if row else None


def source_of_duty(duty_id: int) -> int | None:
    """Return the source that asks for a duty; None if there is none."""
    return Duty.objects.filter(pk=duty_id).values_list("source_id", flat=True).first()
