"""What drew on a budget line: its ledger, its commitments, its lifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from juluo.domains.finance.models import Account, Commitment, Expense, Leg, LimitLift
from juluo.domains.finance.types import Amount

Kind = Account.Kind
PAGE = 200


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One movement on a line: what it did to the four places of its money."""

    at: datetime
    who: str
    words: str
    expense_id: int | None
    drafted: Amount
    free: Amount
    committed: Amount
    spent: Amount
    free_after: Amount | None


@dataclass(frozen=True, kw_only=True)
class CommitmentRow:
    """One promise on a line."""

    id: int
    line_id: int
    title: str
    payee: str
    amount: Amount
    original: Amount | None
    remaining: Amount
    expected_on: date | None
    status: str
    status_label: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class LiftRow:
    """By how much an owner let a line go over its limit."""

    amount: Amount
    reason: str
    lifted_by: str
    lifted_at: datetime


def ledger_of(line_id: int) -> list[LedgerRow]:
    """Return what moved a line's money, newest first. Three queries."""
    legs = Leg.objects.filter(account__line=line_id).exclude(account__kind=Kind.PAID_OUT)
    legs = legs.select_related("posting__actor", "account", "account__line__budget")
    grouped: dict[int, list[Leg]] = {}
    for leg in legs.order_by("-posting_id", "account_id")[: PAGE * 4]:
        grouped.setdefault(leg.posting_id, []).append(leg)
    causes = [group[0].posting.cause for group in grouped.values()]
    titles = _titles(causes)
    return [_ledger_row(group, titles) for group in grouped.values()]


def _ledger_row(group: list[Leg], titles: dict[str, str]) -> LedgerRow:
    posting, line = group[0].posting, group[0].account.line
    assert line is not None  # noqa: S101 - asked for by line; tells the type checker
    moved = {leg.account.kind: leg for leg in group}
    currency = line.budget.currency

    def change(*kinds: str) -> Amount:
        return Amount(sum(moved[kind].amount for kind in kinds if kind in moved), currency)

    kind, _colon, rest = posting.cause.partition(":")
    number = rest.partition(":")[0]
    after = moved.get(Kind.AVAILABLE)
    return LedgerRow(
        at=posting.at,
        who=posting.actor.display_name if posting.actor else "",
        words=_cause_words(posting.cause, titles.get(f"{kind}:{number}", "")),
        expense_id=int(number) if kind == "expense" else None,
        drafted=change(Kind.DRAFTED),
        free=change(Kind.AVAILABLE),
        committed=change(Kind.COMMITTED),
        spent=change(Kind.OWED, Kind.SPENT),
        free_after=Amount(after.balance_after, currency) if after else None,
    )


def _titles(causes: Iterable[str]) -> dict[str, str]:
    """Return the titles of the expenses and commitments that causes name."""
    ids: dict[str, set[int]] = {"expense": set(), "commitment": set()}
    for cause in causes:
        kind, number, *_rest = cause.split(":")
        if kind in ids:
            ids[kind].add(int(number))
    titles: dict[str, str] = {}
    for kind, table in (("expense", Expense), ("commitment", Commitment)):
        found = table.objects.filter(pk__in=ids[kind]).values_list("pk", "title")
        titles |= {f"{kind}:{pk}": title for pk, title in found}
    return titles


def _cause_words(cause: str, title: str) -> str:
    kind, _number, what = (*cause.split(":"), "", "")[:3]
    words = {
        ("expense", "approved"): _("Expense approved: %(title)s"),
        ("expense", "paid"): _("Expense paid: %(title)s"),
        ("expense", "cancelled"): _("Expense cancelled: %(title)s"),
        ("commitment", "made"): _("Committed: %(title)s"),
        ("commitment", "cancelled"): _("Commitment cancelled: %(title)s"),
    }.get((kind, what))
    if words:
        return words % {"title": title}
    return _("Working version changed") if kind == "line_change" else _("Budget approved")


def commitments_of(line_id: int) -> list[CommitmentRow]:
    """Return a line's promises, open ones first. One query."""
    rows = Commitment.objects.filter(line=line_id).select_related("made_by", "line__budget")
    told = [_commitment(row) for row in rows.order_by("-pk")]
    return sorted(told, key=lambda row: row.status != Commitment.Status.OPEN)


def open_commitments() -> list[CommitmentRow]:
    """Return every open promise, oldest first. One query."""
    rows = Commitment.objects.filter(status=Commitment.Status.OPEN)
    return [_commitment(row) for row in rows.select_related("made_by", "line__budget")]


def _commitment(row: Commitment) -> CommitmentRow:
    currency = row.line.budget.currency
    foreign = row.original_currency != currency
    return CommitmentRow(
        id=row.pk,
        line_id=row.line_id,
        title=row.title,
        payee=row.payee,
        amount=Amount(row.amount, currency),
        original=Amount(row.original_amount, row.original_currency) if foreign else None,
        remaining=Amount(row.remaining, currency),
        expected_on=row.expected_on,
        status=row.status,
        status_label=row.get_status_display(),
        made_by=row.made_by.display_name,
        made_at=row.made_at,
    )


def lifts_of(line_id: int) -> list[LiftRow]:
    """Return how a line's limit was lifted, newest first. One query."""
    rows = LimitLift.objects.filter(line=line_id).select_related("lifted_by", "line__budget")
    return [
        LiftRow(
            amount=Amount(row.amount, row.line.budget.currency),
            reason=row.reason,
            lifted_by=row.lifted_by.display_name,
            lifted_at=row.lifted_at,
        )
        for row in rows.order_by("-pk")
    ]


def lifted_now(line_id: int) -> int:
    """Return by how much a line may pass its limit now."""
    floor = Account.objects.filter(line=line_id, kind=Kind.AVAILABLE).values_list("floor")
    found = floor.first()
    return -found[0] if found and found[0] else 0


def line_of_commitment(commitment_id: int) -> int | None:
    """Return the line that a promise stands on; None if there is none."""
    found = Commitment.objects.filter(pk=commitment_id).values_list("line_id", flat=True)
    return found.first()
