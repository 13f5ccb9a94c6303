"""A plan's strategies, what each should do, and carrying it through."""

from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members.types import Member
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.strategies import EffectForm, StrategyForm
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.goals import actor, tried
from juluo.ui.access import requires

_TURNS = {
    "start": services.start_strategy,
    "end": services.end_strategy,
    "drop": services.drop_strategy,
}


@require_safe
@requires(permissions.can_see_plans)
def strategies(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan's strategies and what each was said to do."""
    context = plan_frame(request, plan_id, current="strategies")
    context["rows"] = queries.strategies_of_plan(plan_id, now=timezone.now())
    return render(request, "planning/goals/strategies.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def new_strategy(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give a plan a strategy."""
    context = plan_frame(request, plan_id, current="strategies")
    if context["plan"].status == "closed":
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = StrategyForm(given, initial=_usual(request, context))
    if given is not None and form.is_valid():
        strategy = services.add_strategy(
            plan_id=plan_id, actor_id=actor(request), at=timezone.now(), **form.given
        )
        return redirect("planning:strategy", strategy.pk)
    context["form"] = form
    status = 422 if form.errors else 200
    return render(request, "planning/goals/strategy_form.html", context, status=status)


def _usual(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    plan = context["plan"]
    tomorrow = context["today"] + timedelta(days=1)
    first = max(plan.first, tomorrow) if plan.last >= tomorrow else plan.first
    return {"owner": cast("Member", request.user).pk, "first": first, "last": plan.last}


@require_safe
@requires(permissions.can_see_plans)
def strategy(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Show one strategy."""
    return _strategy_page(request, strategy_id)


def _strategy_page(
    request: HttpRequest, strategy_id: int, *, effect_form: EffectForm | None = None
) -> HttpResponse:
    row = _row(strategy_id)
    context = plan_frame(request, row.plan_id, current="strategies")
    form = effect_form or EffectForm(plan_id=row.plan_id, initial={"by": row.last})
    context |= {
        "row": row,
        "effect_form": form,
        "has_targets": bool(queries.target_choices(row.plan_id)),
        "effect_boxes": queries.effect_boxes("strategy", row.id, now=timezone.now()),
    }
    status = 422 if effect_form is not None else 200
    return render(request, "planning/goals/strategy.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def change(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Describe a strategy anew."""
    row = _row(strategy_id)
    context = plan_frame(request, row.plan_id, current="strategies")
    given = request.POST if request.method == "POST" else None
    form = StrategyForm(given, initial=_as_typed(row))
    if given is not None and form.is_valid():
        tried(
            request,
            lambda: services.change_strategy(
                strategy_id=strategy_id, actor_id=actor(request), at=timezone.now(), **form.given
            ),
        )
        return redirect("planning:strategy", strategy_id)
    context |= {"form": form, "row": row}
    status = 422 if form.errors else 200
    return render(request, "planning/goals/strategy_form.html", context, status=status)


def _as_typed(row: queries.StrategyRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "description": row.description,
        "owner": row.owner_id,
        "first": row.start,
        "last": row.last,
        "hours": row.hours or None,
        "material": row.material,
    }


@require_POST
@requires(permissions.can_plan)
def effect(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Say what a strategy should do, before it starts."""
    row = _row(strategy_id)
    form = EffectForm(request.POST, plan_id=row.plan_id)
    if not form.is_valid():
        return _strategy_page(request, strategy_id, effect_form=form)
    tried(
        request,
        lambda: services.state_effect(
            strategy_id=strategy_id,
            target_id=form.cleaned_data["target"],
            expected_change=form.expected_change,
            by=form.cleaned_data["by"],
            actor_id=actor(request),
            at=timezone.now(),
        ),
    )
    return redirect("planning:strategy", strategy_id)


@require_POST
@requires(permissions.can_plan)
def turn(request: HttpRequest, strategy_id: int) -> HttpResponse:
    """Start a strategy, end it, or give it up."""
    _row(strategy_id)
    act = _TURNS.get(request.POST.get("to", ""))
    if act is None:
        raise Http404
    tried(request, lambda: act(strategy_id=strategy_id, actor_id=actor(request), at=timezone.now()))
    return redirect("planning:strategy", strategy_id)


def _row(strategy_id: int) -> queries.StrategyRow:
    row = queries.strategy_row(strategy_id, now=timezone.now())
    if row is None:
        raise Http404
    return row
