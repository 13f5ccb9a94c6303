"""Where money comes from: sources, tranches, duties."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.queries import SourceDetail, SourceRow
from juluo.domains.finance.views.acting import REFUSALS, act, actor_id, number_in, why_not
from juluo.domains.finance.views.files import csv_of, wants_file
from juluo.domains.insights.queries import local_today
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_money)
def listing(request: HttpRequest) -> HttpResponse:
    """Show the sources and what they cover, of all budgets or of one."""
    budgets = queries.budgets()
    chosen = number_in(request.GET.get("budget"))
    chosen = chosen if chosen in {row.id for row in budgets} else None
    ids = [chosen] if chosen else [row.id for row in budgets]
    both_sides = queries.sources_and_uses(ids)
    if wants_file(request):
        return csv_of(request, "financing", _head(), map(_cells, both_sides.sources))
    today = local_today(now=timezone.now())
    context = {
        "budgets": budgets,
        "chosen": next((row for row in budgets if row.id == chosen), None),
        "both_sides": both_sides,
        "cash": queries.cash_position(),
        "late": queries.tranches_due(before=today),
        "may_change": permissions.can_change_financing(request.user),
    }
    return render(request, "finance/financing.html", context)


def _head() -> list[str]:
    return [
        _("Budget"),
        _("Kind"),
        _("Title"),
        _("Who gives it"),
        pgettext("funding source", "Stage"),
        _("Chance (percent)"),
        _("Amount"),
        _("Covers"),
        pgettext("money", "Received"),
        _("Currency"),
    ]


def _cells(row: SourceRow) -> list[Any]:
    return [
        row.budget,
        row.kind_label,
        row.title,
        row.giver,
        row.stage_label,
        row.probability,
        row.amount,
        row.covered,
        row.received,
        row.amount.currency,
    ]


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Money"), "url": reverse("finance:overview")},
        {"label": _("Financing"), "url": reverse("finance:financing")},
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_financing)
def add(request: HttpRequest) -> HttpResponse:
    """Write a source down."""
    budgets = [(row.id, row.title) for row in queries.budgets()]
    initial = {"owner": actor_id(request), "budget": number_in(request.GET.get("budget"))}
    form = forms.SourceForm(
        request.POST or None,
        initial=initial,
        books=queries.books_currency(),
        budgets=budgets,
        people=queries.money_people(),
    )
    if request.method == "POST" and form.is_valid():
        source = services.add_source(
            budget_id=form.cleaned_data["budget"],
            facts=form.facts,
            actor_id=actor_id(request),
            at=timezone.now(),
        )
        return redirect("finance:source", source.pk)
    context = {"form": form, "crumbs": _crumbs(), "has_budgets": bool(budgets)}
    return render(request, "finance/source_form.html", context, status=422 if form.errors else 200)


def _found(source_id: int) -> SourceDetail:
    found = queries.source(source_id)
    if found is None:
        raise Http404
    return found


@require_safe
@requires(permissions.can_see_money)
def page(request: HttpRequest, source_id: int) -> HttpResponse:
    """Show a source with its tranches, duties and history."""
    return _render(request, _found(source_id), {})


def _render(request: HttpRequest, found: SourceDetail, bound: dict[str, Any]) -> HttpResponse:
    """Show the page; ``bound`` holds a form that was sent and refused."""
    currency = found.row.amount.currency
    today = local_today(now=timezone.now())
    context = {
        "source": found,
        "row": found.row,
        "crumbs": _crumbs(),
        "stage_form": forms.StageForm(stages=found.next_stages, auto_id="stage-%s"),
        "tranche_form": forms.TrancheForm(books=currency, auto_id="tranche-%s"),
        "duty_form": forms.DutyForm(books=currency, auto_id="duty-%s"),
        "may_change": permissions.can_change_financing(request.user),
        "may_receive": found.row.stage in {"agreed", "receiving"},
        "today": today,
    } | bound
    status = 422 if any(form.errors for form in bound.values()) else 200
    return render(request, "finance/source.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_financing)
def edit(request: HttpRequest, source_id: int) -> HttpResponse:
    """Change what a source says."""
    row = _found(source_id).row
    initial = {
        "kind": row.kind,
        "title": row.title,
        "giver": row.giver,
        "amount": row.amount.plain,
        "probability": row.probability,
        "owner": row.owner_id,
        "conditions": row.conditions,
    }
    form = forms.SourceForm(
        request.POST or None,
        initial=initial,
        books=row.amount.currency,
        budgets=None,
        people=queries.money_people(),
    )
    if request.method == "POST" and form.is_valid() and _change(request, source_id, form):
        return redirect("finance:source", source_id)
    context = {"form": form, "row": row, "crumbs": _crumbs(), "has_budgets": True}
    return render(request, "finance/source_form.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, source_id: int, form: forms.SourceForm) -> bool:
    try:
        services.change_source(
            source_id=source_id,
            facts=form.facts,
            reason=form.cleaned_data["reason"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
    except services.ReasonMissing as error:
        form.add_error("reason", why_not(error))
        return False
    except REFUSALS as error:
        form.add_error(None, why_not(error))
        return False
    messages.success(request, _("The source is changed."))
    return True


@require_POST
@requires(permissions.can_change_financing)
def move(request: HttpRequest, source_id: int) -> HttpResponse:
    """Take a source to another stage."""
    found = _found(source_id)
    form = forms.StageForm(request.POST, stages=found.next_stages, auto_id="stage-%s")
    if not form.is_valid():
        return _render(request, found, {"stage_form": form})

    def do() -> None:
        services.move_source(
            source_id=source_id,
            stage=form.cleaned_data["stage"],
            reason=form.cleaned_data["reason"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    back = reverse("finance:source", args=[source_id])
    return act(request, do, done=_("The source has reached its next stage."), back=back)


@require_POST
@requires(permissions.can_change_financing)
def add_tranche(request: HttpRequest, source_id: int) -> HttpResponse:
    """Say when a part of a source's money is due."""
    found = _found(source_id)
    books = found.row.amount.currency
    form = forms.TrancheForm(request.POST, books=books, auto_id="tranche-%s")
    if not form.is_valid():
        return _render(request, found, {"tranche_form": form})

    def do() -> None:
        services.add_tranche(
            source_id=source_id, **form.cleaned_data, actor_id=actor_id(request), at=timezone.now()
        )

    back = reverse("finance:source", args=[source_id])
    return act(request, do, done=_("The tranche is written down."), back=back)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_financing)
def receive(request: HttpRequest, tranche_id: int) -> HttpResponse:
    """Write down that a tranche came in."""
    row = queries.tranche(tranche_id)
    if row is None:
        raise Http404
    initial = {"received": row.amount, "day": local_today(now=timezone.now())}
    form = forms.ReceivedForm(request.POST or None, initial=initial, books=row.amount.currency)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data

        def do() -> None:
            services.receive_tranche(
                tranche_id=tranche_id, **values, actor_id=actor_id(request), at=timezone.now()
            )

        back = reverse("finance:source", args=[row.source_id])
        return act(request, do, done=_("The tranche is received."), back=back)
    context = {"form": form, "tranche": row, "crumbs": _crumbs()}
    return render(request, "finance/tranche.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_change_financing)
def add_duty(request: HttpRequest, source_id: int) -> HttpResponse:
    """Write down what a source asks for."""
    found = _found(source_id)
    form = forms.DutyForm(request.POST, books=found.row.amount.currency, auto_id="duty-%s")
    if not form.is_valid():
        return _render(request, found, {"duty_form": form})

    def do() -> None:
        services.add_duty(
            source_id=source_id, **form.cleaned_data, actor_id=actor_id(request), at=timezone.now()
        )

    back = reverse("finance:source", args=[source_id])
    return act(request, do, done=_("The duty is written down."), back=back)


@require_POST
@requires(permissions.can_change_financing)
def fulfil(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Mark a duty as done."""
    source_id = queries.source_of_duty(duty_id)
    if source_id is None:
        raise Http404
    now = timezone.now()

    def do() -> None:
        services.fulfil_duty(
            duty_id=duty_id, day=local_today(now=now), actor_id=actor_id(request), at=now
        )

    back = reverse("finance:source", args=[source_id])
    return act(request, do, done=_("The duty is done."), back=back)
