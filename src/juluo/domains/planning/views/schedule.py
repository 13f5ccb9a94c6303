"""A plan's schedule: phases with their gates, milestones, tasks by phase."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.schedule import (
    CriterionForm,
    GateForm,
    MilestoneForm,
    MoveForm,
    PhaseForm,
    StateForm,
)
from juluo.domains.planning.models import GateCriterion, Milestone
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.shell import actor, back, saved, today
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def schedule(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show phases, milestones and tasks of a plan."""
    frame = plan_frame(request, plan_id, current="schedule")
    found = queries.plan_schedule(plan_id=plan_id, today=today())
    context = frame | {
        "schedule": found,
        "late": sum(each.is_late for each in found.all_tasks),
        "shortfalls": queries.team_capacity(now=timezone.now()).shortfalls[:1],
        "coverage": queries.coverage(plan_id=plan_id),
    }
    return render(request, "planning/schedule/schedule.html", context)


@require_POST
@requires(permissions.can_plan)
def make_phases(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Cut the plan's days into phases."""
    plan_frame(request, plan_id, current="schedule")
    services.make_phases(plan_id=plan_id, actor_id=actor(request), at=timezone.now())
    return redirect("planning:schedule", plan_id=plan_id)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_plans)
def phase(request: HttpRequest, phase_id: int) -> HttpResponse:
    """Show a phase with its gates and what they say now; those who may, move it."""
    row, plan_id = _phase_or_404(phase_id)
    form = PhaseForm(request.POST or None, initial={"first": row.first, "last": row.last})
    if request.method == "POST":
        if not permissions.can_plan(request.user):
            raise Http404
        if form.is_valid() and _moved(request, phase_id, form):
            messages.success(request, _("The phase is moved."))
            return redirect("planning:phase", phase_id=phase_id)
    return _phase_page(request, row, plan_id, phase_form=form)


def _moved(request: HttpRequest, phase_id: int, form: PhaseForm) -> bool:
    def save() -> None:
        services.change_phase(
            phase_id=phase_id,
            start=form.cleaned_data["first"],
            end=form.end,
            actor_id=actor(request),
            at=timezone.now(),
        )

    try:
        return saved(form, save)
    except services.OutsidePlan:
        form.add_error(None, _("A phase lies within the plan’s days."))
        return False


def _phase_or_404(phase_id: int) -> tuple[queries.PhaseRow, int]:
    found = queries.phase_row(phase_id, today=today())
    if found is None:
        raise Http404
    return found


def _phase_page(
    request: HttpRequest,
    row: queries.PhaseRow,
    plan_id: int,
    *,
    phase_form: PhaseForm | None = None,
    criterion_form: CriterionForm | None = None,
    gate_form: GateForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    passed = queries.acceptances([row.id]).get(row.id, [])
    waiting = {"waiting": ["entry", "exit"], "open": ["exit"], "accepted": []}[row.status]
    context = plan_frame(request, plan_id, current="schedule") | {
        "phase": row,
        "passed": passed,
        "gates": [queries.gate_state(phase_id=row.id, gate=each, now=now) for each in waiting],
        "next_gate": waiting[0] if waiting else "",
        "phase_form": phase_form or PhaseForm(initial={"first": row.first, "last": row.last}),
        "criterion_form": criterion_form
        or CriterionForm(initial={"gate": waiting[0] if waiting else "exit"}),
        "gate_form": gate_form or GateForm(),
        "may_override": permissions.can_override_gate(request.user),
        "member_id": actor(request),
    }
    forms = (phase_form, criterion_form, gate_form)
    refused = any(form is not None and form.errors for form in forms)
    # What was typed is shown again even where the plan was closed meanwhile.
    context["may_plan"] = context["may_plan"] or refused
    return render(request, "planning/schedule/phase.html", context, status=422 if refused else 200)


@require_POST
@requires(permissions.can_plan)
def add_criterion(request: HttpRequest, phase_id: int) -> HttpResponse:
    """Let a gate ask for one thing more."""
    row, plan_id = _phase_or_404(phase_id)
    form = CriterionForm(request.POST)
    if not form.is_valid():
        return _phase_page(request, row, plan_id, criterion_form=form)

    def save() -> None:
        services.add_criterion(
            phase_id=phase_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    try:
        if not saved(form, save):
            return _phase_page(request, row, plan_id, criterion_form=form)
    except services.GatePassedAlready:
        messages.error(request, _("This gate is passed already."))
    return redirect("planning:phase", phase_id=phase_id)


@require_POST
@requires(permissions.can_plan)
def remove_criterion(request: HttpRequest, criterion_id: int) -> HttpResponse:
    """Let a gate ask for one thing less."""
    phase_id = _criterion_or_404(criterion_id).phase_id
    try:
        services.remove_criterion(
            criterion_id=criterion_id, actor_id=actor(request), at=timezone.now()
        )
    except services.GatePassedAlready:
        messages.error(request, _("This gate is passed already."))
    return redirect("planning:phase", phase_id=phase_id)


def _criterion_or_404(criterion_id: int) -> GateCriterion:
    found = GateCriterion.objects.filter(pk=criterion_id).first()
    if found is None:
        raise Http404
    return found


@require_POST
@requires(permissions.can_see_plans)
def state_criterion(request: HttpRequest, criterion_id: int) -> HttpResponse:
    """Say whether a criterion holds, as the person it was left to."""
    criterion = _criterion_or_404(criterion_id)
    form = StateForm(request.POST)
    may = permissions.can_state_criterion(request.user, person_id=criterion.person_id)
    if not may or not form.is_valid():
        raise Http404
    try:
        services.state_criterion(
            criterion_id=criterion_id,
            holds=form.cleaned_data["holds"] == "yes",
            note=form.cleaned_data["note"],
            actor_id=actor(request),
            at=timezone.now(),
        )
    except services.GatePassedAlready:
        messages.error(request, _("This gate is passed already."))
    return redirect("planning:phase", phase_id=criterion.phase_id)


@require_POST
@requires(permissions.can_plan)
def pass_gate(request: HttpRequest, phase_id: int) -> HttpResponse:
    """Begin or accept a phase; an owner may although something is missing, with a reason."""
    row, plan_id = _phase_or_404(phase_id)
    form = GateForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"] if permissions.can_override_gate(request.user) else ""
    try:
        services.pass_gate(
            phase_id=phase_id,
            gate=form.cleaned_data["gate"],
            override=reason,
            actor_id=actor(request),
            at=timezone.now(),
        )
    except services.GateClosed:
        form.add_error("reason", _missing(request))
        return _phase_page(request, row, plan_id, gate_form=form)
    except services.GatePassedAlready:
        messages.error(request, _("This gate is passed already, or the one before it is not."))
    else:
        messages.success(request, _("The gate is passed and kept on record."))
    return redirect("planning:phase", phase_id=phase_id)


def _missing(request: HttpRequest) -> str:
    if permissions.can_override_gate(request.user):
        return _("Something is missing. Say why the gate opens all the same.")
    return _("Something is missing. An owner may open the gate all the same, with a reason.")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def add_milestone(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Set a milestone."""
    frame = plan_frame(request, plan_id, current="schedule")
    initial = {"owner": actor(request), "due": request.GET.get("due", "")}
    form = MilestoneForm(request.POST or None, plan_id=plan_id, initial=initial)

    def save() -> None:
        services.add_milestone(
            plan_id=plan_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    return _milestone_form(request, frame, form, save, _("Set a milestone"))


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def change_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Change a milestone."""
    row = queries.milestone_row(milestone_id, today=today())
    if row is None:
        raise Http404
    initial = {"title": row.title, "owner": row.owner_id, "due": row.due, "phase": row.phase_id}
    form = MilestoneForm(
        request.POST or None, plan_id=row.plan_id, owner_id=row.owner_id, initial=initial
    )

    def save() -> None:
        services.change_milestone(
            milestone_id=milestone_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    frame = plan_frame(request, row.plan_id, current="schedule")
    return _milestone_form(request, frame, form, save, row.title)


def _milestone_form(
    request: HttpRequest,
    frame: dict[str, Any],
    form: MilestoneForm,
    save: Callable[[], None],
    heading: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and saved(form, save):
        return redirect("planning:schedule", plan_id=frame["plan"].id)
    context = frame | {"form": form, "heading": heading}
    status = 422 if form.errors else 200
    return render(request, "planning/schedule/milestone_form.html", context, status=status)


@require_POST
@requires(permissions.can_see_plans)
def reach_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Say that a milestone stands, or that it does not after all."""
    milestone = _own_milestone_or_404(request, milestone_id)
    decide = (
        services.reopen_milestone
        if request.POST.get("reached") == "no"
        else services.reach_milestone
    )
    decide(milestone_id=milestone_id, actor_id=actor(request), at=timezone.now())
    return back(request, reverse("planning:schedule", args=[milestone.plan_id]))


@require_POST
@requires(permissions.can_see_plans)
def move_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    """Give a milestone another day."""
    milestone = _own_milestone_or_404(request, milestone_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        services.move_milestone(
            milestone_id=milestone_id,
            due=form.cleaned_data["due"],
            actor_id=actor(request),
            at=timezone.now(),
        )
    else:
        messages.error(request, _("That is no day. Write it like 2026-03-08."))
    return back(request, reverse("planning:schedule", args=[milestone.plan_id]))


def _own_milestone_or_404(request: HttpRequest, milestone_id: int) -> Milestone:
    found = Milestone.objects.filter(pk=milestone_id).first()
    if found is None or not permissions.can_work_on(request.user, owner_id=found.owner_id):
        raise Http404
    return found
