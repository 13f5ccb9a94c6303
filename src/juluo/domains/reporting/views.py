"""Ask for reports, watch them being made, take them away."""

from datetime import timedelta
from typing import cast

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.members import permissions
from juluo.domains.members.services import audit
from juluo.domains.members.types import Member
from juluo.domains.planning import queries as planning
from juluo.domains.planning.permissions import can_see_plans
from juluo.domains.reporting import queries, services
from juluo.domains.reporting.forms import PlanDocumentForm, ReportForm
from juluo.domains.reporting.tasks import make_report
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports; those who may, ask for one."""
    may_make = permissions.can_make_report(request.user)
    if request.method == "POST" and not may_make:
        raise Http404
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm(initial=_usual())
    if request.method == "POST" and form.is_valid():
        _ask(form, cast("Member", request.user))
        return redirect("reporting:list")
    context = {"rows": queries.recent_reports(), "form": form, "may_make": may_make}
    template = "reporting/_rows.html" if _is_poll(request) else "reporting/reports.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _is_poll(request: HttpRequest) -> bool:
    return request.method == "GET" and request.headers.get("HX-Request") == "true"


def _usual() -> dict[str, object]:
    """Begin with the last complete month, in the reader's language."""
    shown = insights.period(Grain.MONTH, now=timezone.now())
    last = shown.end - timedelta(days=1)
    return {"first": shown.start, "last": last, "language": _language(), "format": "docx"}


def _language() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"


def _ask(form: ReportForm, member: Member) -> None:
    with transaction.atomic():
        report = services.ask_for_report(
            asked=form.request,
            file_format=form.cleaned_data["format"],
            actor_id=member.pk,
            at=timezone.now(),
        )
        make_report.enqueue(report_id=report.pk)


@require_safe
@requires(permissions.can_make_report)
def download(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """Send a finished report's file; who took it is kept in the audit."""
    report = queries.finished_report(report_id)
    if report is None:
        raise Http404
    path = services.report_folder() / report.stored_as
    if not path.exists():
        raise Http404
    audit(
        actor_id=request.user.pk,
        action="report.downloaded",
        subject=f"report:{report_id}",
        details={"format": report.format},
        at=timezone.now(),
    )
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=report.file_name,
        content_type=queries.FORMATS[report.format],
    )


@require_safe
@requires(can_see_plans)
def plan_document(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Offer a plan as a file: which state, language and format."""
    usual = {"language": _language(), "format": "docx"}
    return _plan_page(
        request, plan_id, PlanDocumentForm(versions=_versions(plan_id), initial=usual)
    )


@require_safe
@requires(can_see_plans)
def plan_document_file(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Send a plan as a file, of the parts the reader may see; who took it is kept in the audit."""
    form = PlanDocumentForm(request.GET, versions=_versions(plan_id))
    if not form.is_valid():
        return _plan_page(request, plan_id, form)
    chosen, now = form.cleaned_data, timezone.now()
    language, version, kind = chosen["language"], chosen["version"], chosen["format"]
    document = queries.plan_document(
        plan_id, language=language, now=now, viewer=request.user, version=version
    )
    if document is None:
        raise Http404
    content = queries.rendered(document, kind)
    details = {"format": kind, "language": language, "version": version or 0}
    subject, action = f"plan:{plan_id}", "plan.document_downloaded"
    audit(actor_id=request.user.pk, action=action, subject=subject, details=details, at=now)
    name = queries.plan_file_name(plan_id, version, language, kind)
    return HttpResponse(
        content,
        content_type=queries.FORMATS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _versions(plan_id: int) -> list[int]:
    return [row.number for row in planning.versions_of(plan_id)]


def _plan_page(request: HttpRequest, plan_id: int, form: PlanDocumentForm) -> HttpResponse:
    now = timezone.now()
    context = planning.plan_frame(request.user, plan_id, current="document", now=now)
    if context is None:
        raise Http404
    status = 422 if form.errors else 200
    return render(request, "reporting/plan_document.html", context | {"form": form}, status=status)
