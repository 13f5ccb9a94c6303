"""Budgets, their versions and what changed between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from juluo.domains.finance.models import (
    Budget,
    BudgetLine,
    BudgetVersion,
    Indicator,
    LineChange,
    VersionLine,
)
from juluo.domains.finance.queries.wording import fact_name, fact_words
from juluo.domains.finance.rules.differences import LineDifference, differences
from juluo.domains.finance.types import Amount


@dataclass(frozen=True, kw_only=True)
class BudgetRow:
    """One budget; ``last`` is its last day."""

    id: int
    title: str
    plan_id: int | None
    start: date
    end: date
    currency: str
    owner_id: int
    owner: str
    status: str
    status_label: str
    version: int
    asked_at: datetime | None
    asked_by: str

    @property
    def last(self) -> date:
        """The last day it covers."""
        return self.end - timedelta(days=1)

    @property
    def is_changed(self) -> bool:
        """Whether there is something that nobody approved yet."""
        return self.status != Budget.Status.APPROVED

    def runs(self, today: date) -> bool:
        """Whether it covers a day."""
        return self.start <= today < self.end


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """An approved version in the list."""

    number: int
    total: Amount
    note: str
    approved_by: str
    approved_at: datetime
    is_latest: bool


@dataclass(frozen=True, kw_only=True)
class ChangeRow:
    """One line's difference, in words, and the reasons given for it."""

    title: str
    kind: str
    facts: tuple[tuple[str, str, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    """A metric stated as a benefit."""

    id: int
    metric: str
    kind: str
    kind_label: str


def budgets(ids: Iterable[int] | None = None) -> list[BudgetRow]:
    """Return budgets, newest first: all, or these. One query."""
    rows = _rows()
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return [_row(row) for row in rows]


def budget(budget_id: int) -> BudgetRow | None:
    """Return one budget; None if there is none."""
    row = _rows().filter(pk=budget_id).first()
    return _row(row) if row else None


def budget_of_plan(plan_id: int) -> BudgetRow | None:
    """Return a plan's budget; None if it has none yet."""
    row = _rows().filter(plan_id=plan_id).first()
    return _row(row) if row else None


def _rows() -> QuerySet[Budget]:
    people = Budget.objects.select_related("owner", "approval_asked_by")
    return people.annotate(version_count=Count("versions")).order_by("-start", "-id")


def _row(row: Any) -> BudgetRow:
    return BudgetRow(
        id=row.pk,
        title=row.title,
        plan_id=row.plan_id,
        start=row.start,
        end=row.end,
        currency=row.currency,
        owner_id=row.owner_id,
        owner=row.owner.display_name,
        status=row.status,
        status_label=row.get_status_display(),
        version=row.version_count,
        asked_at=row.approval_asked_at,
        asked_by=row.approval_asked_by.display_name if row.approval_asked_by else "",
    )


def versions(budget_id: int) -> list[VersionRow]:
    """Return a budget's approved versions, newest first. One query."""
    rows = BudgetVersion.objects.filter(budget=budget_id).order_by("-number")
    rows = rows.select_related("approved_by", "budget")
    return [
        VersionRow(
            number=row.number,
            total=Amount(row.total, row.budget.currency),
            note=row.note,
            approved_by=row.approved_by.display_name,
            approved_at=row.approved_at,
            is_latest=place == 0,
        )
        for place, row in enumerate(rows)
    ]


def changes(budget_id: int, *, older: int, newer: int | None, language: str) -> list[ChangeRow]:
    """Return what changed from one version to another; None stands for the working version.

    Version 0 is the empty budget. Four queries, however many lines changed.
    """
    currency = Budget.objects.values_list("currency", flat=True).get(pk=budget_id)
    before, after = _facts(budget_id, older), _facts(budget_id, newer)
    reasons = _reasons(budget_id, older, newer)
    return [
        _change(each, reasons.get(each.line_id, ()), currency, language)
        for each in differences(before, after)
    ]


def _facts(budget_id: int, number: int | None) -> dict[int, dict[str, Any]]:
    """Return the lines' facts of a version by the line's id."""
    people = ("category", "owner", "strategy", "task")
    if number is None:
        working = BudgetLine.objects.filter(budget=budget_id, removed_at=None)
        return {row.pk: _facts_of(row) for row in working.select_related(*people)}
    frozen = VersionLine.objects.filter(version__budget=budget_id, version__number=number)
    return {row.line_id: _facts_of(row) for row in frozen.select_related(*people)}


def _facts_of(row: BudgetLine | VersionLine) -> dict[str, Any]:
    return {
        "title": row.title,
        "category": row.category.label,
        "amount": row.amount,
        "month": row.month,
        "owner": row.owner.display_name,
        "strategy": row.strategy.title if row.strategy else None,
        "task": row.task.title if row.task else None,
        "warn_at": row.warn_at,
        "stops": row.stops,
    }


def _reasons(budget_id: int, older: int, newer: int | None) -> dict[int, tuple[str, ...]]:
    """Return the reasons given between two versions, by line."""
    rows = LineChange.objects.filter(line__budget=budget_id, after_version__gte=older)
    if newer is not None:
        rows = rows.filter(after_version__lt=newer)
    rows = rows.exclude(reason="")
    found: dict[int, tuple[str, ...]] = {}
    for line_id, reason in rows.order_by("pk").values_list("line_id", "reason"):
        found[line_id] = (*found.get(line_id, ()), reason)
    return found


def _change(
    found: LineDifference, reasons: tuple[str, ...], currency: str, language: str
) -> ChangeRow:
    facts = tuple(
        (
            fact_name(each.fact),
            fact_words(each.fact, each.before, currency=currency, language=language),
            fact_words(each.fact, each.after, currency=currency, language=language),
        )
        for each in found.changes
    )
    return ChangeRow(title=found.title, kind=found.kind, facts=facts, reasons=reasons)


def indicators(budget_id: int) -> list[IndicatorRow]:
    """Return the metrics stated as a budget's benefit. One query."""
    rows = Indicator.objects.filter(budget=budget_id, dropped_at=None).order_by("pk")
    return [
        IndicatorRow(id=row.pk, metric=row.metric, kind=row.kind, kind_label=row.get_kind_display())
        for row in rows
    ]


def budget_of_indicator(indicator_id: int) -> int | None:
    """Return the budget that a benefit is stated for; None if there is none."""
    found = Indicator.objects.filter(pk=indicator_id).values_list("budget_id", flat=True)
    return found.first()
