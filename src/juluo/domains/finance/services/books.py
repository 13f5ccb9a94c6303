"""How the books are kept: currency, categories, streams, approval rules."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from juluo.domains.finance import permissions
from juluo.domains.finance.models import (
    ApprovalRule,
    Books,
    Budget,
    Category,
    Expense,
    RevenueEntry,
    Stream,
)
from juluo.domains.finance.services.refusals import (
    BooksInUse,
    LastEntry,
    NameTaken,
    NotAllowed,
    OtherCurrency,
)
from juluo.domains.members.services import record_audited
from juluo.domains.members.types import Member
from juluo.events.base import reference
from juluo.events.finance import ApprovalRulesSet, BooksCurrencyChosen, ListChanged
from juluo.lib.money import EXPONENTS, Money

LISTS: dict[str, type[Category] | type[Stream]] = {"category": Category, "stream": Stream}


def books_counted_in(money: Money) -> None:
    """Hold the books' currency as it is while something in it is written down.

    :raises OtherCurrency: if the money is in another.
    """
    if _locked_books().currency != money.currency:
        raise OtherCurrency(money.currency)


def require_currency(money: Money) -> None:
    """Refuse money that is not in the books' currency, where that is fixed already.

    :raises OtherCurrency: if it is in another.
    """
    if Books.objects.get(pk=1).currency != money.currency:
        raise OtherCurrency(money.currency)


def _locked_books() -> Books:
    Books.objects.get_or_create(pk=1)
    return Books.objects.select_for_update().get(pk=1)


@transaction.atomic
def choose_currency(*, currency: str, actor_id: int, at: datetime) -> None:
    """Choose the currency of the books, while nothing stands in them.

    :raises NotAllowed: if the actor may not.
    :raises BooksInUse: if there is a budget, an expense or revenue already.
    """
    _require_rules(actor_id)
    if currency not in EXPONENTS:
        raise OtherCurrency(currency)
    books = _locked_books()
    if books.currency == currency:
        return
    if any(table.objects.exists() for table in (Budget, Expense, RevenueEntry, ApprovalRule)):
        raise BooksInUse
    books.currency = currency
    books.save(update_fields=["currency"])
    event = BooksCurrencyChosen(currency=currency)
    record_audited(event, subject=reference("books", 1), actor_id=actor_id, at=at)


@transaction.atomic
def set_rules(
    *, owner_from: Money | None, two_from: Money | None, actor_id: int, at: datetime
) -> ApprovalRule:
    """Say from which amount an owner must approve, and from which two people; None: never.

    :raises NotAllowed: if the actor may not.
    """
    _require_rules(actor_id)
    for limit in filter(None, (owner_from, two_from)):
        books_counted_in(limit)
    rule = ApprovalRule.objects.create(
        owner_from=owner_from.amount if owner_from is not None else None,
        two_from=two_from.amount if two_from is not None else None,
        set_by_id=actor_id,
        set_at=at,
    )
    event = ApprovalRulesSet(rule_id=rule.pk)
    record_audited(event, subject=reference("rule", rule.pk), actor_id=actor_id, at=at)
    return rule


def _require_rules(actor_id: int) -> None:
    if not permissions.can_change_rules(Member.objects.get(pk=actor_id)):
        raise NotAllowed


@transaction.atomic
def add_entry(*, list_name: str, name: str, actor_id: int, at: datetime) -> Category | Stream:
    """Add a category or a stream at the end of its list.

    :raises NameTaken: if another has this name.
    """
    table = LISTS[list_name]
    entries = _locked(table)
    _require_free(entries, name)
    last = max((each.position for each in entries), default=-1)
    entry = table.objects.create(name=name, position=last + 1)
    _tell(list_name, entry, "added", actor_id, at)
    return entry


@transaction.atomic
def rename_entry(*, list_name: str, entry_id: int, name: str, actor_id: int, at: datetime) -> None:
    """Give a category or a stream another name.

    :raises NameTaken: if another has this name.
    """
    entries = _locked(LISTS[list_name])
    entry = _one(entries, entry_id)
    if entry.label == name:
        return
    _require_free([each for each in entries if each.pk != entry_id], name)
    entry.name = name
    entry.save(update_fields=["name"])
    _tell(list_name, entry, "renamed", actor_id, at)


@transaction.atomic
def retire_entry(
    *, list_name: str, entry_id: int, retired: bool, actor_id: int, at: datetime
) -> None:
    """Offer a category or a stream no longer, or again; what used it keeps it.

    :raises LastEntry: if no other would be left in use.
    """
    entries = _locked(LISTS[list_name])
    entry = _one(entries, entry_id)
    if (entry.retired_at is not None) == retired:
        return
    if retired and not any(each.retired_at is None for each in entries if each != entry):
        raise LastEntry
    entry.retired_at = at if retired else None
    entry.save(update_fields=["retired_at"])
    _tell(list_name, entry, "retired" if retired else "restored", actor_id, at)


@transaction.atomic
def move_entry(*, list_name: str, entry_id: int, up: bool, actor_id: int, at: datetime) -> None:
    """Move a category or a stream one place up or down; at the end it stays where it is."""
    entries = _locked(LISTS[list_name])
    ordered = sorted(entries, key=lambda each: (each.position, each.pk))
    place = ordered.index(_one(entries, entry_id))
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, entry in enumerate(ordered):
        entry.position = position
        entry.save(update_fields=["position"])
    _tell(list_name, ordered[other], "moved", actor_id, at)


def _locked(table: type[Category] | type[Stream]) -> Sequence[Category | Stream]:
    """Return the whole list, locked in id order: names and places are decided together."""
    return list(table.objects.select_for_update().order_by("pk"))


def _one(entries: Sequence[Category | Stream], entry_id: int) -> Category | Stream:
    for entry in entries:
        if entry.pk == entry_id:
            return entry
    raise Category.DoesNotExist


def _require_free(entries: Sequence[Category | Stream], name: str) -> None:
    if any(each.label.casefold() == name.casefold() for each in entries):
        raise NameTaken(name)


def _tell(
    list_name: str, entry: Category | Stream, change: str, actor_id: int, at: datetime
) -> None:
    event = ListChanged(list=list_name, entry_id=entry.pk, change=change)
    record_audited(event, subject=reference(list_name, entry.pk), actor_id=actor_id, at=at)
