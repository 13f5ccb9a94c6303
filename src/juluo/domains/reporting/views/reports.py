"""The list of reports, asking for one, and reading one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance.permissions import can_see_money
from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.forms import DecisionForm, NewReportForm
from juluo.domains.reporting.models import Report
from juluo.domains.reporting.services import AlreadyBegun
from juluo.domains.reporting.types import CYCLES, Kind, last_cycle
from juluo.domains.reporting.views.shell import (
    actor,
    done,
    language_of,
    readable,
    report_frame,
    today,
)
from juluo.lib.documents import html
from juluo.ui.access import requires

_STATES = ("draft", "submitted", "signed", "issued")


@require_safe
@requires(permissions.can_see_reports)
def report_list(request: HttpRequest) -> HttpResponse:
    """List the reports, newest first; those who may, begin one with a click."""
    state = request.GET.get("state", "")
    state = state if state in Report.Status.values else ""
    context = {
        "rows": queries.reports(request.user, state=state),
        "state": state,
        "tabs": _state_tabs(state),
        "may_make": permissions.can_make_report(request.user),
        "cycles": _cycles(),
    }
    is_poll = request.headers.get("HX-Request") == "true"
    template = "reporting/_rows.html" if is_poll else "reporting/reports.html"
    return render(request, template, context)


def _state_tabs(state: str) -> list[dict[str, Any]]:
    url = reverse("reporting:list")
    labels = [("", _("All")), *((each, Report.Status(each).label) for each in _STATES)]
    return [
        {
            "label": label,
            "url": f"{url}?state={key}" if key else url,
            "is_current": key == state,
            "count": None,
        }
        for key, label in labels
    ]


def _cycles() -> list[dict[str, Any]]:
    """Return the newest cycle of each kind that is over, to be asked for with one click."""
    words = {
        Kind.WEEKLY: _("Last week"),
        Kind.MONTHLY: _("Last month"),
        Kind.QUARTERLY: _("Last quarter"),
        Kind.HALF_YEAR: _("Last half-year"),
        Kind.ANNUAL: _("Last year"),
    }
    found = []
    for kind in CYCLES:
        start, _end = last_cycle(kind, today())
        found.append({"kind": kind.value, "label": words[kind], "first": start})
    return found


@require_http_methods(["GET", "POST"])
@requires(permissions.can_make_report)
def new_report(request: HttpRequest) -> HttpResponse:
    """Ask for a report of any kind and on any days."""
    sees_money = can_see_money(request.user)
    if request.method == "POST":
        form = NewReportForm(request.POST, may_see_money=sees_money)
        if form.is_valid():
            return _begin(request, form)
    else:
        start, _end = last_cycle(Kind.MONTHLY, today())
        usual = {"kind": request.GET.get("kind", "monthly"), "first": start}
        form = NewReportForm(
            initial=usual | {"plan": request.GET.get("plan", "")}, may_see_money=sees_money
        )
    context = {
        "form": form,
        "crumbs": [{"label": _("Reports"), "url": reverse("reporting:list")}],
    }
    return render(request, "reporting/new.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: NewReportForm) -> HttpResponse:
    chosen = form.cleaned_data
    try:
        report = services.begin_report(
            kind=Kind(chosen["kind"]),
            start=chosen["start"],
            end=chosen["end"],
            plan_id=chosen["plan"],
            with_money=chosen.get("with_money", False),
            actor_id=actor(request),
            at=timezone.now(),
        )
    except AlreadyBegun as error:
        messages.info(request, _("A report on these days is under way already: this one."))
        return redirect("reporting:report", error.report_id)
    return redirect("reporting:report", report.pk)


@require_safe
@requires(permissions.can_see_reports)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show a report: what it says, with the notes beside it, and the next step to take."""
    language = language_of(request)
    context = report_frame(request, report_id, current="report")
    revision = queries.newest_revision(report_id)
    if request.headers.get("HX-Request") == "true":
        # The page asks while its content is being made, and is loaded whole when it is there.
        ready = not context["report"].is_pending
        return HttpResponse(status=200, headers={"HX-Refresh": "true"} if ready else {})
    if revision is not None:
        document = queries.document_of(report_id, language)
        notes = _by_anchor(queries.notes_of(report_id))
        pieces = [(each, notes.get(each.key, [])) for each in html.pieces(document)]
        context |= {"document": document, "pieces": pieces}
    context |= {
        "language": language,
        "revision": revision,
        "languages": [("zh", "中文"), ("en", "English")],
        "decision": DecisionForm(),
    }
    return render(request, "reporting/report.html", context)


def _by_anchor(remarks: list[queries.Remark]) -> dict[str, list[queries.Remark]]:
    found: dict[str, list[queries.Remark]] = {}
    for each in remarks:
        found.setdefault(each.anchor, []).append(each)
    return found


@require_POST
@requires(permissions.can_make_report)
def make_anew(request: HttpRequest, report_id: int) -> HttpResponse:
    """Compose a draft again from today's figures."""
    readable(request.user, report_id)
    return done(
        request,
        lambda: services.make_anew(report_id=report_id, actor_id=actor(request), at=timezone.now()),
        _page(report_id),
    )


@require_POST
@requires(permissions.can_make_report)
def submit(request: HttpRequest, report_id: int) -> HttpResponse:
    """Freeze a draft and lay it before the owners."""
    readable(request.user, report_id)
    said = _("Frozen. An owner can sign it off now.")
    return done(
        request,
        lambda: services.submit_report(
            report_id=report_id, actor_id=actor(request), at=timezone.now()
        ),
        _page(report_id),
        said=said,
    )


@require_POST
@requires(permissions.can_sign_report)
def decide(request: HttpRequest, report_id: int) -> HttpResponse:
    """Sign a report off, or send it back with a word on why."""
    readable(request.user, report_id)
    form = DecisionForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    signs = request.POST.get("decision") == "sign"
    if not signs and not note:
        messages.error(request, _("Say why it is sent back; nothing was changed."))
        return redirect(_page(report_id))
    act = services.sign_report if signs else services.return_report
    return done(
        request,
        lambda: act(report_id=report_id, note=note, actor_id=actor(request), at=timezone.now()),
        _page(report_id),
        said=_("Signed off. It can be issued now.") if signs else _("Sent back."),
    )


@require_POST
@requires(permissions.can_make_report)
def issue(request: HttpRequest, report_id: int) -> HttpResponse:
    """Issue a signed report, and mail it to those who wait for it."""
    readable(request.user, report_id)

    return done(
        request,
        lambda: services.issue_report(
            report_id=report_id, actor_id=actor(request), at=timezone.now()
        ),
        _page(report_id),
        said=_("Issued. From now on it never changes."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_make_report)
def drop(request: HttpRequest, report_id: int) -> HttpResponse:
    """Ask once more, then discard a report that was not issued."""
    row = readable(request.user, report_id)
    if row.status in {"issued", "dropped"}:
        raise Http404
    if request.method == "GET":
        context = report_frame(request, report_id, current="report")
        return render(request, "reporting/drop.html", context)
    return done(
        request,
        lambda: services.drop_report(
            report_id=report_id, actor_id=actor(request), at=timezone.now()
        ),
        reverse("reporting:list"),
        said=_("Discarded."),
    )


def _page(report_id: int) -> str:
    return reverse("reporting:report", args=[report_id])
