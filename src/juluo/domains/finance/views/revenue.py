"""Revenue: record it, compare it with what came in, take wrong entries out."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.queries import RevenueRow
from juluo.domains.finance.views.acting import act, actor_id
from juluo.domains.finance.views.files import csv_of, wants_file
from juluo.domains.insights.queries import local_today
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_financing)
def listing(request: HttpRequest) -> HttpResponse:
    """Show what was earned by stream and entry, and record more."""
    today = local_today(now=timezone.now())
    form = _form(request, today)
    if request.method == "POST" and form.is_valid():
        services.record_revenue(
            earning=form.earning,
            form_key=form.cleaned_data["form_key"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
        messages.success(request, _("The revenue is recorded."))
        return redirect("finance:revenue")
    filters = forms.RevenueFilters(request.GET, streams=queries.streams())
    values = filters.values()
    start = values.get("first", date(today.year, 1, 1))
    end = values["last"] + timedelta(days=1) if "last" in values else date(today.year + 1, 1, 1)
    narrowed = {
        "start": start,
        "end": end,
        "stream_id": values.get("stream"),
        "open_only": values.get("open", False),
    }
    if wants_file(request):
        rows = queries.revenue_entries(**narrowed, limit=None)
        return csv_of(request, "revenue", _head(), map(_cells, rows))
    context = {
        "form": form,
        "filters": filters,
        "is_narrowed": bool(values),
        "rows": queries.revenue_entries(**narrowed),
        "streams": queries.revenue_by_stream(start=start, end=end),
        "first": start,
        "last": end - timedelta(days=1),
        "crumbs": _crumbs()[:1],
    }
    return render(request, "finance/revenue.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, today: date) -> forms.RevenueForm:
    return forms.RevenueForm(
        request.POST if request.method == "POST" else None,
        initial={"form_key": forms.new_form_key(), "earned_on": today},
        books=queries.books_currency(),
        streams=queries.streams(),
        budgets=[(row.id, row.title) for row in queries.budgets()],
    )


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Money"), "url": reverse("finance:overview")},
        {"label": _("Revenue"), "url": reverse("finance:revenue")},
    ]


def _head() -> list[str]:
    return [
        _("Number"),
        _("Day"),
        _("Stream"),
        _("Reference"),
        _("Note"),
        _("Budget"),
        _("Amount"),
        pgettext("revenue", "Received"),
        _("Difference"),
        _("Currency"),
        _("Voided"),
    ]


def _cells(row: RevenueRow) -> list[Any]:
    return [
        row.id,
        row.earned_on,
        row.stream,
        row.reference,
        row.note,
        row.budget,
        row.amount,
        row.received,
        row.difference,
        row.amount.currency,
        row.void_reason if row.is_voided else "",
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_financing)
def reconcile(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Compare an entry with what came in for it."""
    row = queries.revenue_entry(entry_id)
    if row is None:
        raise Http404
    initial = {"received": row.amount}
    form = forms.ReconcileForm(request.POST or None, initial=initial, books=row.amount.currency)
    if request.method == "POST" and form.is_valid():
        received = form.cleaned_data["received"]

        def do() -> None:
            services.reconcile_revenue(
                entry_id=entry_id, received=received, actor_id=actor_id(request), at=timezone.now()
            )

        back = reverse("finance:revenue")
        return act(request, do, done=_("The entry is reconciled."), back=back)
    context = {"form": form, "row": row, "crumbs": _crumbs()}
    return render(request, "finance/reconcile.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_change_financing)
def void(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Take a wrong entry out."""

    def do() -> None:
        services.void_revenue(
            entry_id=entry_id,
            reason=request.POST.get("reason", "")[:1000],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    return act(request, do, done=_("The entry is voided."), back=reverse("finance:revenue"))
