"""Positioning and watch notes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.insights import queries as insights
from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.surroundings import (
    AttachForm,
    NoteForm,
    PositioningForm,
    ReviewForm,
)
from juluo.domains.planning.models import WatchNote
from juluo.domains.planning.views.frame import plan_frame
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_plans)
def positioning(request: HttpRequest) -> HttpResponse:
    """Show what the community stands for, its earlier versions, and what rests on each."""
    rows = queries.positionings()
    may_plan = permissions.can_plan(request.user)
    if request.method == "POST" and not may_plan:
        raise Http404
    now = rows[0] if rows else None
    usual = {"value": now.value, "audience": now.audience, "tone": now.tone} if now else {}
    form = PositioningForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        services.state_positioning(
            **form.cleaned_data, actor_id=request.user.pk or 0, at=timezone.now()
        )
        return redirect("planning:positioning")
    context = {
        "now": now,
        "earlier": rows[1:],
        "form": form,
        "may_plan": may_plan,
        "outdated": [each for row in rows[1:] for each in row.references],
    }
    status = 422 if form.errors else 200
    return render(request, "planning/surroundings/positioning.html", context, status=status)


@require_safe
@requires(permissions.can_see_plans)
def watch(request: HttpRequest) -> HttpResponse:
    """List what was seen around the community, by kind or to look at again."""
    today = insights.local_today(now=timezone.now())
    kind = request.GET.get("kind", "")
    kind = kind if kind in WatchNote.Kind.values else ""
    due_only = request.GET.get("due") == "1"
    due = queries.notes_due(today=today)
    tabs = [
        {"label": _("All"), "url": "?", "is_current": not kind and not due_only},
        *(
            {"label": each.label, "url": f"?kind={each.value}", "is_current": kind == each.value}
            for each in WatchNote.Kind
        ),
        {"label": _("To look at again"), "url": "?due=1", "is_current": due_only, "count": due},
    ]
    context = {
        "rows": queries.notes(today=today, kind=kind, due_only=due_only),
        "tabs": tabs,
        "may_plan": permissions.can_plan(request.user),
    }
    return render(request, "planning/surroundings/watch.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def new_note(request: HttpRequest) -> HttpResponse:
    """Write down an observation; from a plan's page it is attached to that plan."""
    today = insights.local_today(now=timezone.now())
    kind = request.GET.get("kind", "")
    plan_id = request.GET.get("plan", "")
    usual = {
        "observed_on": today,
        "kind": kind if kind in WatchNote.Kind.values else "competitor",
        "plans": [int(plan_id)] if plan_id.isdecimal() and len(plan_id) < 10 else [],
    }
    form = NoteForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        note = services.write_note(
            kind=values["kind"],
            about=values["about"],
            statement=values["statement"],
            meaning=values["meaning"],
            evidence_url=values["evidence_url"],
            observed_on=values["observed_on"],
            review_on=values["review_on"],
            plan_ids=values.get("plans", ()),
            author_id=request.user.pk or 0,
            at=timezone.now(),
        )
        return redirect("planning:note", note.pk)
    status = 422 if form.errors else 200
    return render(request, "planning/surroundings/new_note.html", {"form": form}, status=status)


@require_safe
@requires(permissions.can_see_plans)
def note(request: HttpRequest, note_id: int) -> HttpResponse:
    """Show one observation and every second look at it."""
    today = insights.local_today(now=timezone.now())
    return _note_page(request, note_id, ReviewForm(initial=ReviewForm.usual(today)))


def _note_page(request: HttpRequest, note_id: int, form: ReviewForm) -> HttpResponse:
    today = insights.local_today(now=timezone.now())
    rows = queries.notes(today=today, note_id=note_id)
    if not rows:
        raise Http404
    may_plan = permissions.can_plan(request.user) and rows[0].withdrawn_at is None
    context = {
        "note": rows[0],
        "form": form,
        "may_plan": may_plan,
        "actions": queries.note_actions(note_id) if may_plan else [],
    }
    status = 422 if form.errors else 200
    return render(request, "planning/surroundings/note.html", context, status=status)


@require_POST
@requires(permissions.can_plan)
def review(request: HttpRequest, note_id: int) -> HttpResponse:
    """Keep a second look."""
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _note_page(request, note_id, form)
    try:
        services.review_note(
            note_id=note_id,
            verdict=form.cleaned_data["verdict"],
            words=form.cleaned_data["words"],
            review_on=form.cleaned_data["review_on"],
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
    except WatchNote.DoesNotExist:
        raise Http404 from None
    return redirect("planning:note", note_id)


@require_POST
@requires(permissions.can_plan)
def withdraw(request: HttpRequest, note_id: int) -> HttpResponse:
    """Withdraw an observation; versions that named it keep it."""
    services.withdraw_note(note_id=note_id, actor_id=request.user.pk or 0, at=timezone.now())
    messages.success(request, _("The observation is withdrawn."))
    return redirect("planning:watch")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def attach(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Choose the observations that a plan rests on."""
    context = plan_frame(request, plan_id, current="plan")
    today = context["today"]
    attached = [each.id for each in queries.notes(today=today, plan_id=plan_id)]
    offered = queries.notes(today=today)
    given = request.POST if request.method == "POST" else None
    form = AttachForm(given, initial={"notes": attached}, notes=offered)
    if given is not None and form.is_valid():
        services.attach_notes(plan_id=plan_id, note_ids=form.cleaned_data["notes"])
        return redirect("planning:plan", plan_id)
    context |= {"form": form, "has_notes": bool(offered)}
    status = 422 if form.errors else 200
    return render(request, "planning/surroundings/attach.html", context, status=status)
