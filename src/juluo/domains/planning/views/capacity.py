"""Hours there are against hours that the plans need, and who is away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.capacity import AbsenceForm, HoursForm
from juluo.domains.planning.models import Absence
from juluo.domains.planning.views.shell import actor, today
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def capacity(request: HttpRequest) -> HttpResponse:
    """Show the coming weeks of the team."""
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    hours_form: HoursForm | None = None,
    absence_form: AbsenceForm | None = None,
) -> HttpResponse:
    found = queries.team_capacity(now=timezone.now())
    only = _only(request)
    initial = {"first": today(), "member": actor(request)}
    context = {
        "capacity": found,
        "note": queries.holidays_note(found.weeks[0].monday, found.weeks[-1].monday),
        "hours_form": hours_form or HoursForm(only=only, initial=initial),
        "absence_form": absence_form or AbsenceForm(only=only, initial=initial, prefix="away"),
        "may_plan": permissions.can_plan(request.user),
        "member_id": actor(request),
    }
    refused = any(form is not None for form in (hours_form, absence_form))
    return render(
        request, "planning/schedule/capacity.html", context, status=422 if refused else 200
    )


def _only(request: HttpRequest) -> int | None:
    """Return whom the reader may speak for: only themselves, or (None) everybody."""
    return None if permissions.can_plan(request.user) else actor(request)


@require_POST
@requires(permissions.can_see_plans)
def state_hours(request: HttpRequest) -> HttpResponse:
    """Say how many hours somebody has a week."""
    form = HoursForm(request.POST, only=_only(request))
    if not form.is_valid():
        return _page(request, hours_form=form)
    services.state_hours(
        member_id=int(form.cleaned_data["member"]),
        minutes=form.minutes,
        first_day=form.cleaned_data["first"],
        actor_id=actor(request),
        at=timezone.now(),
    )
    messages.success(request, _("The hours are noted."))
    return redirect("planning:capacity")


@require_POST
@requires(permissions.can_see_plans)
def add_absence(request: HttpRequest) -> HttpResponse:
    """Note that somebody is away."""
    form = AbsenceForm(request.POST, only=_only(request), prefix="away")
    if not form.is_valid():
        return _page(request, absence_form=form)
    services.add_absence(
        member_id=int(form.cleaned_data["member"]),
        kind=form.cleaned_data["kind"],
        start=form.cleaned_data["first"],
        end=form.end,
        actor_id=actor(request),
        at=timezone.now(),
    )
    messages.success(request, _("The absence is noted."))
    return redirect("planning:capacity")


@require_POST
@requires(permissions.can_see_plans)
def remove_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None or not permissions.can_state_hours(
        request.user, member_id=absence.member_id
    ):
        raise Http404
    services.remove_absence(absence_id=absence_id, actor_id=actor(request), at=timezone.now())
    return redirect("planning:capacity")
