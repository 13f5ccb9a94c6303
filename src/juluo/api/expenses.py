"""Expenses over HTTP: handing them in, and what is decided about them.

Amounts are whole numbers of the currency's smallest unit.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field

from juluo.api.authentication import allow
from juluo.api.errors import Forbidden, Refused, refusals
from juluo.api.fields import Day, Id, Words
from juluo.api.money import MoneyOut
from juluo.domains.finance import permissions, queries, services
from juluo.domains.finance.types import Money, Rate, Stated, state
from juluo.domains.insights.queries import local_today
from juluo.domains.members.permissions import Viewer
from juluo.lib.money import EXPONENTS, LARGEST, convert

router = Router(tags=["money"])
WORDS: dict[type[Exception], str] = {
    services.WrongState: "That does not follow from the state things are in.",
    services.ReasonMissing: "Give a reason.",
    services.LimitReached: "“{title}” does not hold that much; an owner can lift its limit.",
    services.LineMissing: "Name the budget line that it is drawn from.",
    services.AlreadyDecided: "You have decided about this before.",
    services.OwnerNeeded: "An amount like this needs an owner's approval.",
    services.OtherCurrency: "The books are kept in another currency.",
}


class CategoryOut(Schema):
    """A category of expenses."""

    id: int
    label: str


class ExpenseOut(Schema):
    """An expense in the list; a reversal gives its amount back."""

    id: int
    title: str
    payee: str
    category: str
    line_id: int | None
    amount: MoneyOut
    original: MoneyOut | None = Field(description="Where it was stated in another currency.")
    spent_on: date
    submitter_id: int
    submitted_at: datetime
    status: str
    is_reversal: bool


class ExpensesOut(Schema):
    """A page of expenses, newest first; ``older`` is the next page's ``before``, "" at the end."""

    rows: list[ExpenseOut]
    older: str


class DecisionOut(Schema):
    """What one person decided."""

    who: str
    decision: str
    by_owner: bool
    note: str
    at: datetime


class ExpenseDetail(ExpenseOut):
    """An expense with what was decided about it."""

    decisions: list[DecisionOut]
    approvals_given: int
    paid_at: datetime | None
    payment_reference: str
    reverses_id: int | None


class Narrowed(Schema):
    """Which expenses."""

    status: Literal["submitted", "approved", "rejected", "paid", "cancelled"] | None = None
    category: Id | None = None
    budget: Id | None = None
    before: Words = Field("", max_length=100, description="As ``older`` names it.")


class ClaimIn(Schema):
    """What was spent. Another currency than the books' needs its rate, the day and the source."""

    key: str = Field(
        pattern="^[A-Za-z0-9_-]{8,36}$", description="Yours: sent twice, it counts once."
    )
    title: Words = Field(min_length=1, max_length=200)
    category_id: Id
    payee: Words = Field(min_length=1, max_length=200)
    spent_on: Day
    amount: int = Field(ge=1, le=LARGEST, description="In the currency's smallest unit.")
    currency: Words | None = Field(None, max_length=3, description="The books', if absent.")
    rate: Decimal | None = Field(
        None, gt=0, le=1_000_000_000, max_digits=24, decimal_places=12, allow_inf_nan=False
    )
    rate_on: Day | None = None
    rate_source: Words = Field("", max_length=100)
    line_id: Id | None = Field(None, description="Only for those who see budgets.")
    commitment_id: Id | None = Field(None, description="Only for those who see budgets.")
    closes_commitment: bool = True


class ApproveIn(Schema):
    """An approval; the line is needed where none was claimed."""

    line_id: Id | None = None
    note: Words = Field("", max_length=1000)


class RejectIn(Schema):
    """Why it is refused."""

    note: Words = Field(min_length=1, max_length=1000)


class PayIn(Schema):
    """How it was paid."""

    reference: Words = Field("", max_length=100)


@router.get("/categories/", response=list[CategoryOut], summary="List categories of expenses")
def categories(request: HttpRequest) -> Any:
    """Return the categories in use."""
    allow(request, permissions.can_claim)
    return [{"id": pk, "label": label} for pk, label in queries.categories()]


@router.get("/expenses/", response=ExpensesOut, summary="List expenses")
def expenses(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """Return expenses: all to those who see money, their own to others."""
    member = allow(request, permissions.can_claim).member
    sees_all = permissions.can_see_money(member)
    return queries.expenses(
        submitter_id=None if sees_all else member.pk,
        status=narrowed.status or "",
        category_id=narrowed.category,
        budget_id=narrowed.budget if sees_all else None,
        before=narrowed.before,
    )


@router.get("/expenses/{int:expense_id}/", response=ExpenseDetail, summary="Read an expense")
def expense(request: HttpRequest, expense_id: int) -> Any:
    """Return an expense with its decisions."""
    return _detail(_seen(request, expense_id))


def _seen(request: HttpRequest, expense_id: int) -> queries.ExpenseDetail:
    """Return an expense that the caller may see; others learn nothing of it."""
    member = allow(request, permissions.can_claim).member
    found = queries.expense(expense_id)
    if found is None or not permissions.can_see_expense(
        member, submitter_id=found.row.submitter_id
    ):
        raise Http404
    return found


def _detail(found: queries.ExpenseDetail) -> dict[str, Any]:
    return {**vars(found.row), **{k: v for k, v in vars(found).items() if k != "row"}}


@router.post("/expenses/", response={201: ExpenseDetail}, summary="Hand an expense in")
def submit(request: HttpRequest, given: ClaimIn) -> Any:
    """Hand an expense in, without files; somebody else decides. The same key counts once."""
    bearer = allow(request, permissions.can_claim)
    _check_claim(given, bearer.member)
    claim = services.Claim(
        title=given.title,
        category_id=given.category_id,
        stated=_stated(given),
        spent_on=given.spent_on,
        payee=given.payee,
        line_id=given.line_id,
        commitment_id=given.commitment_id,
        closes_commitment=given.closes_commitment,
    )
    try:
        with refusals(WORDS):
            made = services.submit_expense(
                claim=claim,
                # Apart from the keys of forms, which are ours.
                form_key=f"api-{given.key}",
                submitter_id=bearer.member.pk,
                at=timezone.now(),
            )
    except ObjectDoesNotExist:
        raise Refused("There is no such commitment.", commitment_id="missing") from None
    return Status(201, _detail(_seen(request, made.pk)))


def _check_claim(given: ClaimIn, member: Viewer) -> None:
    chosen = {given.line_id, given.commitment_id} - {None}
    if chosen and not permissions.can_see_money(member):
        raise Forbidden("Whoever approves it chooses the line.")
    if given.category_id not in dict(queries.categories()):
        raise Refused("There is no such category.", category_id="missing")
    if given.spent_on > local_today(now=timezone.now()):
        raise Refused("That day has not come yet.", spent_on="to come")


def _stated(given: ClaimIn) -> Stated:
    books = queries.books_currency()
    currency = given.currency or books
    if currency not in EXPONENTS:
        raise Refused("We cannot count in this currency.", currency="unknown")
    original = Money(given.amount, currency)
    if currency == books:
        return state(original, currency=books)
    if given.rate is None or given.rate_on is None or not given.rate_source:
        words = "Another currency needs its rate, the day and the source."
        raise Refused(words, code="rate_missing", rate="missing")
    rate = Rate(currency, books, given.rate, given.rate_on, given.rate_source)
    if not 0 < convert(original, rate).amount <= LARGEST:
        raise Refused("At this rate the amount makes no sense.", rate="no sense")
    return state(original, currency=books, rate=rate)


@router.post(
    "/expenses/{int:expense_id}/approve/", response=ExpenseDetail, summary="Approve an expense"
)
def approve(request: HttpRequest, expense_id: int, given: ApproveIn) -> Any:
    """Give one approval; with the last one needed the amount is drawn from its line."""
    actor_id = _acting(request, expense_id, permissions.can_approve)
    with refusals(WORDS):
        services.approve_expense(
            expense_id=expense_id,
            line_id=given.line_id,
            note_text=given.note,
            actor_id=actor_id,
            at=timezone.now(),
        )
    return _detail(_seen(request, expense_id))


@router.post(
    "/expenses/{int:expense_id}/reject/", response=ExpenseDetail, summary="Reject an expense"
)
def reject(request: HttpRequest, expense_id: int, given: RejectIn) -> Any:
    """Refuse an expense, with a reason for whoever handed it in."""
    actor_id = _acting(request, expense_id, permissions.can_approve)
    with refusals(WORDS):
        services.reject_expense(
            expense_id=expense_id, note_text=given.note, actor_id=actor_id, at=timezone.now()
        )
    return _detail(_seen(request, expense_id))


@router.post("/expenses/{int:expense_id}/pay/", response=ExpenseDetail, summary="Pay an expense")
def pay(request: HttpRequest, expense_id: int, given: PayIn) -> Any:
    """Mark an approved expense as paid."""
    actor_id = _acting(request, expense_id, permissions.can_pay)
    with refusals(WORDS):
        services.pay_expense(
            expense_id=expense_id,
            reference=given.reference,
            actor_id=actor_id,
            at=timezone.now(),
        )
    return _detail(_seen(request, expense_id))


def _acting(request: HttpRequest, expense_id: int, may: Callable[..., bool]) -> int:
    """Return who acts on an expense that they see, if they may: nobody on their own."""
    submitter_id = _seen(request, expense_id).row.submitter_id
    bearer = allow(request, lambda viewer: may(viewer, submitter_id=submitter_id))
    return bearer.member.pk
