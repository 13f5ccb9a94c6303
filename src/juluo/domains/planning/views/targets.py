"""One more target for a goal, and a target set anew."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.goals import ChangeTargetForm, TargetForm
from juluo.domains.planning.views.checking import checked
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.goals import actor, tried
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def new_target(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Give a goal one more target; with “check”, show first what history says of it."""
    row = queries.goal_row(goal_id)
    if row is None or row.is_dropped:
        raise Http404
    context = plan_frame(request, row.plan_id, current="goals")
    start, end = row.start, row.last + timedelta(days=1)
    given = request.POST if request.method == "POST" else None
    form = TargetForm(given, initial={"measure": "level", "weight": 1}, goal_days=(start, end))
    context |= {"form": form, "goal": row}
    if given is not None and form.is_valid():
        now = timezone.now()
        found = checked(form, start=start, end=end, now=now)
        if found is not None and "check" not in given:
            wanted, by = found.wanted, actor(request)
            if tried(
                request,
                lambda: services.add_target(goal_id=goal_id, wanted=wanted, actor_id=by, at=now),
            ):
                services.read_targets(now=now, goal_ids=[goal_id])
            return redirect("planning:goal", goal_id)
        context["checked"] = found
    status = 422 if form.errors else 200
    return render(request, "planning/goals/new_target.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def change_target(request: HttpRequest, target_id: int) -> HttpResponse:
    """Set a target anew; the old one stays, with the reason for the new."""
    known = queries.target_typed(target_id)
    row = queries.goal_row(known.goal_id) if known else None
    if known is None or row is None or row.is_dropped:
        raise Http404
    context = plan_frame(request, row.plan_id, current="goals")
    given = request.POST if request.method == "POST" else None
    initial = {"value": known.value, "baseline": known.baseline}
    form = ChangeTargetForm(given, initial=initial, plan_id=row.plan_id, unit=known.unit)
    if given is not None and form.is_valid():
        if tried(request, lambda: _change(request, target_id, known.goal_id, form)):
            messages.success(request, _("The target is changed; the old one stays to be seen."))
        return redirect("planning:goal", known.goal_id)
    context |= {"form": form, "goal": row, "target": known}
    status = 422 if form.errors else 200
    return render(request, "planning/goals/change_target.html", context, status=status)


def _change(request: HttpRequest, target_id: int, goal_id: int, form: ChangeTargetForm) -> None:
    now = timezone.now()
    services.change_target(
        target_id=target_id,
        value=form.figure("value"),
        # A baseline that was not touched stays as exact as it is.
        baseline=form.figure("baseline") if "baseline" in form.changed_data else None,
        reason=form.cleaned_data["reason"],
        evidence=form.cleaned_data["evidence"],
        actor_id=actor(request),
        at=now,
    )
    services.read_targets(now=now, goal_ids=[goal_id])
