"""What is promised in reports: by report, and all of it."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.forms import ActionForm, DecideActionForm
from juluo.domains.reporting.models import Action
from juluo.domains.reporting.views.shell import (
    actor,
    done,
    language_of,
    readable,
    report_frame,
    today,
)
from juluo.ui.access import requires

_USUAL_DAYS = 30


@require_safe
@requires(permissions.can_see_reports)
def action_list(request: HttpRequest) -> HttpResponse:
    """List what was promised in all reports, the first due first."""
    state = request.GET.get("state", "open")
    state = state if state in {*Action.Status.values, "all"} else "open"
    mine = request.GET.get("owner") == "me"
    rows = queries.actions(request.user, state=state, owner_id=actor(request) if mine else None)
    context = {
        "rows": [(row, queries.action_look(row, today())) for row in rows],
        "tabs": _tabs(state, mine=mine),
        "mine": mine,
    }
    return render(request, "reporting/actions.html", context)


def _tabs(state: str, *, mine: bool) -> list[dict[str, Any]]:
    url = reverse("reporting:actions")
    suffix = "&owner=me" if mine else ""
    labels = [*Action.Status.choices, ("all", _("All"))]
    return [
        {"label": label, "url": f"{url}?state={key}{suffix}", "is_current": key == state}
        for key, label in labels
    ]


def _may_decide(request: HttpRequest, row: queries.ActionRow) -> bool:
    if row.report_status != "issued":
        return False
    return permissions.can_decide_action(request.user, owner_id=row.owner_id)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def report_actions(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show what a report promises; a draft takes further actions here."""
    context = report_frame(request, report_id, current="actions")
    findings = _findings(request, report_id)
    form = None
    if context["may_write"]:
        form = _form(request, report_id, findings)
        if request.method == "POST" and form.is_valid():
            page = reverse("reporting:report_actions", args=[report_id])
            return done(request, lambda: _promise(request, report_id, form), page)
    elif request.method == "POST":
        raise Http404
    rows = queries.actions_of(report_id)
    context |= {
        "rows": [(row, queries.action_look(row, today())) for row in rows],
        "findings": findings,
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "reporting/report_actions.html", context, status=status)


def _findings(request: HttpRequest, report_id: int) -> dict[str, str]:
    if queries.newest_revision(report_id) is None:
        return {}
    return queries.findings_of(queries.document_of(report_id, language_of(request)))


def _form(request: HttpRequest, report_id: int, findings: dict[str, str]) -> ActionForm:
    language = get_language() or "en"
    if request.method == "POST":
        return ActionForm(request.POST, language=language, findings=findings)
    finding = request.GET.get("finding", "")
    found = queries.found_in(report_id).get(finding, {})
    spaces = found.get("space_ids") or []
    usual = {
        "finding": finding if finding in findings else "",
        "owner": actor(request),
        "due": today() + timedelta(days=_USUAL_DAYS),
        "metric": found.get("metric", ""),
        "space": spaces[0] if len(spaces) == 1 else None,
    }
    return ActionForm(initial=usual, language=language, findings=findings)


def _promise(request: HttpRequest, report_id: int, form: ActionForm) -> None:
    chosen, now = form.cleaned_data, timezone.now()
    space_ids = [chosen["space"]] if chosen["space"] is not None else []
    baseline = None
    if chosen["metric"]:
        baseline = queries.value_in_window(
            report_id, metric=chosen["metric"], space_ids=space_ids, now=now
        )
    services.promise_action(
        report_id=report_id,
        what=chosen["what"],
        owner_id=chosen["owner"],
        due=chosen["due"],
        finding=chosen["finding"],
        metric=chosen["metric"],
        space_ids=space_ids,
        baseline=baseline,
        target=chosen["target"] if chosen["metric"] else None,
        actor_id=actor(request),
        at=now,
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def action(request: HttpRequest, action_id: int) -> HttpResponse:
    """Show one action: what became of it, and whether it is done."""
    row = queries.action_row(action_id)
    if row is None:
        raise Http404
    readable(request.user, row.report_id)
    may_decide = _may_decide(request, row)
    if request.method == "POST" and not may_decide:
        raise Http404
    form = DecideActionForm(
        request.POST or None, initial={"status": row.status, "note": row.outcome_note}
    )
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: services.decide_action(
                action_id=action_id,
                status=form.cleaned_data["status"],
                note=form.cleaned_data["note"],
                actor_id=actor(request),
                at=timezone.now(),
            ),
            reverse("reporting:action", args=[action_id]),
            said=_("Saved."),
        )
    context = {
        "row": row,
        "look": queries.action_look(row, today()),
        "form": form,
        "may_decide": may_decide,
        "outcomes": queries.outcomes_of(action_id),
        "crumbs": [{"label": _("Improvement"), "url": reverse("reporting:actions")}],
    }
    return render(request, "reporting/action.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_make_report)
def withdraw(request: HttpRequest, action_id: int) -> HttpResponse:
    """Take an action out of a draft."""
    row = queries.action_row(action_id)
    if row is None:
        raise Http404
    readable(request.user, row.report_id)
    return done(
        request,
        lambda: services.withdraw_action(
            action_id=action_id, actor_id=actor(request), at=timezone.now()
        ),
        reverse("reporting:report_actions", args=[row.report_id]),
    )
