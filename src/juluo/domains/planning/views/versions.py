"""Versions of a plan: freeze one, compare two, sign off or send back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.plans import DecisionForm, SubmitForm
from juluo.domains.planning.views.frame import plan_frame
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def versions(request: HttpRequest, plan_id: int) -> HttpResponse:
    """List a plan's versions, with what each one is based on."""
    context = plan_frame(request, plan_id, current="versions")
    context |= {
        "rows": queries.versions_of(plan_id),
        "changes": queries.changed_since_last(plan_id),
    }
    return render(request, "planning/plans/versions.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def submit(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Freeze the plan and lay it before the owners, after a look at what changed."""
    context = plan_frame(request, plan_id, current="versions")
    last = context["plan"].version
    given = request.POST if request.method == "POST" else None
    form = SubmitForm(given, plan_id=plan_id, is_first=last == 0)
    if given is not None and form.is_valid() and _submit(request, plan_id, form):
        return redirect("planning:versions", plan_id)
    context |= {"form": form, "last": last, "lines": _log(request, plan_id, last, None)}
    status = 422 if form.errors else 200
    return render(request, "planning/plans/submit.html", context, status=status)


def _submit(request: HttpRequest, plan_id: int, form: SubmitForm) -> bool:
    try:
        services.submit(
            plan_id=plan_id,
            reason=form.cleaned_data["reason"],
            evidence=form.cleaned_data.get("evidence", ()),
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
    except services.NothingChanged:
        form.add_error(None, _("The plan is as its last version says: there is nothing to freeze."))
    except services.ReasonMissing:
        form.add_error("reason", _("Say why the plan changed."))
    except services.PlanIsClosed:
        form.add_error(None, _("This plan is closed; nothing in it changes any more."))
    else:
        messages.success(request, _("The version is frozen and waits for an owner's sign-off."))
        return True
    return False


@require_safe
@requires(permissions.can_see_plans)
def version(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Show a frozen version whole, and decide about it where one may."""
    return _version_page(request, plan_id, number, DecisionForm())


def _version_page(
    request: HttpRequest, plan_id: int, number: int, form: DecisionForm
) -> HttpResponse:
    language = get_language() or "en"
    context = plan_frame(request, plan_id, current="versions")
    parts = queries.frozen(plan_id, number, viewer=request.user, language=language)
    if parts is None:
        raise Http404
    row = next(row for row in queries.versions_of(plan_id) if row.number == number)
    context |= {
        "row": row,
        "parts": parts,
        "lines": _log(request, plan_id, number - 1, number),
        "form": form,
        "may_decide": context["may_sign_off"]
        and not row.decision
        and number == context["plan"].version
        and context["plan"].status == "submitted",
    }
    status = 422 if form.errors else 200
    return render(request, "planning/plans/version.html", context, status=status)


@require_POST
@requires(permissions.can_sign_off)
def decide(request: HttpRequest, plan_id: int, number: int) -> HttpResponse:
    """Sign a version off, or send it back with a note."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _version_page(request, plan_id, number, form)
    plan_frame(request, plan_id, current="versions")
    try:
        services.decide(
            plan_id=plan_id,
            number=number,
            decision=form.cleaned_data["decision"],
            note=form.cleaned_data["note"],
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
    except services.SecondPersonNeeded:
        words = _("You froze this version yourself: another owner signs it off.")
        messages.error(request, words)
    except services.NothingToDecide:
        messages.error(request, _("This version is not waiting for a decision."))
    except services.PlanIsClosed:
        messages.error(request, _("This plan is closed; nothing in it changes any more."))
    return redirect("planning:version", plan_id, number)


@require_safe
@requires(permissions.can_see_plans)
def changes(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what changed from one version to another, or until now."""
    context = plan_frame(request, plan_id, current="versions")
    last = context["plan"].version
    older = _number(request.GET.get("from", ""), usual=last)
    newer = _number(request.GET.get("to", ""), usual=0) or None
    lines = _log(request, plan_id, older, newer)
    if lines is None:
        raise Http404
    context |= {
        "older": older,
        "newer": newer,
        "lines": lines,
        "numbers": range(1, last + 1),
    }
    return render(request, "planning/plans/changes.html", context)


def _number(text: str, *, usual: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else usual


def _log(
    request: HttpRequest, plan_id: int, older: int, newer: int | None
) -> list[queries.ChangeLine] | None:
    return queries.change_log(
        plan_id,
        older=older,
        newer=newer,
        viewer=request.user,
        language=get_language() or "en",
    )
