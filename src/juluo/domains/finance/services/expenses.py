"""Hand expenses in, decide about them, pay them, take them back. Never edit what was paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from juluo.domains.finance import permissions
from juluo.domains.finance.models import Account, Approval, ApprovalRule, Commitment, Expense
from juluo.domains.finance.rules import approvals as rules
from juluo.domains.finance.rules import states
from juluo.domains.finance.services import ledger, receipts
from juluo.domains.finance.services.books import books_counted_in
from juluo.domains.finance.services.commitments import close, require_open
from juluo.domains.finance.services.drawing import within_limits
from juluo.domains.finance.services.refusals import (
    AlreadyDecided,
    AlreadyReversed,
    LineMissing,
    NotAllowed,
    OwnerNeeded,
    ReasonMissing,
    WrongState,
)
from juluo.domains.finance.services.telling import tell_submitter
from juluo.domains.finance.services.warnings import warn_if_near
from juluo.domains.finance.types import Stated
from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.events import finance as happened
from juluo.events.base import reference
from juluo.lib.money import EXPONENTS

Kind = Account.Kind


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What somebody says was spent."""

    title: str
    category_id: int
    stated: Stated
    spent_on: date
    payee: str
    line_id: int | None = None
    commitment_id: int | None = None
    closes_commitment: bool = True


def submit_expense(
    *,
    claim: Claim,
    files: Sequence[receipts.ReceiptFile] = (),
    form_key: str,
    submitter_id: int,
    at: datetime,
) -> Expense:
    """Hand an expense in; the same form sent again returns the first one.

    :raises NotAllowed: if the member may not hand in expenses.
    :raises WrongState: if the line or the commitment cannot be drawn from.
    :raises BadReceipt: if a file is too large, or of none of the types that receipts have.
    """
    with receipts.kept_files(files) as kept:
        expense, is_new = _submit(claim, kept, form_key, submitter_id, at)
    if not is_new:
        receipts.forget(kept)
    return expense


@transaction.atomic
def _submit(
    claim: Claim, kept: Sequence[receipts._Kept], form_key: str, submitter_id: int, at: datetime
) -> tuple[Expense, bool]:
    if not permissions.can_claim(Member.objects.get(pk=submitter_id)):
        raise NotAllowed
    books_counted_in(claim.stated.amount)
    expense, is_new = Expense.objects.get_or_create(
        submitter_id=submitter_id, form_key=form_key, defaults=_columns(claim, at)
    )
    if is_new:
        if expense.line_id is not None:
            require_open(expense.line_id)
        receipts.lay_with(expense, kept, submitter_id, at)
        event = happened.ExpenseClaimed(expense_id=expense.pk)
        record_audited(
            event, subject=reference("expense", expense.pk), actor_id=submitter_id, at=at
        )
    return expense, is_new


def _columns(claim: Claim, at: datetime) -> dict[str, object]:
    line_id = claim.line_id
    if claim.commitment_id is not None:
        commitment = Commitment.objects.get(pk=claim.commitment_id)
        if commitment.status != Commitment.Status.OPEN or line_id not in {
            None,
            commitment.line_id,
        }:
            raise WrongState
        line_id = commitment.line_id
    return {
        "title": claim.title,
        "category_id": claim.category_id,
        "line_id": line_id,
        "commitment_id": claim.commitment_id,
        "closes_commitment": claim.closes_commitment,
        "spent_on": claim.spent_on,
        "payee": claim.payee,
        "submitted_at": at,
        **Expense.columns(claim.stated),
    }


def approve_expense(
    *,
    expense_id: int,
    line_id: int | None = None,
    note_text: str = "",
    actor_id: int,
    at: datetime,
) -> Expense:
    """Give one approval; with the last one needed, the amount is drawn from the budget line.

    ``line_id`` puts the expense on a line, or on another one than was claimed.

    :raises NotAllowed: if the actor may not decide about it; nobody may about their own.
    :raises AlreadyDecided: if the actor has decided before.
    :raises OwnerNeeded: if only an owner's approval helps.
    :raises LineMissing: if it has no budget line.
    :raises LimitReached: if the line holds less than that.
    :raises WrongState: if it waits for no approval, or the line cannot be drawn from.
    """
    return within_limits(lambda: _approve(expense_id, line_id, note_text, actor_id, at), at=at)


def _approve(
    expense_id: int, line_id: int | None, note_text: str, actor_id: int, at: datetime
) -> Expense:
    expense, actor = _to_decide(expense_id, "approve", actor_id)
    _put_on_line(expense, line_id)
    rule = ApprovalRule.objects.order_by("-pk").first()
    wanted = needed_for(expense.amount, _currency(expense), rule)
    given = list(expense.approvals.values_list("by_owner", flat=True))
    by_owner = permissions.is_owner(actor)
    if not rules.would_help(wanted, given=given, is_owner=by_owner):
        raise OwnerNeeded
    _decide(expense, Approval.Decision.APPROVED, actor, rule, note_text, at)
    if rules.is_enough(wanted, given=[*given, by_owner]):
        _book_approval(expense, actor_id, at)
    else:
        event = happened.ExpenseEndorsed(expense_id=expense_id)
        record_audited(event, subject=reference("expense", expense_id), actor_id=actor_id, at=at)
    return expense


def needed_for(amount: int, currency: str, rule: ApprovalRule | None) -> rules.Needed:
    """Return the approvals that an amount needs by a rule, or by those we begin with."""
    if rule is not None:
        return rules.needed(amount, owner_from=rule.owner_from, two_from=rule.two_from)
    unit = 10 ** EXPONENTS[currency]
    return rules.needed(
        amount,
        owner_from=rules.OWNER_FROM_UNITS * unit,
        two_from=rules.TWO_FROM_UNITS * unit,
    )


def _currency(expense: Expense) -> str:
    assert expense.line is not None  # noqa: S101 - checked before; tells the type checker
    return expense.line.budget.currency


def _to_decide(expense_id: int, act: str, actor_id: int) -> tuple[Expense, Member]:
    """Return the expense, locked, and who decides, after checking that they may now."""
    expense = Expense.objects.select_for_update().get(pk=expense_id)
    actor = Member.objects.get(pk=actor_id)
    if not permissions.can_approve(actor, submitter_id=expense.submitter_id):
        raise NotAllowed
    if states.after(expense.status, act) is None:
        raise WrongState
    if expense.approvals.filter(approver_id=actor_id).exists():
        raise AlreadyDecided
    return expense, actor


def _put_on_line(expense: Expense, line_id: int | None) -> None:
    if line_id is not None and line_id != expense.line_id:
        if expense.commitment_id is not None or expense.reverses_id is not None:
            raise WrongState
        expense.line_id = line_id
    if expense.line_id is None:
        raise LineMissing
    if expense.reverses_id is None:
        require_open(expense.line_id)
    expense.save(update_fields=["line"])


def _decide(
    expense: Expense,
    decision: str,
    actor: Member,
    rule: ApprovalRule | None,
    note_text: str,
    at: datetime,
) -> None:
    Approval.objects.create(
        expense=expense,
        decision=decision,
        approver=actor,
        submitter_id=expense.submitter_id,
        by_owner=permissions.is_owner(actor),
        rule=rule,
        note=note_text.strip(),
        decided_at=at,
    )


def _book_approval(expense: Expense, actor_id: int, at: datetime) -> None:
    """Draw the amount from its line; a reversal draws nothing, it gives back once paid."""
    line_id = expense.line_id
    assert line_id is not None  # noqa: S101 - checked before; tells the type checker
    if expense.reverses_id is None:
        promised, released = _from_commitment(expense, at)
        moves = {
            ledger.line_account(line_id, Kind.COMMITTED): -promised - released,
            ledger.line_account(line_id, Kind.AVAILABLE): promised + released - expense.amount,
            ledger.line_account(line_id, Kind.OWED): expense.amount,
        }
        expense.from_commitment = promised
        cause = f"expense:{expense.pk}:approved"
        ledger.post(cause=cause, moves=moves, actor_id=actor_id, at=at)
        warn_if_near(line_id=line_id, at=at)
    expense.status = Expense.Status.APPROVED
    expense.save(update_fields=["status", "from_commitment"])
    event = happened.ExpenseApproved(expense_id=expense.pk, line_id=line_id)
    record_audited(event, subject=reference("expense", expense.pk), actor_id=actor_id, at=at)
    tell_submitter(expense, at)


def _from_commitment(expense: Expense, at: datetime) -> tuple[int, int]:
    """Return what the expense takes of its commitment, and what it releases of the rest."""
    if expense.commitment_id is None:
        return 0, 0
    commitment = Commitment.objects.select_for_update().get(pk=expense.commitment_id)
    if commitment.status != Commitment.Status.OPEN:
        return 0, 0
    promised = min(expense.amount, commitment.remaining)
    rest = commitment.remaining - promised
    if expense.closes_commitment or not rest:
        close(commitment, Commitment.Status.SETTLED, at)
        return promised, rest
    commitment.remaining = rest
    commitment.save(update_fields=["remaining"])
    return promised, 0


@transaction.atomic
def reject_expense(*, expense_id: int, note_text: str, actor_id: int, at: datetime) -> None:
    """Refuse an expense, with a reason for whoever handed it in.

    :raises NotAllowed: if the actor may not decide about it; nobody may about their own.
    :raises ReasonMissing: if no reason is given.
    :raises AlreadyDecided: if the actor has approved it before.
    :raises WrongState: if it waits for no approval.
    """
    expense, actor = _to_decide(expense_id, "reject", actor_id)
    if not note_text.strip():
        raise ReasonMissing
    rule = ApprovalRule.objects.order_by("-pk").first()
    _decide(expense, Approval.Decision.REJECTED, actor, rule, note_text, at)
    expense.status = Expense.Status.REJECTED
    expense.save(update_fields=["status"])
    event = happened.ExpenseRejected(expense_id=expense_id)
    record_audited(event, subject=reference("expense", expense_id), actor_id=actor_id, at=at)
    tell_submitter(expense, at)


@transaction.atomic
def pay_expense(*, expense_id: int, reference: str = "", actor_id: int, at: datetime) -> None:
    """Mark an approved expense as paid; of a reversal: mark that its money came back.

    :raises NotAllowed: if the actor may not; nobody pays their own.
    :raises WrongState: if it is not approved, or paid already.
    """
    expense = Expense.objects.select_for_update().get(pk=expense_id)
    actor = Member.objects.get(pk=actor_id)
    if not permissions.can_pay(actor, submitter_id=expense.submitter_id):
        raise NotAllowed
    if states.after(expense.status, "pay") is None or expense.line_id is None:
        raise WrongState
    moves = _payment(expense, expense.line_id)
    ledger.post(cause=f"expense:{expense_id}:paid", moves=moves, actor_id=actor_id, at=at)
    expense.status, expense.paid_at = Expense.Status.PAID, at
    expense.paid_by_id, expense.payment_reference = actor_id, reference.strip()
    expense.save(update_fields=["status", "paid_at", "paid_by", "payment_reference"])
    event = happened.ExpensePaid(expense_id=expense_id)
    record_audited(event, subject=f"expense:{expense_id}", actor_id=actor_id, at=at)
    tell_submitter(expense, at)


def _payment(expense: Expense, line_id: int) -> dict[Account, int]:
    """Return what paying moves: on the line, and in cash."""
    is_back = expense.reverses_id is not None
    paid = -expense.amount if is_back else expense.amount
    other = Kind.AVAILABLE if is_back else Kind.OWED
    return {
        ledger.line_account(line_id, other): -paid,
        ledger.line_account(line_id, Kind.SPENT): paid,
        ledger.cash_account(Kind.CASH): -paid,
        ledger.line_account(line_id, Kind.PAID_OUT): paid,
    }


@transaction.atomic
def cancel_expense(*, expense_id: int, actor_id: int, at: datetime) -> None:
    """Call an expense off before it is paid; what it had drawn goes back to its line.

    :raises NotAllowed: if the actor may not.
    :raises WrongState: if it is paid, rejected or cancelled.
    """
    expense = Expense.objects.select_for_update().get(pk=expense_id)
    is_approved = expense.status == Expense.Status.APPROVED
    if not permissions.can_cancel_expense(
        Member.objects.get(pk=actor_id),
        submitter_id=expense.submitter_id,
        is_approved=is_approved,
    ):
        raise NotAllowed
    if states.after(expense.status, "cancel") is None:
        raise WrongState
    if is_approved and expense.reverses_id is None and expense.line_id is not None:
        moves = {
            ledger.line_account(expense.line_id, Kind.OWED): -expense.amount,
            ledger.line_account(expense.line_id, Kind.AVAILABLE): expense.amount,
        }
        cause = f"expense:{expense_id}:cancelled"
        ledger.post(cause=cause, moves=moves, actor_id=actor_id, at=at)
    expense.status, expense.cancelled_at = Expense.Status.CANCELLED, at
    expense.cancelled_by_id = actor_id
    expense.save(update_fields=["status", "cancelled_at", "cancelled_by"])
    event = happened.ExpenseCancelled(expense_id=expense_id)
    record_audited(event, subject=reference("expense", expense_id), actor_id=actor_id, at=at)


@transaction.atomic
def reverse_expense(
    *, expense_id: int, reason: str, day: date, actor_id: int, at: datetime
) -> Expense:
    """Ask to take a paid expense back; it goes through approval like any other.

    :raises NotAllowed: if the actor may not see the books.
    :raises ReasonMissing: if no reason is given.
    :raises WrongState: if the expense is not paid, or is itself a reversal.
    :raises AlreadyReversed: if it is being taken back, or was.
    """
    if not permissions.can_see_money(Member.objects.get(pk=actor_id)):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    paid = Expense.objects.select_for_update().get(pk=expense_id)
    if paid.status != Expense.Status.PAID or paid.reverses_id is not None:
        raise WrongState
    copied = (
        *("title", "category_id", "line_id", "payee", "amount", "original_amount"),
        *("original_currency", "rate", "rate_on", "rate_source"),
    )
    try:
        with transaction.atomic():
            reversal = Expense.objects.create(
                reverses=paid,
                reason=reason.strip(),
                spent_on=day,
                submitter_id=actor_id,
                submitted_at=at,
                form_key=f"reverse-{expense_id}-{paid.reversals.count()}",
                **{name: getattr(paid, name) for name in copied},
            )
    except IntegrityError:
        raise AlreadyReversed from None
    event = happened.ExpenseClaimed(expense_id=reversal.pk, reverses_id=expense_id)
    record_audited(event, subject=reference("expense", reversal.pk), actor_id=actor_id, at=at)
    return reversal
