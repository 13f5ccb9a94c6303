"""The register: matrix, list, a plan's risks, calibration and appetite."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning
from juluo.domains.risks import permissions, queries, services
from juluo.domains.risks.forms.risks import AppetiteForm, RegisterFilter
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_risks)
def register(request: HttpRequest) -> HttpResponse:
    """Show the matrix and the risks by score."""
    today = insights.local_today(now=timezone.now())
    form = RegisterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.register(
        today=today,
        plan_id=chosen.get("plan"),
        category=chosen.get("category", ""),
        status=chosen.get("status") or "live",
    )
    context = _shown(rows, chosen) | {
        "form": form,
        "today": today,
        "may_treat": permissions.can_treat_risks(request.user),
        "may_set_appetite": permissions.can_set_appetite(request.user),
        "starters": _starters(),
        "is_filtered": any(chosen.get(name) for name in form.fields),
    }
    return render(request, "risks/register.html", context)


def _shown(rows: list[queries.RiskRow], chosen: dict[str, Any]) -> dict[str, Any]:
    """Return the matrix of all rows, and of the rows those that a cell or a need asks for."""
    listed = [
        row
        for row in rows
        if (chosen.get("p") in (None, row.probability))
        and (chosen.get("i") in (None, row.impact))
        and (not chosen.get("due") or row.review_due)
        and (not chosen.get("lacking") or row.lacks_response)
    ]
    return {
        "rows": listed,
        "matrix": _matrix(rows),
        "impacts": queries.impact_levels(),
        "appetite": queries.appetite(),
        "above": sum(row.above for row in rows if row.is_open),
        "lacking": sum(row.lacks_response for row in rows),
        "due": sum(row.review_due for row in rows),
        "total": sum(row.is_open for row in rows),
    }


def _matrix(rows: list[queries.RiskRow]) -> list[dict[str, Any]]:
    levels = {each.level: each for each in queries.probability_levels()}
    return [
        {
            "level": levels[cells[0].probability],
            "cells": [
                {"cell": cell, "severity": queries.severity_name(cell.severity)} for cell in cells
            ],
        }
        for cells in queries.matrix_of(rows)
    ]


def _starters() -> list[dict[str, Any]]:
    return [
        {
            "category": key,
            "label": each.category.label,
            "event": each.event,
            "icon": each.icon,
            "watched": each.indicator is not None,
        }
        for key, each in queries.starters().items()
    ]


@require_safe
@requires(permissions.can_see_risks)
def plan_risks(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the risks of one plan, as a tab of it."""
    now = timezone.now()
    context = planning.plan_frame(request.user, plan_id, current="risks", now=now)
    if context is None:
        raise Http404
    rows = queries.register(today=context["today"], plan_id=plan_id, status="")
    context |= _shown(rows, {})
    context |= {
        "may_treat": permissions.can_treat_risks(request.user),
        "plan_words": str(plan_id),
    }
    return render(request, "risks/plan.html", context)


@require_safe
@requires(permissions.can_see_risks)
def calibration(request: HttpRequest) -> HttpResponse:
    """Show how often what was called likely came about."""
    last = request.GET.get("of") == "last"
    tabs = [
        {"label": _("As first said"), "url": "?", "is_current": not last},
        {"label": _("As last said"), "url": "?of=last", "is_current": last},
    ]
    context = {"shown": queries.calibration_shown(last=last), "tabs": tabs}
    return render(request, "risks/calibration.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_set_appetite)
def appetite(request: HttpRequest) -> HttpResponse:
    """Set the score above which a response is required."""
    given = request.POST if request.method == "POST" else None
    form = AppetiteForm(given, initial={"score": queries.appetite()})
    if given is not None and form.is_valid():
        services.set_appetite(
            score=form.cleaned_data["score"], actor_id=request.user.pk or 0, at=timezone.now()
        )
        return redirect("risks:register")
    context = {"form": form, "crumb": _("Risks")}
    status = 422 if form.errors else 200
    return render(request, "risks/appetite.html", context, status=status)
