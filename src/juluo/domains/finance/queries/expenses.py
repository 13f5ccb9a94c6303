"""Expenses: the list, one with its decisions and receipts, what each viewer may do."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from juluo.domains.finance import permissions
from juluo.domains.finance.models import Approval, Expense, Receipt
from juluo.domains.finance.queries.books import books_currency, rule_in_force
from juluo.domains.finance.rules import approvals as rules
from juluo.domains.finance.types import Amount
from juluo.domains.members.permissions import Viewer
from juluo.lib.keyset import cursor_text, parse_cursor

PAGE = 50
Status = Expense.Status


@dataclass(frozen=True, kw_only=True)
class ExpenseRow:
    """One expense in the list."""

    id: int
    title: str
    payee: str
    category: str
    budget: str
    line_id: int | None
    line: str
    amount: Amount
    original: Amount | None
    spent_on: date
    submitter_id: int
    submitter: str
    submitted_at: datetime
    status: str
    status_label: str
    receipts: int
    is_reversal: bool


@dataclass(frozen=True, kw_only=True)
class ExpensePage:
    """One page of the list; ``older`` is where the next one begins."""

    rows: list[ExpenseRow]
    older: str


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """What one person decided."""

    who: str
    decision: str
    label: str
    by_owner: bool
    note: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ReceiptRow:
    """A receipt's file."""

    id: int
    expense_id: int
    submitter_id: int
    name: str
    stored_as: str
    content_type: str
    size: int


@dataclass(frozen=True, kw_only=True)
class ExpenseDetail:
    """One expense with all that was decided about it."""

    row: ExpenseRow
    rate: Decimal | None
    rate_on: date | None
    rate_source: str
    commitment: str
    closes_commitment: bool
    from_commitment: Amount
    reason: str
    reverses_id: int | None
    reversal_id: int | None
    paid_at: datetime | None
    paid_by: str
    payment_reference: str
    cancelled_at: datetime | None
    cancelled_by: str
    decisions: list[DecisionRow]
    receipts: list[ReceiptRow]
    needs: rules.Needed
    approvals_given: int


@dataclass(frozen=True, kw_only=True)
class ExpenseActs:
    """What one viewer may do with an expense now."""

    approve: bool
    owner_needed: bool
    reject: bool
    pay: bool
    cancel: bool
    reverse: bool
    add_receipts: bool


def expenses(
    *,
    submitter_id: int | None = None,
    status: str = "",
    category_id: int | None = None,
    budget_id: int | None = None,
    words: str = "",
    before: str = "",
    limit: int | None = PAGE,
) -> ExpensePage:
    """Return expenses, newest first, narrowed by what is given. One query.

    ``before`` is a place as :attr:`ExpensePage.older` names it; without ``limit`` all.
    """
    rows = _rows()
    narrowing = {
        "submitter": submitter_id,
        "status": status or None,
        "category": category_id,
        "line__budget": budget_id,
    }
    rows = rows.filter(**{name: value for name, value in narrowing.items() if value is not None})
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(payee__icontains=words))
    place = parse_cursor(before) if before else None
    if place:
        at, pk = place
        rows = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    found = list(rows[: limit + 1] if limit else rows)
    shown = found[:limit] if limit else found
    more = len(found) > len(shown)
    older = cursor_text(shown[-1].submitted_at, shown[-1].pk) if more else ""
    currency = books_currency()
    return ExpensePage(rows=[_row(each, currency) for each in shown], older=older)


def _rows() -> QuerySet[Expense]:
    related = Expense.objects.select_related("category", "line__budget", "submitter")
    return related.annotate(receipt_count=Count("receipts")).order_by("-submitted_at", "-id")


def _row(row: Any, currency: str) -> ExpenseRow:
    foreign = row.original_currency != currency
    return ExpenseRow(
        id=row.pk,
        title=row.title,
        payee=row.payee,
        category=row.category.label,
        budget=row.line.budget.title if row.line else "",
        line_id=row.line_id,
        line=row.line.title if row.line else "",
        amount=Amount(row.amount, currency),
        original=Amount(row.original_amount, row.original_currency) if foreign else None,
        spent_on=row.spent_on,
        submitter_id=row.submitter_id,
        submitter=row.submitter.display_name,
        submitted_at=row.submitted_at,
        status=row.status,
        status_label=row.get_status_display(),
        receipts=row.receipt_count,
        is_reversal=row.reverses_id is not None,
    )


def expense(expense_id: int) -> ExpenseDetail | None:
    """Return one expense; None if there is none."""
    row = _rows().select_related("commitment", "paid_by", "cancelled_by").filter(pk=expense_id)
    found = row.first()
    if found is None:
        return None
    currency = books_currency()
    decisions = _decisions(found.pk)
    reversal = found.reversals.exclude(status__in=[Status.REJECTED, Status.CANCELLED]).first()
    return ExpenseDetail(
        row=_row(found, currency),
        rate=found.rate,
        rate_on=found.rate_on,
        rate_source=found.rate_source,
        commitment=found.commitment.title if found.commitment else "",
        closes_commitment=found.closes_commitment,
        from_commitment=Amount(found.from_commitment, currency),
        reason=found.reason,
        reverses_id=found.reverses_id,
        reversal_id=reversal.pk if reversal else None,
        paid_at=found.paid_at,
        paid_by=found.paid_by.display_name if found.paid_by else "",
        payment_reference=found.payment_reference,
        cancelled_at=found.cancelled_at,
        cancelled_by=found.cancelled_by.display_name if found.cancelled_by else "",
        decisions=decisions,
        receipts=[_receipt(each, found) for each in found.receipts.order_by("pk")],
        needs=needs_of_amount(found.amount),
        approvals_given=sum(each.decision == "approved" for each in decisions),
    )


def needs_of_amount(amount: int) -> rules.Needed:
    """Return the approvals that an amount in the books' currency needs now."""
    rule = rule_in_force()
    return rules.needed(
        amount,
        owner_from=rule.owner_from.amount if rule.owner_from is not None else None,
        two_from=rule.two_from.amount if rule.two_from is not None else None,
    )


def _decisions(expense_id: int) -> list[DecisionRow]:
    rows = Approval.objects.filter(expense=expense_id).select_related("approver").order_by("pk")
    return [
        DecisionRow(
            who=row.approver.display_name,
            decision=row.decision,
            label=row.get_decision_display(),
            by_owner=row.by_owner,
            note=row.note,
            at=row.decided_at,
        )
        for row in rows
    ]


def _receipt(row: Receipt, expense: Expense) -> ReceiptRow:
    return ReceiptRow(
        id=row.pk,
        expense_id=expense.pk,
        submitter_id=expense.submitter_id,
        name=row.name,
        stored_as=row.stored_as,
        content_type=row.content_type,
        size=row.size,
    )


def receipt(receipt_id: int) -> ReceiptRow | None:
    """Return a receipt with whose expense it belongs to; None if there is none."""
    row = Receipt.objects.select_related("expense").filter(pk=receipt_id).first()
    return _receipt(row, row.expense) if row else None


def acts_of(viewer: Viewer, found: ExpenseDetail) -> ExpenseActs:
    """Return what a viewer may do with an expense now. Two queries at most."""
    submitter_id, status = found.row.submitter_id, found.row.status
    waits = status == Status.SUBMITTED
    second = waits and permissions.can_approve(viewer, submitter_id=submitter_id)
    second = (
        second and not Approval.objects.filter(expense=found.row.id, approver=viewer.pk).exists()
    )
    owner = permissions.is_owner(viewer)
    given = [each.by_owner for each in found.decisions if each.decision == "approved"]
    helps = rules.would_help(found.needs, given=given, is_owner=owner)
    approved = status == Status.APPROVED
    return ExpenseActs(
        approve=second and helps,
        owner_needed=second and not helps,
        reject=second,
        pay=approved and permissions.can_pay(viewer, submitter_id=submitter_id),
        cancel=(waits or approved)
        and permissions.can_cancel_expense(viewer, submitter_id=submitter_id, is_approved=approved),
        reverse=status == Status.PAID
        and found.reverses_id is None
        and found.reversal_id is None
        and permissions.can_see_money(viewer),
        add_receipts=waits or approved,
    )


def waiting_for(viewer: Viewer) -> int:
    """Return how many expenses wait for this viewer's approval. Two queries at most."""
    if not permissions.can_see_money(viewer):
        return 0
    rows = Expense.objects.filter(status=Status.SUBMITTED).exclude(submitter_id=viewer.pk)
    rows = rows.exclude(approvals__approver_id=viewer.pk)
    if not permissions.is_owner(viewer):
        rows = rows.filter(_an_operator_helps())
    return rows.distinct().count()


def _an_operator_helps() -> Q:
    """Return which expenses an approval by somebody who is no owner brings nearer."""
    rule = rule_in_force()
    helps = Q()
    if rule.owner_from is not None:
        helps = Q(amount__lt=rule.owner_from.amount) | Q(approvals__by_owner=True)
        if rule.two_from is not None:
            helps |= Q(amount__gte=rule.two_from.amount, approvals__isnull=True)
    return helps


def unpaid_count(viewer: Viewer) -> int:
    """Return how many approved expenses this viewer could pay. One query."""
    if not permissions.can_see_money(viewer):
        return 0
    rows = Expense.objects.filter(status=Status.APPROVED)
    return rows.exclude(submitter_id=viewer.pk).count()


def spent_by_month(budget_ids: list[int]) -> dict[date, int]:
    """Return what was approved or paid of these budgets by the month it was spent in."""
    rows = Expense.objects.filter(line__budget__in=budget_ids).annotate(
        month=TruncMonth("spent_on")
    )
    spent = rows.filter(status__in=[Status.APPROVED, Status.PAID], reverses=None)
    back = rows.filter(status=Status.PAID, reverses__isnull=False)
    found: dict[date, int] = {}
    for part, sign in ((spent, 1), (back, -1)):
        for month, amount in part.values_list("month").annotate(Sum("amount")).order_by("month"):
            found[month] = found.get(month, 0) + sign * amount
    return found


def cost_of(
    *,
    budget_id: int | None = None,
    strategy_id: int | None = None,
    until: date | None = None,
) -> Amount:
    """Return what was approved or paid for a budget or a strategy, before a day. Two queries."""
    rows = Expense.objects.filter(line__isnull=False)
    if budget_id is not None:
        rows = rows.filter(line__budget=budget_id)
    if strategy_id is not None:
        rows = rows.filter(line__strategy=strategy_id)
    if until is not None:
        rows = rows.filter(spent_on__lt=until)
    kept = Q(status__in=[Status.APPROVED, Status.PAID], reverses=None)
    back = Q(status=Status.PAID, reverses__isnull=False)
    found = rows.aggregate(kept=Sum("amount", filter=kept), back=Sum("amount", filter=back))
    return Amount((found["kept"] or 0) - (found["back"] or 0), books_currency())
