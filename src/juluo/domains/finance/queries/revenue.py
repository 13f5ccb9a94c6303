"""What the community earned, by stream, and what came in for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from juluo.domains.finance.models import RevenueEntry, Stream
from juluo.domains.finance.queries.books import books_currency
from juluo.domains.finance.types import Amount

PAGE = 200


@dataclass(frozen=True, kw_only=True)
class RevenueRow:
    """One entry."""

    id: int
    stream: str
    budget: str
    earned_on: date
    reference: str
    note: str
    amount: Amount
    original: Amount | None
    received: Amount | None
    reconciled_at: datetime | None
    recorded_by: str
    is_voided: bool
    void_reason: str

    @property
    def difference(self) -> Amount | None:
        """What came in less than was recorded; None until it is reconciled."""
        return self.amount - self.received if self.received is not None else None


@dataclass(frozen=True, kw_only=True)
class StreamTotals:
    """What one stream came to over some days."""

    stream: str
    entries: int
    recorded: Amount
    reconciled: Amount
    received: Amount

    @property
    def open(self) -> Amount:
        """What was recorded and not reconciled yet."""
        return self.recorded - self.reconciled

    @property
    def difference(self) -> Amount:
        """What came in less than was recorded, of what is reconciled."""
        return self.reconciled - self.received


def revenue_entries(
    *,
    start: date | None = None,
    end: date | None = None,
    stream_id: int | None = None,
    open_only: bool = False,
    limit: int | None = PAGE,
) -> list[RevenueRow]:
    """Return entries of the days ``[start, end)``, newest first. One query."""
    rows = RevenueEntry.objects.select_related("stream", "budget", "recorded_by")
    rows = rows.filter(_days(start, end))
    if stream_id is not None:
        rows = rows.filter(stream=stream_id)
    if open_only:
        rows = rows.filter(reconciled_at=None, voided_at=None)
    currency = books_currency()
    return [_row(row, currency) for row in rows.order_by("-earned_on", "-id")[:limit]]


def revenue_entry(entry_id: int) -> RevenueRow | None:
    """Return one entry; None if there is none."""
    rows = RevenueEntry.objects.select_related("stream", "budget", "recorded_by")
    row = rows.filter(pk=entry_id).first()
    return _row(row, books_currency()) if row else None


def _days(start: date | None, end: date | None) -> Q:
    days = Q()
    if start is not None:
        days &= Q(earned_on__gte=start)
    if end is not None:
        days &= Q(earned_on__lt=end)
    return days


def _row(row: RevenueEntry, currency: str) -> RevenueRow:
    foreign = row.original_currency != currency
    came = row.received_amount
    return RevenueRow(
        id=row.pk,
        stream=row.stream.label,
        budget=row.budget.title if row.budget else "",
        earned_on=row.earned_on,
        reference=row.reference,
        note=row.note,
        amount=Amount(row.amount, currency),
        original=Amount(row.original_amount, row.original_currency) if foreign else None,
        received=Amount(came, currency) if came is not None else None,
        reconciled_at=row.reconciled_at,
        recorded_by=row.recorded_by.display_name,
        is_voided=row.voided_at is not None,
        void_reason=row.void_reason,
    )


def revenue_by_stream(
    *,
    start: date | None = None,
    end: date | None = None,
    budget_ids: Collection[int] | None = None,
) -> list[StreamTotals]:
    """Return what each stream came to over the days ``[start, end)``. One query.

    Of everything, or of what was earned for these budgets.
    """
    currency = books_currency()
    within = Q(entries__voided_at=None)
    if budget_ids is not None:
        within &= Q(entries__budget__in=budget_ids)
    if start is not None:
        within &= Q(entries__earned_on__gte=start)
    if end is not None:
        within &= Q(entries__earned_on__lt=end)
    closed = within & Q(entries__reconciled_at__isnull=False)
    rows = Stream.objects.annotate(
        number=Count("entries", filter=within),
        recorded=Sum("entries__amount", filter=within),
        reconciled=Sum("entries__amount", filter=closed),
        received=Sum("entries__received_amount", filter=closed),
    )
    return [
        StreamTotals(
            stream=row.label,
            entries=row.number,
            recorded=Amount(row.recorded or 0, currency),
            reconciled=Amount(row.reconciled or 0, currency),
            received=Amount(row.received or 0, currency),
        )
        for row in rows
        if row.number or row.retired_at is None
    ]
