"""A budget: its lines, its approval, its versions."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.queries import BudgetRow, LineRow
from juluo.domains.finance.views.acting import act, actor_id, number_in
from juluo.domains.finance.views.charts import burn_chart
from juluo.domains.insights.queries import local_today
from juluo.domains.planning.queries import plan_frame
from juluo.domains.planning.queries.outline import plan_outline
from juluo.ui.access import requires


def found_budget(budget_id: int) -> BudgetRow:
    """Return a budget or answer that there is none."""
    row = queries.budget(budget_id)
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@requires(permissions.can_change_budget)
def add(request: HttpRequest) -> HttpResponse:
    """Begin a budget of the community's own."""
    today = local_today(now=timezone.now())
    usual = {
        "first": date(today.year, 1, 1),
        "last": date(today.year, 12, 31),
        "owner": actor_id(request),
    }
    people = queries.money_people()
    form = forms.BudgetForm(request.POST or None, initial=usual, people=people)
    if request.method == "POST" and form.is_valid():
        budget = services.create_budget(
            plan_id=None,
            title=form.cleaned_data["title"],
            start=form.cleaned_data["first"],
            end=form.end,
            owner_id=form.cleaned_data["owner"],
            actor_id=actor_id(request),
            at=timezone.now(),
        )
        return redirect("finance:budget", budget.pk)
    context = {"form": form}
    return render(request, "finance/budget_new.html", context, status=422 if form.errors else 200)


@require_safe
@requires(permissions.can_see_money)
def of_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan's budget, or offer to begin one."""
    return _of_plan(request, plan_id, current="budget")


@require_safe
@requires(permissions.can_see_money)
def financing_of_plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show where a plan's money comes from; it needs a budget first."""
    row = queries.budget_of_plan(plan_id)
    if row is not None:
        return redirect(f"{reverse('finance:financing')}?budget={row.id}")
    return _of_plan(request, plan_id, current="financing")


def _of_plan(request: HttpRequest, plan_id: int, *, current: str) -> HttpResponse:
    frame = plan_frame(request.user, plan_id, current=current, now=timezone.now())
    if frame is None:
        raise Http404
    row = queries.budget_of_plan(plan_id)
    may = {"may_change": permissions.can_change_budget(request.user)}
    context = frame | (_shown(request, row) if row else may)
    return render(request, "finance/plan_budget.html", context)


@require_POST
@requires(permissions.can_change_budget)
def begin(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Begin a plan's budget; asked again, go to the one that is there."""
    plan = plan_outline(plan_id)
    if plan is None:
        raise Http404
    budget = services.create_budget(
        plan_id=plan_id,
        title=plan.title,
        start=plan.start,
        end=plan.end,
        owner_id=plan.owner_id,
        actor_id=actor_id(request),
        at=timezone.now(),
    )
    return redirect("finance:budget", budget.pk)


@require_safe
@requires(permissions.can_see_money)
def page(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Show a budget."""
    row = found_budget(budget_id)
    context = _shown(request, row) | {"crumbs": crumbs()}
    return render(request, "finance/budget.html", context)


def _shown(request: HttpRequest, row: BudgetRow) -> dict[str, Any]:
    today = local_today(now=timezone.now())
    lines = queries.lines_of([row.id], today=today)
    shown = [line for line in lines if not line.is_removed or line.used or line.approved]
    return {
        "budget": row,
        "groups": _groups(shown, row.currency),
        "totals": queries.totals(shown, currency=row.currency),
        "has_lines": bool(shown),
        "burn": burn_chart(row, shown, today=today) if shown else None,
        "both_sides": queries.sources_and_uses([row.id]),
        "changes": _unapproved(row) if row.version and row.is_changed else [],
        "may_change": permissions.can_change_budget(request.user),
        "may_approve": permissions.can_approve_budget(request.user) and row.is_changed and shown,
        "may_ask": row.is_changed and shown and row.asked_at is None,
    }


def crumbs(row: BudgetRow | None = None) -> list[dict[str, str]]:
    """Return the way to a budget's pages."""
    way = [{"label": _("Money"), "url": reverse("finance:overview")}]
    if row is not None:
        way.append({"label": row.title, "url": reverse("finance:budget", args=[row.id])})
    return way


def _groups(lines: list[LineRow], currency: str) -> list[dict[str, Any]]:
    """Return the lines under their categories."""
    totals = {each.category: each.totals for each in queries.by_category(lines, currency=currency)}
    return [
        {
            "category": category,
            "totals": of_category,
            "lines": [line for line in lines if line.category == category],
        }
        for category, of_category in totals.items()
    ]


def _unapproved(row: BudgetRow) -> list[queries.ChangeRow]:
    language = get_language() or "en"
    return queries.changes(row.id, older=row.version, newer=None, language=language)


@require_POST
@requires(permissions.can_change_budget)
def ask(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Ask the owners to approve the budget."""

    def do() -> None:
        services.ask_for_approval(
            budget_id=budget_id, actor_id=actor_id(request), at=timezone.now()
        )

    back = reverse("finance:budget", args=[budget_id])
    return act(request, do, done=_("The owners see that it waits for approval."), back=back)


@require_POST
@requires(permissions.can_approve_budget)
def approve(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Approve the working version."""

    def do() -> None:
        services.approve_budget(
            budget_id=budget_id,
            note_text=request.POST.get("note", "")[:1000],
            actor_id=actor_id(request),
            at=timezone.now(),
        )

    back = reverse("finance:budget", args=[budget_id])
    return act(request, do, done=_("The budget is approved; its lines have new limits."), back=back)


@require_safe
@requires(permissions.can_see_money)
def versions(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Show the approved versions and what changed between two of them."""
    row = found_budget(budget_id)
    every = queries.versions(budget_id)
    numbers = [each.number for each in every]
    newer = number_in(request.GET.get("newer"))
    newer = newer if newer in numbers else None
    usual = (newer - 1) if newer else (numbers[0] if numbers else 0)
    older = number_in(request.GET.get("older"))
    older = older if older is not None and older in {0, *numbers} else usual
    language = get_language() or "en"
    context = {
        "budget": row,
        "crumbs": crumbs(row),
        "versions": every,
        "older": older,
        "newer": newer,
        "changes": queries.changes(budget_id, older=older, newer=newer, language=language),
    }
    return render(request, "finance/versions.html", context)
