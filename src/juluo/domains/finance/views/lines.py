"""A budget line: what it is for, what drew on it, its limit."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.forms.budgets import months_of
from juluo.domains.finance.queries import BudgetRow, LineRow
from juluo.domains.finance.types import Amount
from juluo.domains.finance.views.acting import REFUSALS, act, actor_id, why_not
from juluo.domains.finance.views.budgets import crumbs, found_budget
from juluo.domains.finance.views.files import csv_of, wants_file
from juluo.domains.insights.queries import local_today
from juluo.domains.planning.queries.outline import strategy_titles, task_titles
from juluo.ui.access import requires


def found_line(line_id: int) -> LineRow:
    """Return a line or answer that there is none."""
    row = queries.line(line_id, today=local_today(now=timezone.now()))
    if row is None:
        raise Http404
    return row


@require_safe
@requires(permissions.can_see_money)
def page(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show a line with everything that drew on it."""
    row = found_line(line_id)
    ledger = queries.ledger_of(line_id)
    if wants_file(request):
        return csv_of(request, f"line-{line_id}", _ledger_head(), map(_ledger_cells, ledger))
    return _render(request, row, forms.LiftForm(books=row.planned.currency), ledger)


def _render(
    request: HttpRequest, row: LineRow, lift: forms.LiftForm, ledger: list[queries.LedgerRow]
) -> HttpResponse:
    budget = found_budget(row.budget_id)
    language = get_language() or "en"
    lifted = queries.lifted_now(row.id)
    context = {
        "line": row,
        "budget": budget,
        "crumbs": crumbs(budget),
        "month": queries.month_words(row.month, language=language),
        "left": queries.left_words(row.left),
        "lifted": Amount(lifted, budget.currency) if lifted and row.is_approved else None,
        "ledger": ledger,
        "commitments": queries.commitments_of(row.id),
        "lifts": queries.lifts_of(row.id),
        "lift_form": lift,
        "may_lift": permissions.can_lift(request.user) and row.is_approved and row.stops,
        "may_change": permissions.can_change_budget(request.user) and not row.is_removed,
    }
    return render(request, "finance/line.html", context, status=422 if lift.errors else 200)


def _ledger_head() -> list[str]:
    return [
        _("When"),
        _("Who"),
        _("What"),
        _("Planned"),
        pgettext("money", "Free"),
        _("Committed"),
        _("Spent"),
    ]


def _ledger_cells(row: queries.LedgerRow) -> list[Any]:
    return [row.at, row.who, row.words, row.drafted, row.free, row.committed, row.spent]


def _form(request: HttpRequest, budget: BudgetRow, row: LineRow | None) -> forms.LineForm:
    initial = _initial(row) if row else {"owner": budget.owner_id}
    return forms.LineForm(
        request.POST or None,
        initial=initial,
        books=budget.currency,
        choices=_choices(budget, row),
        needs_reason=budget.version > 0,
    )


def _choices(budget: BudgetRow, row: LineRow | None) -> dict[str, list[tuple[Any, Any]]]:
    language = get_language() or "en"
    months = months_of(budget.start, budget.end)
    plan = budget.plan_id
    return {
        "category": queries.categories(keep=row.category_id if row else None),
        "month": [
            (month.isoformat(), queries.month_words(month, language=language)) for month in months
        ],
        "owner": queries.money_people(),
        "strategy": list(strategy_titles(plan)) if plan else [],
        "task": list(task_titles(plan)) if plan else [],
    }


def _initial(row: LineRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "category": row.category_id,
        "amount": row.planned.plain,
        "month": row.month.isoformat() if row.month else "",
        "owner": row.owner_id,
        "strategy": row.strategy_id,
        "task": row.task_id,
        "warn_at": row.warn_at,
        "stops": row.stops,
    }


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_budget)
def add(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Add a line to a budget."""
    budget = found_budget(budget_id)
    form = _form(request, budget, None)
    if request.method == "POST" and form.is_valid() and _add(request, budget_id, form):
        if "another" in request.POST:
            return redirect("finance:add_line", budget_id)
        return redirect("finance:budget", budget_id)
    context = {"form": form, "budget": budget, "crumbs": crumbs(budget)}
    return render(request, "finance/line_form.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, budget_id: int, form: forms.LineForm) -> bool:
    try:
        services.add_line(
            budget_id=budget_id,
            facts=form.facts,
            reason=form.cleaned_data.get("reason", ""),
            actor_id=actor_id(request),
            at=timezone.now(),
        )
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return False
    messages.success(request, _("The line is in the working version."))
    return True


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_budget)
def edit(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change a line of the working version."""
    row = found_line(line_id)
    budget = found_budget(row.budget_id)
    form = _form(request, budget, row)
    if request.method == "POST" and form.is_valid() and _change(request, line_id, form):
        return redirect("finance:line", line_id)
    context = {"form": form, "budget": budget, "line": row, "crumbs": crumbs(budget)}
    return render(request, "finance/line_form.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, line_id: int, form: forms.LineForm) -> bool:
    try:
        services.change_line(
            line_id=line_id,
            facts=form.facts,
            reason=form.cleaned_data.get("reason", ""),
            actor_id=actor_id(request),
            at=timezone.now(),
        )
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return False
    messages.success(request, _("The line is changed in the working version."))
    return True


@require_POST
@requires(permissions.can_change_budget)
def remove(request: HttpRequest, line_id: int) -> HttpResponse:
    """Take a line out of the working version."""
    row = found_line(line_id)

    def do() -> None:
        services.remove_line(
            line_id=line_id,
            reason=request.POST.get("reason", "")[:1000],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    back = reverse("finance:budget", args=[row.budget_id])
    return act(request, do, done=_("The line is out of the working version."), back=back)


@require_POST
@requires(permissions.can_lift)
def lift(request: HttpRequest, line_id: int) -> HttpResponse:
    """Let a line go over its limit."""
    row = found_line(line_id)
    form = forms.LiftForm(request.POST, books=row.planned.currency)
    if not form.is_valid():
        return _render(request, row, form, queries.ledger_of(line_id))

    def do() -> None:
        services.lift_limit(
            line_id=line_id,
            amount=form.cleaned_data["amount"],
            reason=form.cleaned_data["reason"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    back = reverse("finance:line", args=[line_id])
    return act(request, do, done=_("The limit is lifted."), back=back)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_budget)
def commit(request: HttpRequest, line_id: int) -> HttpResponse:
    """Promise money of a line to someone."""
    row = found_line(line_id)
    initial = {"form_key": forms.new_form_key()}
    form = forms.CommitmentForm(request.POST or None, initial=initial, books=row.planned.currency)
    if request.method == "POST" and form.is_valid() and _commit(request, line_id, form):
        return redirect("finance:line", line_id)
    context = {"form": form, "line": row, "crumbs": crumbs(found_budget(row.budget_id))}
    return render(request, "finance/commitment.html", context, status=422 if form.errors else 200)


def _commit(request: HttpRequest, line_id: int, form: forms.CommitmentForm) -> bool:
    try:
        services.commit_money(
            promise=form.promise(line_id),
            form_key=form.cleaned_data["form_key"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return False
    messages.success(request, _("The money is reserved."))
    return True


@require_POST
@requires(permissions.can_change_budget)
def cancel_commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """Call a promise off."""
    line_id = queries.line_of_commitment(commitment_id)
    if line_id is None:
        raise Http404

    def do() -> None:
        services.cancel_commitment(
            commitment_id=commitment_id, actor_id=actor_id(request), at=timezone.now()
        )

    back = reverse("finance:line", args=[line_id])
    return act(request, do, done=_("The commitment is cancelled."), back=back)
