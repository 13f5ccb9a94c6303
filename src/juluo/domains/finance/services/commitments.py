"""Promise money of a budget line, and call a promise off."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from juluo.domains.finance.models import Account, BudgetLine, Commitment
from juluo.domains.finance.services import ledger
from juluo.domains.finance.services.books import require_currency
from juluo.domains.finance.services.drawing import within_limits
from juluo.domains.finance.services.refusals import WrongState
from juluo.domains.finance.services.warnings import warn_if_near
from juluo.domains.finance.types import Stated
from juluo.domains.members.services import record_audited
from juluo.events.base import reference
from juluo.events.finance import CommitmentCancelled, MoneyCommitted

Kind = Account.Kind


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What is promised to whom."""

    line_id: int
    title: str
    stated: Stated
    payee: str = ""
    expected_on: date | None = None


def commit_money(*, promise: Promise, form_key: str, actor_id: int, at: datetime) -> Commitment:
    """Reserve money of a line; the same form sent again makes no second promise.

    :raises LimitReached: if the line holds less than that.
    :raises WrongState: if the line was taken out of its budget, or never approved.
    """
    return within_limits(lambda: _commit(promise, form_key, actor_id, at), at=at)


def _commit(promise: Promise, form_key: str, actor_id: int, at: datetime) -> Commitment:
    require_currency(promise.stated.amount)
    require_open(promise.line_id)
    amount = promise.stated.amount.amount
    commitment, is_new = Commitment.objects.get_or_create(
        made_by_id=actor_id,
        form_key=form_key,
        defaults={
            "line_id": promise.line_id,
            "title": promise.title,
            "payee": promise.payee,
            "expected_on": promise.expected_on,
            "remaining": amount,
            "made_at": at,
            **Commitment.columns(promise.stated),
        },
    )
    if not is_new:
        return commitment
    moves = {
        ledger.line_account(promise.line_id, Kind.AVAILABLE): -amount,
        ledger.line_account(promise.line_id, Kind.COMMITTED): amount,
    }
    ledger.post(cause=f"commitment:{commitment.pk}:made", moves=moves, actor_id=actor_id, at=at)
    event = MoneyCommitted(commitment_id=commitment.pk, line_id=promise.line_id)
    record_audited(event, subject=reference("commitment", commitment.pk), actor_id=actor_id, at=at)
    warn_if_near(line_id=promise.line_id, at=at)
    return commitment


def require_open(line_id: int) -> None:
    """Refuse lines that nothing can be drawn from.

    :raises WrongState: if the line was taken out of its budget, or never approved.
    """
    usable = BudgetLine.objects.filter(pk=line_id, removed_at=None, frozen__isnull=False)
    if not usable.exists():
        raise WrongState


@transaction.atomic
def cancel_commitment(*, commitment_id: int, actor_id: int, at: datetime) -> None:
    """Call a promise off: what remains of it is the line's again.

    :raises WrongState: if it is settled or cancelled already.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment_id)
    if commitment.status != Commitment.Status.OPEN:
        raise WrongState
    moves = {
        ledger.line_account(commitment.line_id, Kind.COMMITTED): -commitment.remaining,
        ledger.line_account(commitment.line_id, Kind.AVAILABLE): commitment.remaining,
    }
    cause = f"commitment:{commitment_id}:cancelled"
    ledger.post(cause=cause, moves=moves, actor_id=actor_id, at=at)
    close(commitment, Commitment.Status.CANCELLED, at)
    event = CommitmentCancelled(commitment_id=commitment_id, line_id=commitment.line_id)
    record_audited(event, subject=reference("commitment", commitment_id), actor_id=actor_id, at=at)


def close(commitment: Commitment, status: str, at: datetime) -> None:
    """Mark a commitment as over; nothing remains of it."""
    commitment.status, commitment.remaining, commitment.closed_at = status, 0, at
    commitment.save(update_fields=["status", "remaining", "closed_at"])
