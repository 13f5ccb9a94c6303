"""Tasks: their page, what they say, who does them, what they wait for, what closes them."""

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
    AwaitForm,
    FindForm,
    MoveForm,
    NeedForm,
    PlaceForm,
    TaskForm,
)
from juluo.domains.planning.models import TaskLink
from juluo.domains.planning.views.shell import actor, back, day_in, number_in, saved, today
from juluo.ui.access import requires

# What one may do with a task, by the word that the form sends.
STEPS: dict[str, Callable[..., bool]] = {
    "start": services.start_task,
    "finish": services.finish_task,
    "drop": services.drop_task,
    "reopen": services.reopen_task,
}


@require_safe
@requires(permissions.can_see_plans)
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show a task with what it waits for, what closes it, and what happened to it."""
    return _task_page(request, task_id)


def _task_page(request: HttpRequest, task_id: int, **forms: Any) -> HttpResponse:
    detail = queries.task_detail(task_id, today=today())
    if detail is None:
        raise Http404
    row = detail.row
    context = {
        "task": detail,
        "row": row,
        "may_plan": permissions.can_plan(request.user) and not row.is_fixed,
        "may_work": permissions.can_work_on(request.user, owner_id=row.owner_id)
        and not row.is_fixed,
        "need_form": NeedForm(task_id=task_id),
        "history": [_told(each) for each in detail.history],
        **forms,
    }
    refused = any(form.errors for form in forms.values())
    return render(request, "planning/schedule/task.html", context, status=422 if refused else 200)


def _told(entry: Any) -> dict[str, Any]:
    words = {
        "task.added": _("wrote it down"),
        "task.changed": _("changed it"),
        "task.assigned": _("assigned it"),
        "task.started": _("started it"),
        "task.finished": _("finished it"),
        "task.reopened": _("reopened it"),
        "task.dropped": _("dropped it"),
        "task.dependency_added": _("made it wait for another task"),
        "task.dependency_removed": _("let it no longer wait for another task"),
        "task.linked": _("linked it"),
        "task.unlinked": _("unlinked it"),
    }
    by_itself = entry.action == "task.finished" and entry.details.get("closed_by")
    return {
        "at": entry.at,
        "actor_id": entry.actor_id,
        "actor": entry.actor_name,
        "words": _("closed by what was done")
        if by_itself
        else words.get(entry.action, entry.action),
    }


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def add_task(request: HttpRequest) -> HttpResponse:
    """Write a task down; the address may name its plan, phase and day."""
    plan_id = number_in(request.GET.get("plan", ""))
    if plan_id is not None and queries.plan_card(plan_id, today=today()) is None:
        raise Http404
    initial = {
        "title": request.GET.get("title", "")[:200],
        "owner": actor(request),
        "due": day_in(request.GET.get("due", "")),
        "phase": number_in(request.GET.get("phase", "")),
        "strategy": number_in(request.GET.get("strategy", "")),
    }
    form = TaskForm(request.POST or None, plan_id=plan_id, initial=initial)
    if request.method == "POST" and form.is_valid():
        written = _written(request, form)
        if written is not None:
            return written
    context = {
        "form": form,
        "next": request.GET.get("next", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "planning/schedule/task_form.html", context, status=status)


def _written(request: HttpRequest, form: TaskForm) -> HttpResponse | None:
    """Write the task of a valid form down; None where its plan is closed, which the form says."""
    task_id = 0

    def save() -> None:
        nonlocal task_id
        task_id = services.add_task(
            plan_id=form.plan_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    if not saved(form, save):
        return None
    messages.success(request, _("The task is written down."))
    if form.plan_id:
        return back(request, reverse("planning:schedule", args=[form.plan_id]))
    return back(request, reverse("planning:task", args=[task_id]))


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def change_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Change what a task says."""
    detail = queries.task_detail(task_id, today=today())
    if detail is None:
        raise Http404
    row = detail.row
    initial = {
        "title": row.title,
        "details": detail.details,
        "owner": row.owner_id,
        "start": row.start,
        "due": row.due,
        "hours": row.planned_minutes / 60 or None,
        "kind_of_work": row.kind_of_work,
        "phase": row.phase_id,
        "milestone": row.milestone_id,
        "strategy": row.strategy_id,
    }
    form = TaskForm(
        request.POST or None, plan_id=row.plan_id, owner_id=row.owner_id, initial=initial
    )
    if row.plan_id is None:
        # A task that stands alone stays alone: it has no plan's people to tell.
        del form.fields["plan"]

    def save() -> None:
        services.change_task(
            task_id=task_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    if request.method == "POST" and form.is_valid() and saved(form, save):
        messages.success(request, _("The task is changed."))
        return redirect("planning:task", task_id=task_id)
    context = {"form": form, "row": row}
    status = 422 if form.errors else 200
    return render(request, "planning/schedule/task_form.html", context, status=status)


@require_POST
@requires(permissions.can_see_plans)
def step(request: HttpRequest, task_id: int) -> HttpResponse:
    """Start, finish, drop or reopen a task."""
    row = _own_row_or_404(request, task_id)
    take = STEPS.get(request.POST.get("step", ""))
    if take is None:
        raise Http404
    take(task_id=task_id, actor_id=actor(request), at=timezone.now())
    if take is services.finish_task and row.waits_for:
        words = _("It is done, although it waited for: %(titles)s")
        messages.warning(request, words % {"titles": row.waits_words})
    return back(request, reverse("planning:task", args=[task_id]))


def _own_row_or_404(request: HttpRequest, task_id: int) -> queries.TaskRow:
    row = queries.task_row(task_id, today=today())
    if row is None or not permissions.can_work_on(request.user, owner_id=row.owner_id):
        raise Http404
    return row


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def place_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Change owner and day in place: htmx swaps the row, a plain form has a page of its own."""
    row = queries.task_row(task_id, today=today())
    if row is None:
        raise Http404
    initial = {"owner": row.owner_id, "due": row.due}
    form = PlaceForm(
        request.POST or None, owner_id=row.owner_id, initial=initial, prefix=f"task-{task_id}"
    )
    is_swap = request.headers.get("HX-Request") == "true"

    def save() -> None:
        services.place_task(
            task_id=task_id,
            owner_id=form.owner_id,
            due=form.cleaned_data["due"],
            actor_id=actor(request),
            at=timezone.now(),
        )

    if request.method == "POST" and form.is_valid() and saved(form, save):
        if not is_swap:
            return back(request, reverse("planning:task", args=[task_id]))
        return _row(request, task_id)
    if is_swap and request.GET.get("keep"):
        return _row(request, task_id)
    template = "_row_form.html" if is_swap else "place.html"
    context = {"row": row, "form": form, "next": request.GET.get("next", "")}
    # htmx swaps nothing into the page on an error status; the row with its errors must come.
    status = 422 if form.errors and not is_swap else 200
    return render(request, f"planning/schedule/{template}", context, status=status)


def _row(request: HttpRequest, task_id: int) -> HttpResponse:
    context = {
        "row": queries.task_row(task_id, today=today()),
        "may_plan": True,
        "is_swapped": True,
        "is_saved": request.method == "POST",
        "today": today(),
    }
    return render(request, "planning/schedule/_row.html", context)


@require_POST
@requires(permissions.can_see_plans)
def move_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Give a task another last day: what dragging would do."""
    row = _own_row_or_404(request, task_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        services.place_task(
            task_id=task_id,
            owner_id=row.owner_id,
            due=form.cleaned_data["due"],
            actor_id=actor(request),
            at=timezone.now(),
        )
    else:
        messages.error(request, _("That is no day. Write it like 2026-03-08."))
    return back(request, reverse("planning:task", args=[task_id]))


@require_POST
@requires(permissions.can_plan)
def add_need(request: HttpRequest, task_id: int) -> HttpResponse:
    """Let a task wait for another."""
    if queries.task_row(task_id, today=today()) is None:
        raise Http404
    form = NeedForm(request.POST, task_id=task_id)
    if form.is_valid():
        try:
            services.add_dependency(
                task_id=task_id,
                needs_id=int(form.cleaned_data["needs"]),
                actor_id=actor(request),
                at=timezone.now(),
            )
        except services.CircularDependency as circle:
            words = _("They would wait for each other: %(circle)s")
            form.add_error("needs", words % {"circle": " → ".join(circle.titles)})
    if form.errors:
        return _task_page(request, task_id, need_form=form)
    return redirect("planning:task", task_id=task_id)


@require_POST
@requires(permissions.can_plan)
def remove_need(request: HttpRequest, task_id: int, needs_id: int) -> HttpResponse:
    """Let a task no longer wait for another."""
    services.remove_dependency(
        task_id=task_id, needs_id=needs_id, actor_id=actor(request), at=timezone.now()
    )
    return redirect("planning:task", task_id=task_id)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def link_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Tie a task to a real object: look for one, or say what to wait for."""
    row = queries.task_row(task_id, today=today())
    if row is None:
        raise Http404
    kinds = [kind for kind in queries.link_kinds() if kind.key != queries.AWAITED]
    find = FindForm(request.GET or None, kinds=kinds)
    wait = AwaitForm(request.POST if "wait" in request.POST else None)
    if request.method == "POST":
        linked = _linked(request, task_id, wait)
        if linked is not None:
            return _after_linking(request, task_id, closed=linked)
    kind = queries.link_kind(find.cleaned_data["kind"]) if find.is_valid() else None
    context = {
        "row": row,
        "find": find,
        "wait": wait,
        "kind": kind,
        "found": kind.find(find.cleaned_data["words"].strip()) if kind else [],
    }
    status = 422 if wait.errors else 200
    return render(request, "planning/schedule/link.html", context, status=status)


def _linked(request: HttpRequest, task_id: int, wait: AwaitForm) -> bool | None:
    """Tie it; return whether that closed it at once, or None where the form is wrong."""
    given: dict[str, Any] | None
    if "wait" in request.POST:
        if not wait.is_valid():
            return None
        awaited = wait.awaited
        given = {"kind": queries.AWAITED, "ref": awaited.ref, "awaited": awaited.as_json()}
    else:
        given = _named(request)
    if given is None:
        raise Http404
    return services.link_task(task_id=task_id, **given, actor_id=actor(request), at=timezone.now())


def _named(request: HttpRequest) -> dict[str, Any] | None:
    """Return the object that was chosen, if there is one of this name."""
    kind = queries.link_kind(request.POST.get("kind", ""))
    ref = request.POST.get("ref", "")[:60]
    if kind is None or kind.key == queries.AWAITED or not kind.title(ref, {}):
        return None
    return {"kind": kind.key, "ref": ref}


def _after_linking(request: HttpRequest, task_id: int, *, closed: bool) -> HttpResponse:
    if closed:
        messages.success(request, _("This is done already: the task is closed."))
    else:
        messages.success(request, _("Linked. The task closes by itself."))
    return redirect("planning:task", task_id=task_id)


@require_POST
@requires(permissions.can_plan)
def unlink_task(request: HttpRequest, link_id: int) -> HttpResponse:
    """Untie a task from an object."""
    link = TaskLink.objects.filter(pk=link_id).first()
    if link is None:
        raise Http404
    services.unlink_task(link_id=link_id, actor_id=actor(request), at=timezone.now())
    return redirect("planning:task", task_id=link.task_id)
