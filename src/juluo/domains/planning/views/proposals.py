"""The goals that a plan's template proposes: take those that fit, all at once."""

from datetime import date, datetime, timedelta
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from juluo.domains.insights import queries as insights
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.queries.plans import PlanCard
from juluo.domains.planning.rules import goals as rules
from juluo.domains.planning.rules.proposals import goal_days, proposal
from juluo.domains.planning.views.frame import plan_frame
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def proposed_goals(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what the template proposes, measured and judged; set what was ticked."""
    context = plan_frame(request, plan_id, current="goals")
    if context["plan"].status == "closed":
        raise Http404
    now = timezone.now()
    if request.method == "POST":
        wanted = _wanted(request, context["plan"])
        if wanted is not None:
            return _set(request, context["plan"], wanted, now)
        context["refused"] = _("A target is a number above zero; a share is at most 100.")
    context["rows"] = queries.proposed_goals(plan_id, now=now)
    context["silent_since"] = queries.silent_since(now=now)
    status = 422 if "refused" in context else 200
    return render(request, "planning/goals/proposed.html", context, status=status)


def _wanted(request: HttpRequest, plan: PlanCard) -> dict[str, float] | None:
    """Return the targets that were ticked, by proposal; None where one is no figure."""
    found: dict[str, float] = {}
    for key in request.POST.getlist("take"):
        known = proposal(plan.kind, key)
        if known is None:
            raise Http404
        unit = known.aim.definition.unit
        try:
            value = rules.from_typed(float(request.POST.get(f"value-{key}", "")), unit)
        except ValueError:
            return None
        if not 0 < value <= (1 if unit == "share" else 1e12):
            return None
        found[key] = value
    return found


def _set(
    request: HttpRequest, plan: PlanCard, wanted: dict[str, float], now: datetime
) -> HttpResponse:
    member = cast("Member", request.user)
    days = goal_days(*_span(plan), today=insights.local_today(now=now))
    made = []
    for key, value in wanted.items():
        known = proposal(plan.kind, key)
        baseline = None
        if known is not None:
            baseline = queries.proposed_baseline(known.aim, start=days[0], end=days[1], now=now)
        if known is None or baseline is None or baseline == value:
            continue
        goal = services.set_goal(
            plan_id=plan.id,
            title=queries.proposed_title(known.aim, value, language=get_language() or "en"),
            why=known.why.in_language(get_language() or "en"),
            owner_id=plan.owner_id,
            start=days[0],
            end=days[1],
            targets=[rules.Wanted(aim=known.aim, baseline=baseline, value=value)],
            actor_id=member.pk,
            at=now,
        )
        made.append(goal.pk)
    if made:
        services.read_targets(now=now, goal_ids=made)
    words = ngettext("%(n)d goal is set.", "%(n)d goals are set.", len(made)) % {"n": len(made)}
    messages.success(request, words)
    return redirect("planning:goals", plan.id)


def _span(plan: PlanCard) -> tuple[date, date]:
    return plan.first, plan.last + timedelta(days=1)
