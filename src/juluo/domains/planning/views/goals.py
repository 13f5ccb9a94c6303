"""A plan's goals under its objectives, a goal's own page, and what is changed there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.goals import (
    DaysForm,
    GoalForm,
    ObjectiveForm,
    OwnerForm,
    ReasonForm,
)
from juluo.domains.planning.views.checking import checked
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.shell import back
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def goals(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan's goals: how far they are, and how they roll up."""
    return _goals_page(request, plan_id)


def _goals_page(
    request: HttpRequest, plan_id: int, *, objective_form: ObjectiveForm | None = None
) -> HttpResponse:
    context = plan_frame(request, plan_id, current="goals")
    context |= {
        "goals": queries.goals_of_plan(plan_id),
        "owners": members.staff(),
        "objective_form": objective_form or ObjectiveForm(),
    }
    status = 422 if objective_form is not None else 200
    return render(request, "planning/goals/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def new_goal(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Set a goal; with “check”, show first what history says of it."""
    context = plan_frame(request, plan_id, current="goals")
    if context["plan"].status == "closed":
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = GoalForm(given, initial=_usual(request, context), plan_id=plan_id)
    context["form"] = form
    if given is not None and form.is_valid():
        start, end = form.cleaned_data["first"], form.cleaned_data["last"] + timedelta(days=1)
        found = checked(form, start=start, end=end, now=timezone.now())
        if found is not None and "check" not in given:
            return _set(request, plan_id, form, found.wanted)
        context["checked"] = found
    return render(request, "planning/goals/new.html", context, status=422 if form.errors else 200)


def _usual(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Begin today, or with the plan, and end with the plan."""
    plan = context["plan"]
    return {
        "first": max(plan.first, context["today"]) if plan.last >= context["today"] else plan.first,
        "last": plan.last,
        "owner": cast("Member", request.user).pk,
        "measure": "level",
        "weight": 1,
        "metric": request.GET.get("metric", ""),
        "objective": request.GET.get("objective", ""),
    }


def _set(request: HttpRequest, plan_id: int, form: GoalForm, wanted: Any) -> HttpResponse:
    values, now = form.cleaned_data, timezone.now()
    goal = services.set_goal(
        plan_id=plan_id,
        title=form.told_title,
        why=values["why"],
        owner_id=values["owner"],
        start=values["first"],
        end=values["last"] + timedelta(days=1),
        objective_id=values["objective"],
        targets=[wanted],
        actor_id=actor(request),
        at=now,
    )
    services.read_targets(now=now, goal_ids=[goal.pk])
    messages.success(request, _("The goal is set. It is read again whenever something happens."))
    return redirect("planning:goal", goal.pk)


@require_safe
@requires(permissions.can_see_plans)
def goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Show one goal: chart, pace, forecast, what history said, and every revision."""
    return goal_page(request, goal_id)


def goal_page(request: HttpRequest, goal_id: int, **forms: Any) -> HttpResponse:
    """Answer with a goal's page; forms that were refused are shown again on it."""
    page = queries.goal_page(goal_id, now=timezone.now())
    if page is None:
        raise Http404
    row = page.row
    context = plan_frame(request, row.plan_id, current="goals")
    context |= {
        "page": page,
        "goal": row,
        "may_change": context["may_plan"] and not row.is_dropped,
        "owner_form": OwnerForm(initial={"owner": row.owner_id}),
        "days_form": DaysForm(initial={"first": row.start, "last": row.last}),
        "drop_form": ReasonForm(),
    } | forms
    return render(request, "planning/goals/goal.html", context, status=422 if forms else 200)


@require_POST
@requires(permissions.can_plan)
def owner(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Give a goal to someone else; htmx swaps the row in place."""
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return goal_page(request, goal_id, owner_form=form)
    owner_id = form.cleaned_data["owner"]
    return _changed(
        request,
        goal_id,
        lambda: services.change_owner(
            goal_id=goal_id, owner_id=owner_id, actor_id=actor(request), at=timezone.now()
        ),
    )


@require_POST
@requires(permissions.can_plan)
def days(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Give a goal other days; htmx swaps the row in place."""
    form = DaysForm(request.POST)
    if not form.is_valid():
        return goal_page(request, goal_id, days_form=form)

    def change() -> None:
        now = timezone.now()
        services.move_goal(
            goal_id=goal_id,
            start=form.cleaned_data["first"],
            end=form.end,
            reason=form.cleaned_data["reason"],
            actor_id=actor(request),
            at=now,
        )
        services.read_targets(now=now, goal_ids=[goal_id])

    return _changed(request, goal_id, change)


@require_POST
@requires(permissions.can_plan)
def drop(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Give a goal up, with the reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return goal_page(request, goal_id, drop_form=form)
    reason = form.cleaned_data["reason"]
    tried(
        request,
        lambda: services.drop_goal(
            goal_id=goal_id, reason=reason, actor_id=actor(request), at=timezone.now()
        ),
    )
    return redirect("planning:goal", goal_id)


def _changed(request: HttpRequest, goal_id: int, change: Callable[[], object]) -> HttpResponse:
    tried(request, change)
    row = queries.goal_row(goal_id)
    if row is None:
        raise Http404
    if request.headers.get("HX-Request") != "true":
        return back(request, reverse("planning:goal", args=[goal_id]))
    context = plan_frame(request, row.plan_id, current="goals")
    return render(
        request,
        "planning/goals/_row_answer.html",
        context | {"goal": row, "owners": members.staff()},
    )


@require_POST
@requires(permissions.can_plan)
def add_objective(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give a plan one more objective."""
    form = ObjectiveForm(request.POST)
    if not form.is_valid():
        return _goals_page(request, plan_id, objective_form=form)
    tried(
        request,
        lambda: services.add_objective(
            plan_id=plan_id,
            title=form.cleaned_data["title"],
            owner_id=actor(request),
            actor_id=actor(request),
            at=timezone.now(),
        ),
    )
    return redirect("planning:goals", plan_id)


@require_POST
@requires(permissions.can_plan)
def rename_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Give an objective another title."""
    plan_id, form = _plan_of(objective_id), ObjectiveForm(request.POST)
    if not form.is_valid():
        return _goals_page(request, plan_id, objective_form=form)
    title = form.cleaned_data["title"]
    tried(
        request,
        lambda: services.rename_objective(
            objective_id=objective_id, title=title, actor_id=actor(request), at=timezone.now()
        ),
    )
    return redirect("planning:goals", plan_id)


@require_POST
@requires(permissions.can_plan)
def move_objective(request: HttpRequest, objective_id: int) -> HttpResponse:
    """Let an objective change places with the one above or below."""
    plan_id, up = _plan_of(objective_id), request.POST.get("up") == "1"
    tried(
        request,
        lambda: services.move_objective(
            objective_id=objective_id, up=up, actor_id=actor(request), at=timezone.now()
        ),
    )
    return redirect("planning:goals", plan_id)


def _plan_of(objective_id: int) -> int:
    plan_id = queries.objective_plan(objective_id)
    if plan_id is None:
        raise Http404
    return plan_id


def actor(request: HttpRequest) -> int:
    """Return who asks."""
    return cast("Member", request.user).pk


def tried(request: HttpRequest, change: Callable[[], object]) -> bool:
    """Do it, or say why it cannot be done; return whether it was."""
    try:
        change()
    except services.PlanIsClosed:
        messages.error(request, _("This plan is closed; nothing in it changes any more."))
    except services.GoalIsDropped:
        messages.error(request, _("The goal was given up; it stays as it was."))
    except services.StrategyHasStarted:
        messages.error(
            request,
            _("The strategy has started: what it should do stays as it was said before."),
        )
    except services.NotUnderWay:
        messages.error(request, _("The strategy is over, or was not begun."))
    else:
        return True
    return False
