"""How the books are kept: categories, streams, approval rules, currency."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.views.acting import REFUSALS, act, actor_id, why_not
from juluo.ui.access import requires

ACTS = ("rename", "retire", "restore", "up", "down")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_lists)
def lists(request: HttpRequest) -> HttpResponse:
    """Show the categories of expenses and the streams of revenue, and add to them."""
    name = request.POST.get("list", "")
    if request.method == "POST" and name not in {"category", "stream"}:
        raise Http404
    form = forms.NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, name, form):
        return redirect("finance:lists")
    context = {
        "crumbs": _crumbs(),
        "lists": [
            _list("category", _("Categories of expenses"), queries.category_entries()),
            _list("stream", _("Streams of revenue"), queries.stream_entries()),
        ],
        "form": form if form.errors else None,
        "tried": name,
    }
    return render(request, "finance/lists.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, name: str, form: forms.NameForm) -> bool:
    try:
        services.add_entry(
            list_name=name,
            name=form.cleaned_data["name"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
    except REFUSALS as error:
        form.add_error("name", why_not(error))
        return False
    messages.success(request, _("The entry is added."))
    return True


def _list(key: str, title: str, entries: list[queries.ListEntry]) -> dict[str, Any]:
    form = forms.NameForm(auto_id=f"{key}-%s")
    return {"key": key, "title": title, "entries": entries, "form": form}


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Money"), "url": reverse("finance:overview")}]


@require_POST
@requires(permissions.can_change_lists)
def change_entry(request: HttpRequest, list_name: str, list_entry_id: int) -> HttpResponse:
    """Rename an entry, move it, offer it no longer or again."""
    wanted = request.POST.get("act", "")
    if list_name not in {"category", "stream"} or wanted not in ACTS:
        raise Http404
    common: dict[str, Any] = {
        "list_name": list_name,
        "entry_id": list_entry_id,
        "actor_id": actor_id(request),
        "at": timezone.now(),
    }

    def do() -> None:
        if wanted == "rename":
            form = forms.NameForm(request.POST)
            if form.is_valid():
                services.rename_entry(**common, name=form.cleaned_data["name"])
        elif wanted in {"up", "down"}:
            services.move_entry(**common, up=wanted == "up")
        else:
            services.retire_entry(**common, retired=wanted == "retire")

    return act(request, do, done=_("The list is changed."), back=reverse("finance:lists"))


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_rules)
def rules(request: HttpRequest) -> HttpResponse:
    """Show and set who must approve what."""
    current, books = queries.rule_in_force(), queries.books_currency()
    initial = {"owner_from": current.owner_from, "two_from": current.two_from}
    form = forms.RulesForm(request.POST or None, initial=initial, books=books)
    if request.method == "POST" and form.is_valid():
        services.set_rules(
            owner_from=form.cleaned_data["owner_from"],
            two_from=form.cleaned_data["two_from"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
        messages.success(request, _("The rules count from now on."))
        return redirect("finance:rules")
    context = {
        "form": form,
        "currency_form": forms.CurrencyForm(initial={"currency": books}),
        "current": current,
        "crumbs": _crumbs(),
        "is_in_use": bool(queries.budgets()),
        "books": books,
    }
    return render(request, "finance/rules.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_change_rules)
def currency(request: HttpRequest) -> HttpResponse:
    """Choose the currency of the books."""
    form = forms.CurrencyForm(request.POST)
    if not form.is_valid():
        raise Http404

    def do() -> None:
        services.choose_currency(
            currency=form.cleaned_data["currency"], actor_id=actor_id(request), at=timezone.now()
        )

    return act(request, do, done=_("The currency is chosen."), back=reverse("finance:rules"))
