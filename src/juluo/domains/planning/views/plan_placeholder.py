"""A plan's own page, until the plans part brings the real one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from juluo.domains.planning.permissions import can_see_plans
from juluo.ui.access import requires


@require_safe
@requires(can_see_plans)
def plan(request: HttpRequest, plan_id: int) -> HttpResponse:  # noqa: ARG001
    """Show the schedule instead."""
    return redirect("planning:schedule", plan_id=plan_id)
