"""Expenses: hand in, decide, pay, take back; receipts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.queries import ExpenseDetail, ExpenseRow
from juluo.domains.finance.views.acting import REFUSALS, act, actor_id, why_not
from juluo.domains.finance.views.files import csv_of, wants_file
from juluo.domains.insights.queries import local_today
from juluo.domains.members.services import audit
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_claim)
def listing(request: HttpRequest) -> HttpResponse:
    """List the expenses: all to those who see money, their own to the others."""
    sees_all = permissions.can_see_money(request.user)
    filters = forms.ExpenseFilters(
        request.GET,
        categories=queries.categories(),
        budgets=[(row.id, row.title) for row in queries.budgets()] if sees_all else None,
    )
    values = filters.values()
    narrowed: dict[str, Any] = {
        "submitter_id": None if sees_all else actor_id(request),
        "status": values.get("status", ""),
        "category_id": values.get("category"),
        "budget_id": values.get("budget"),
        "words": values.get("q", ""),
    }
    if wants_file(request):
        every = queries.expenses(**narrowed, limit=None).rows
        return csv_of(request, "expenses", _head(), map(_cells, every))
    page = queries.expenses(**narrowed, before=request.GET.get("before", ""))
    context = {
        "filters": filters,
        "page": page,
        "is_narrowed": bool(values),
        "sees_all": sees_all,
        "waiting": queries.waiting_for(request.user),
    }
    return render(request, "finance/expenses.html", context)


def _head() -> list[str]:
    return [
        _("Number"),
        _("What for"),
        _("Payee"),
        _("Category"),
        _("Budget"),
        _("Line"),
        _("Spent on"),
        _("Amount"),
        _("Currency"),
        _("Original amount"),
        _("Original currency"),
        _("Submitted by"),
        _("State"),
    ]


def _cells(row: ExpenseRow) -> list[Any]:
    return [
        row.id,
        row.title,
        row.payee,
        row.category,
        row.budget,
        row.line,
        row.spent_on,
        -row.amount if row.is_reversal else row.amount,
        row.amount.currency,
        row.original or row.amount,
        (row.original or row.amount).currency,
        row.submitter,
        row.status_label,
    ]


def _line_choices() -> list[tuple[int, str]]:
    """Return the lines that money can be drawn from, with their budgets."""
    today = local_today(now=timezone.now())
    rows = queries.lines_of(None, today=today)
    usable = [row for row in rows if row.is_approved and not row.is_removed]
    return [(row.id, f"{row.budget_title} · {row.title}") for row in usable]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_claim)
def claim(request: HttpRequest) -> HttpResponse:
    """Hand an expense in."""
    form = _claim_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            expense = services.submit_expense(
                claim=form.claim,
                files=form.cleaned_data["receipts"],
                form_key=form.cleaned_data["form_key"],
                submitter_id=actor_id(request),
                at=timezone.now(),
            )
        except REFUSALS as error:
            form.add_error(None, why_not(error))
        else:
            messages.success(request, _("The expense is handed in; somebody else decides."))
            return redirect("finance:expense", expense.pk)
    context = {"form": form, "crumbs": _crumbs()}
    return render(request, "finance/claim.html", context, status=422 if form.errors else 200)


def _claim_form(request: HttpRequest) -> forms.ClaimForm:
    today = local_today(now=timezone.now())
    sees_all = permissions.can_see_money(request.user)
    promised = queries.open_commitments() if sees_all else []
    posted = request.method == "POST"
    return forms.ClaimForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"form_key": forms.new_form_key(), "spent_on": today},
        books=queries.books_currency(),
        categories=queries.categories(),
        lines=_line_choices() if sees_all else None,
        commitments=[(row.id, f"{row.title} · {row.payee}".strip(" ·")) for row in promised],
        today=today,
    )


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Expenses"), "url": reverse("finance:expenses")}]


def _found(request: HttpRequest, expense_id: int) -> ExpenseDetail:
    """Return an expense that this member may see; others learn nothing of it."""
    found = queries.expense(expense_id)
    if found is None or not permissions.can_see_expense(
        request.user, submitter_id=found.row.submitter_id
    ):
        raise Http404
    return found


@require_safe
@requires(permissions.can_claim)
def page(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Show an expense and what this member may do with it."""
    return _render(request, _found(request, expense_id), forms.ReceiptsForm())


def _render(
    request: HttpRequest, found: ExpenseDetail, receipts: forms.ReceiptsForm
) -> HttpResponse:
    acts = queries.acts_of(request.user, found)
    initial = {"line": found.row.line_id}
    lines = _line_choices() if acts.approve else []
    sees_all = permissions.can_see_money(request.user)
    context = {
        "expense": found,
        "row": found.row,
        "acts": acts,
        "crumbs": _crumbs(),
        "decision_form": forms.DecisionForm(initial=initial, lines=lines),
        "payment_form": forms.PaymentForm(),
        "receipts_form": receipts,
        "sees_all": sees_all,
        "line": found.row.line_id if sees_all else None,
    }
    return render(request, "finance/expense.html", context, status=422 if receipts.errors else 200)


@require_POST
@requires(permissions.can_see_money)
def approve(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Give an approval."""
    form = forms.DecisionForm(request.POST, lines=_line_choices())
    form.is_valid()

    def do() -> None:
        services.approve_expense(
            expense_id=expense_id,
            line_id=form.cleaned_data.get("line"),
            note_text=form.cleaned_data.get("note", ""),
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    return _act(request, expense_id, do, _("Your approval is kept."))


@require_POST
@requires(permissions.can_see_money)
def reject(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Refuse an expense."""

    def do() -> None:
        services.reject_expense(
            expense_id=expense_id,
            note_text=request.POST.get("note", "")[:1000],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    return _act(request, expense_id, do, _("The expense is rejected."))


@require_POST
@requires(permissions.can_see_money)
def pay(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Mark an expense as paid."""

    def do() -> None:
        services.pay_expense(
            expense_id=expense_id,
            reference=request.POST.get("reference", "")[:100],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    return _act(request, expense_id, do, _("The expense is paid."))


@require_POST
@requires(permissions.can_claim)
def cancel(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Call an expense off."""
    _found(request, expense_id)

    def do() -> None:
        services.cancel_expense(
            expense_id=expense_id, actor_id=actor_id(request), at=timezone.now()
        )

    return _act(request, expense_id, do, _("The expense is cancelled."))


@require_POST
@requires(permissions.can_see_money)
def reverse_paid(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Ask to take a paid expense back."""
    now = timezone.now()

    def do() -> None:
        services.reverse_expense(
            expense_id=expense_id,
            reason=request.POST.get("reason", "")[:1000],
            day=local_today(now=now),
            actor_id=actor_id(request),
            at=now,
        )

    return _act(request, expense_id, do, _("The reversal waits for approval."))


def _act(
    request: HttpRequest, expense_id: int, do: Callable[[], object], done: str | Promise
) -> HttpResponse:
    return act(request, do, done=done, back=reverse("finance:expense", args=[expense_id]))


@require_POST
@requires(permissions.can_claim)
def add_receipts(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Lay further receipts with an expense."""
    found = _found(request, expense_id)
    form = forms.ReceiptsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, found, form)

    def do() -> None:
        services.add_receipts(
            expense_id=expense_id,
            files=form.cleaned_data["receipts"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    return _act(request, expense_id, do, _("The receipts are kept."))


@require_safe
@requires(permissions.can_claim)
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Send a receipt to those who may see its expense; always as a file, never shown here."""
    found = queries.receipt(receipt_id)
    if found is None or not permissions.can_see_expense(
        request.user, submitter_id=found.submitter_id
    ):
        raise Http404
    path = services.receipt_folder() / found.stored_as
    if not path.is_file():
        raise Http404
    audit(
        actor_id=actor_id(request),
        action="finance.receipt_read",
        subject=f"expense:{found.expense_id}",
        details={"receipt_id": receipt_id},
        at=timezone.now(),
    )
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.content_type,
        headers={"X-Content-Type-Options": "nosniff"},
    )
