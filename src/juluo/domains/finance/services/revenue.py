"""Record what the community earns, and compare it with what came in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from juluo.domains.finance.models import Account, RevenueEntry
from juluo.domains.finance.services import ledger
from juluo.domains.finance.services.books import books_counted_in, require_currency
from juluo.domains.finance.services.refusals import ReasonMissing, WrongState
from juluo.domains.finance.types import Money, Stated
from juluo.domains.members.services import record_audited
from juluo.events import finance as happened
from juluo.events.base import reference

Kind = Account.Kind


@dataclass(frozen=True, kw_only=True)
class Earning:
    """What was earned by what on a day."""

    stream_id: int
    stated: Stated
    earned_on: date
    reference: str = ""
    note: str = ""
    budget_id: int | None = None


@transaction.atomic
def record_revenue(*, earning: Earning, form_key: str, actor_id: int, at: datetime) -> RevenueEntry:
    """Record revenue; the same form sent again makes no second entry."""
    books_counted_in(earning.stated.amount)
    entry, is_new = RevenueEntry.objects.get_or_create(
        recorded_by_id=actor_id,
        form_key=form_key,
        defaults={
            "stream_id": earning.stream_id,
            "budget_id": earning.budget_id,
            "earned_on": earning.earned_on,
            "reference": earning.reference,
            "note": earning.note,
            "recorded_at": at,
            **RevenueEntry.columns(earning.stated),
        },
    )
    if is_new:
        moves = {
            ledger.cash_account(Kind.RECEIVABLE): entry.amount,
            ledger.stream_account(entry.stream_id): -entry.amount,
        }
        ledger.post(cause=f"revenue:{entry.pk}:recorded", moves=moves, actor_id=actor_id, at=at)
        event = happened.RevenueRecorded(entry_id=entry.pk, stream_id=entry.stream_id)
        record_audited(event, subject=reference("revenue", entry.pk), actor_id=actor_id, at=at)
    return entry


@transaction.atomic
def reconcile_revenue(*, entry_id: int, received: Money, actor_id: int, at: datetime) -> None:
    """Write down what came in for an entry; the difference stays to be seen.

    :raises WrongState: if it is reconciled or voided already.
    """
    require_currency(received)
    entry = _open_entry(entry_id)
    if entry.reconciled_at is not None or received.amount < 0:
        raise WrongState
    moves = {
        ledger.cash_account(Kind.CASH): received.amount,
        ledger.cash_account(Kind.RECEIVABLE): -entry.amount,
        ledger.cash_account(Kind.DIFFERENCE): entry.amount - received.amount,
    }
    ledger.post(cause=f"revenue:{entry_id}:reconciled", moves=moves, actor_id=actor_id, at=at)
    entry.received_amount, entry.reconciled_at = received.amount, at
    entry.reconciled_by_id = actor_id
    entry.save(update_fields=["received_amount", "reconciled_at", "reconciled_by"])
    event = happened.RevenueReconciled(entry_id=entry_id)
    record_audited(event, subject=reference("revenue", entry_id), actor_id=actor_id, at=at)


@transaction.atomic
def void_revenue(*, entry_id: int, reason: str, actor_id: int, at: datetime) -> None:
    """Take a wrong entry out by its opposite; it stays to be read.

    :raises ReasonMissing: if no reason is given.
    :raises WrongState: if it is voided already.
    """
    if not reason.strip():
        raise ReasonMissing
    entry = _open_entry(entry_id)
    for what in ("recorded", "reconciled"):
        of = f"revenue:{entry_id}:{what}"
        ledger.post_back(cause=f"{of}:voided", of=of, actor_id=actor_id, at=at)
    entry.voided_at, entry.void_reason = at, reason.strip()
    entry.save(update_fields=["voided_at", "void_reason"])
    event = happened.RevenueVoided(entry_id=entry_id)
    record_audited(event, subject=reference("revenue", entry_id), actor_id=actor_id, at=at)


def _open_entry(entry_id: int) -> RevenueEntry:
    entry = RevenueEntry.objects.select_for_update().get(pk=entry_id)
    if entry.voided_at is not None:
        raise WrongState
    return entry
