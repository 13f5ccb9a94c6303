"""Where a budget's money comes from: sources through their stages, tranches, duties."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from juluo.domains.finance.models import Account, Duty, FundingSource, SourceChange, Tranche
from juluo.domains.finance.rules import states
from juluo.domains.finance.services import ledger
from juluo.domains.finance.services.books import require_currency
from juluo.domains.finance.services.refusals import ReasonMissing, WrongState
from juluo.domains.finance.types import Money, Stated
from juluo.domains.members.services import record_audited
from juluo.events import finance as happened
from juluo.events.base import reference

Kind = Account.Kind
Stage = FundingSource.Stage


@dataclass(frozen=True, kw_only=True)
class SourceFacts:
    """What a source of financing says."""

    kind: str
    title: str
    stated: Stated
    probability: int
    owner_id: int
    giver: str = ""
    conditions: str = ""


@transaction.atomic
def add_source(*, budget_id: int, facts: SourceFacts, actor_id: int, at: datetime) -> FundingSource:
    """Write down a source of a budget's money; it begins as an idea."""
    require_currency(facts.stated.amount)
    source = FundingSource.objects.create(budget_id=budget_id, created_at=at, **_columns(facts))
    event = happened.SourceAdded(source_id=source.pk, budget_id=budget_id)
    record_audited(event, subject=reference("source", source.pk), actor_id=actor_id, at=at)
    return source


@transaction.atomic
def change_source(
    *, source_id: int, facts: SourceFacts, reason: str = "", actor_id: int, at: datetime
) -> None:
    """Change what a source says; another amount of an agreed one needs a reason.

    :raises ReasonMissing: if the amount of an agreed source changes without one.
    :raises WrongState: if the source is closed.
    """
    require_currency(facts.stated.amount)
    source = _locked(source_id)
    if source.stage == Stage.CLOSED:
        raise WrongState
    before = source.amount
    changes = before != facts.stated.amount.amount
    if changes and source.stage in {Stage.AGREED, Stage.RECEIVING} and not reason.strip():
        raise ReasonMissing
    for name, value in _columns(facts).items():
        setattr(source, name, value)
    source.save()
    if changes:
        _keep(source, source.stage, before, reason, actor_id, at)
    event = happened.SourceChanged(source_id=source_id)
    record_audited(event, subject=reference("source", source_id), actor_id=actor_id, at=at)


def _columns(facts: SourceFacts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "title": facts.title,
        "giver": facts.giver,
        "probability": facts.probability,
        "conditions": facts.conditions,
        "owner_id": facts.owner_id,
        **FundingSource.columns(facts.stated),
    }


@transaction.atomic
def move_source(
    *, source_id: int, stage: str, reason: str = "", actor_id: int, at: datetime
) -> None:
    """Take a source to another stage; what is agreed covers its budget from then on.

    :raises WrongState: if that stage does not follow.
    """
    source = _locked(source_id)
    if not states.stage_may_follow(source.stage, stage):
        raise WrongState
    _go(source, stage, reason, actor_id, at)


def _locked(source_id: int) -> FundingSource:
    return FundingSource.objects.select_for_update().get(pk=source_id)


def _go(source: FundingSource, stage: str, reason: str, actor_id: int, at: datetime) -> None:
    before, source.stage = source.stage, stage
    source.save(update_fields=["stage"])
    _keep(source, before, source.amount, reason, actor_id, at)
    event = happened.SourceMoved(source_id=source.pk, before=before, after=stage)
    record_audited(event, subject=reference("source", source.pk), actor_id=actor_id, at=at)


def _keep(
    source: FundingSource, stage: str, amount: int, reason: str, actor_id: int, at: datetime
) -> None:
    """Keep the change, and let the source cover of its budget what it now does."""
    change = SourceChange.objects.create(
        source=source,
        stage_before=stage,
        stage_after=source.stage,
        amount_before=amount,
        amount_after=source.amount,
        reason=reason.strip(),
        made_by_id=actor_id,
        made_at=at,
    )
    _cover(source, f"source_change:{change.pk}", actor_id, at)


def _cover(source: FundingSource, cause: str, actor_id: int, at: datetime) -> None:
    received = source.tranches.aggregate(Sum("received_amount"))["received_amount__sum"] or 0
    pledged = ledger.source_account(source.pk, Kind.PLEDGED)
    wanted = states.financed(source.stage, amount=source.amount, received=received)
    more = wanted + pledged.balance
    moves = {pledged: -more, ledger.gap_of(source.budget_id): more}
    ledger.post(cause=cause, moves=moves, actor_id=actor_id, at=at)


@transaction.atomic
def add_tranche(
    *,
    source_id: int,
    due: date,
    amount: Money,
    condition: str = "",
    actor_id: int,
    at: datetime,
) -> Tranche:
    """Say when a part of a source's money is due, and on what condition.

    :raises WrongState: if nothing can come of the source any more.
    """
    require_currency(amount)
    source = _locked(source_id)
    if source.stage in {Stage.CLOSED, Stage.REFUSED}:
        raise WrongState
    tranche = Tranche.objects.create(
        source=source, due=due, amount=amount.amount, condition=condition
    )
    event = happened.SourceChanged(source_id=source_id)
    record_audited(event, subject=reference("source", source_id), actor_id=actor_id, at=at)
    return tranche


@transaction.atomic
def receive_tranche(
    *, tranche_id: int, received: Money, day: date, actor_id: int, at: datetime
) -> None:
    """Write down that a tranche came in; with the first, the source is being received.

    :raises WrongState: if the source is not agreed, or the tranche came in already.
    """
    require_currency(received)
    source = _locked(Tranche.objects.values_list("source_id", flat=True).get(pk=tranche_id))
    tranche = Tranche.objects.get(pk=tranche_id)
    if source.stage not in {Stage.AGREED, Stage.RECEIVING} or tranche.received_on is not None:
        raise WrongState
    tranche.received_on, tranche.received_amount = day, received.amount
    tranche.received_by_id = actor_id
    tranche.save(update_fields=["received_on", "received_amount", "received_by"])
    moves = {
        ledger.cash_account(Kind.CASH): received.amount,
        ledger.source_account(source.pk, Kind.RECEIVED): -received.amount,
    }
    ledger.post(cause=f"tranche:{tranche_id}:received", moves=moves, actor_id=actor_id, at=at)
    _cover(source, f"tranche:{tranche_id}:covers", actor_id, at)
    event = happened.TrancheReceived(source_id=source.pk, tranche_id=tranche_id)
    record_audited(event, subject=reference("source", source.pk), actor_id=actor_id, at=at)
    if source.stage == Stage.AGREED:
        _go(source, Stage.RECEIVING, "", actor_id, at)


@transaction.atomic
def add_duty(
    *,
    source_id: int,
    kind: str,
    title: str,
    due: date,
    amount: Money | None = None,
    actor_id: int,
    at: datetime,
) -> Duty:
    """Write down what a source asks for in return by a day."""
    if amount is not None:
        require_currency(amount)
    duty = Duty.objects.create(
        source_id=source_id,
        kind=kind,
        title=title,
        due=due,
        amount=amount.amount if amount is not None else None,
    )
    event = happened.SourceChanged(source_id=source_id)
    record_audited(event, subject=reference("source", source_id), actor_id=actor_id, at=at)
    return duty


@transaction.atomic
def fulfil_duty(*, duty_id: int, day: date, actor_id: int, at: datetime) -> None:
    """Mark a duty as done; a repayment goes out of the cash.

    :raises WrongState: if it was done already.
    """
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    if duty.done_on is not None:
        raise WrongState
    duty.done_on, duty.done_by_id = day, actor_id
    duty.save(update_fields=["done_on", "done_by"])
    if duty.amount is not None:
        moves = {
            ledger.cash_account(Kind.CASH): -duty.amount,
            ledger.source_account(duty.source_id, Kind.RECEIVED): duty.amount,
        }
        ledger.post(cause=f"duty:{duty_id}:repaid", moves=moves, actor_id=actor_id, at=at)
    event = happened.DutyDone(source_id=duty.source_id, duty_id=duty_id, kind=duty.kind)
    record_audited(event, subject=reference("source", duty.source_id), actor_id=actor_id, at=at)
