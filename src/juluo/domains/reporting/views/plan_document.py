"""A plan as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from juluo.domains.members.services import audit
from juluo.domains.planning import queries as planning
from juluo.domains.planning.permissions import can_see_plans
from juluo.domains.reporting import queries
from juluo.domains.reporting.forms import PlanDocumentForm
from juluo.domains.reporting.views.shell import language_of
from juluo.ui.access import requires


@require_safe
@requires(can_see_plans)
def plan_document(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Offer a plan as a file: which state, language and format."""
    usual = {"language": language_of(), "format": "docx"}
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
