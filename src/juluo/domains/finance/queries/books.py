"""How the books are kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from juluo.domains.finance.models import ApprovalRule, Books, Category, Stream
from juluo.domains.finance.rules import approvals as rules
from juluo.domains.finance.types import Amount
from juluo.lib.money import EXPONENTS


@dataclass(frozen=True, kw_only=True)
class ListEntry:
    """One category or stream, and how much it is used."""

    id: int
    label: str
    is_retired: bool
    used: int


@dataclass(frozen=True, kw_only=True)
class RuleInForce:
    """From which amounts an owner, and two people, must approve; None: never."""

    owner_from: Amount | None
    two_from: Amount | None
    set_by: str
    set_at: datetime | None


def books_currency() -> str:
    """Return the currency of the books."""
    row = Books.objects.filter(pk=1).first() or Books()
    return row.currency


def categories(*, keep: int | None = None) -> list[tuple[int, str]]:
    """Return the categories in use by id, and the one to ``keep`` whatever its state."""
    return [
        (row.pk, row.label)
        for row in Category.objects.all()
        if row.retired_at is None or row.pk == keep
    ]


def streams() -> list[tuple[int, str]]:
    """Return the streams of revenue in use by id."""
    return [(row.pk, row.label) for row in Stream.objects.filter(retired_at=None)]


def category_entries() -> list[ListEntry]:
    """Return every category, with how many lines and expenses it has. One query."""
    rows = Category.objects.annotate(
        in_lines=Count("lines", distinct=True), in_expenses=Count("expenses", distinct=True)
    )
    return [
        ListEntry(
            id=row.pk,
            label=row.label,
            is_retired=row.retired_at is not None,
            used=row.in_lines + row.in_expenses,
        )
        for row in rows
    ]


def stream_entries() -> list[ListEntry]:
    """Return every stream, with how many entries it has. One query."""
    rows = Stream.objects.annotate(used=Count("entries"))
    return [
        ListEntry(id=row.pk, label=row.label, is_retired=row.retired_at is not None, used=row.used)
        for row in rows
    ]


def rule_in_force() -> RuleInForce:
    """Return the approval rule that counts now: the newest, or the one we begin with."""
    currency = books_currency()
    row = ApprovalRule.objects.select_related("set_by").order_by("-pk").first()
    if row is None:
        unit = 10 ** EXPONENTS[currency]
        return RuleInForce(
            owner_from=Amount(rules.OWNER_FROM_UNITS * unit, currency),
            two_from=Amount(rules.TWO_FROM_UNITS * unit, currency),
            set_by="",
            set_at=None,
        )
    return RuleInForce(
        owner_from=Amount(row.owner_from, currency) if row.owner_from is not None else None,
        two_from=Amount(row.two_from, currency) if row.two_from is not None else None,
        set_by=row.set_by.display_name,
        set_at=row.set_at,
    )
