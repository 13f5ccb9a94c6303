"""Who gets a report: files, links, mail, and schedules."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.finance.permissions import can_see_money
from juluo.domains.insights.queries import current_log
from juluo.domains.members.services import audit
from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.forms import FileForm, MailForm, ScheduleForm, ShareForm
from juluo.domains.reporting.tasks import check_report, mail_report
from juluo.domains.reporting.types import Kind
from juluo.domains.reporting.views.shell import (
    actor,
    done,
    language_of,
    readable,
    report_frame,
)
from juluo.lib.documents import html
from juluo.ui.access import requires

# A report that is read by its link is one file: its own styles, and nothing else.
_OPEN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def files(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show a report's files and links; those who may, ask for a file."""
    context = report_frame(request, report_id, current="files")
    if request.method == "POST" and not context["may_make"]:
        raise Http404
    usual = {"language": language_of(request), "format": "docx"}
    form = FileForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        page = reverse("reporting:files", args=[report_id])
        return done(request, lambda: _ask_for_file(request, report_id, form), page)
    now = timezone.now()
    context |= {
        "form": form,
        "has_content": queries.newest_revision(report_id) is not None,
        "rows": queries.files_of(report_id),
        "shares": [(each, each.is_live(now)) for each in queries.shares_of(report_id)],
        "share_form": ShareForm(initial={"language": language_of(request)}),
        "mail_form": MailForm(),
        "secret_url": request.session.pop(f"report-link-{report_id}", ""),
    }
    is_poll = request.method == "GET" and request.headers.get("HX-Request") == "true"
    template = "reporting/_files.html" if is_poll else "reporting/files.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _ask_for_file(request: HttpRequest, report_id: int, form: FileForm) -> None:
    services.ask_for_file(
        report_id=report_id,
        language=form.cleaned_data["language"],
        file_format=form.cleaned_data["format"],
        actor_id=actor(request),
        at=timezone.now(),
    )


@require_safe
@requires(permissions.can_make_report)
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """Send a finished file; who took it is kept in the audit."""
    file = queries.finished_file(file_id)
    if file is None:
        raise Http404
    readable(request.user, file.report_id)
    path = services.take_file(file_id=file_id, actor_id=actor(request), at=timezone.now())
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=file.file_name,
        content_type=queries.FORMATS[file.format],
    )


@require_POST
@requires(permissions.can_share)
def share(request: HttpRequest, report_id: int) -> HttpResponse:
    """Make a link to an issued report; its address is shown once."""
    readable(request.user, report_id)
    form = ShareForm(request.POST)
    page = reverse("reporting:files", args=[report_id])
    if not form.is_valid():
        messages.error(request, _("Choose a language and how long the link works."))
        return redirect(page)

    def act() -> None:
        secret = services.share_report(
            report_id=report_id,
            language=form.cleaned_data["language"],
            days=form.cleaned_data["days"],
            label=form.cleaned_data["label"],
            actor_id=actor(request),
            at=timezone.now(),
        )
        url = request.build_absolute_uri(reverse("reporting:shared", args=[secret]))
        request.session[f"report-link-{report_id}"] = url

    return done(request, act, page)


@require_POST
@requires(permissions.can_share)
def end_share(request: HttpRequest, share_id: int) -> HttpResponse:
    """End a link at once."""
    row = queries.share(share_id)
    if row is None:
        raise Http404
    readable(request.user, row.report_id)
    return done(
        request,
        lambda: services.end_share(share_id=share_id, actor_id=actor(request), at=timezone.now()),
        reverse("reporting:files", args=[row.report_id]),
        said=_("The link leads nowhere any more."),
    )


@require_safe
@never_cache
def shared(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a report to whoever has its link, in its one language and nothing around it."""
    document = services.open_share(secret=secret, at=timezone.now())
    if document is None:
        return render(request, "reporting/gone.html", status=410)
    headers = {
        "Content-Security-Policy": _OPEN_POLICY,
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(html.render(document, with_links_home=False), headers=headers)


@require_POST
@requires(permissions.can_share)
def mail(request: HttpRequest, report_id: int) -> HttpResponse:
    """Mail an issued report to members of staff."""
    row = readable(request.user, report_id)
    form = MailForm(request.POST)
    page = reverse("reporting:files", args=[report_id])
    if row.status != "issued" or not form.is_valid():
        messages.error(request, _("Choose at least one reader of an issued report."))
        return redirect(page)
    with transaction.atomic():
        for member_id in form.cleaned_data["readers"]:
            mail_report.enqueue(
                report_id=report_id, member_id=member_id, file_format=form.cleaned_data["format"]
            )
        audit(
            actor_id=actor(request),
            action="report.mailed",
            subject=f"report:{report_id}",
            details={"readers": form.cleaned_data["readers"]},
            at=timezone.now(),
        )
    messages.success(request, _("The mail goes out in the background."))
    return redirect(page)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def since(request: HttpRequest, report_id: int) -> HttpResponse:
    """Say what has changed since a report was issued; its own figures stay."""
    context = report_frame(request, report_id, current="since")
    if context["report"].status != "issued":
        raise Http404
    if request.method == "POST":
        with transaction.atomic():
            check = services.ask_for_check(report_id=report_id, at=timezone.now())
            if check.finished_at is None:
                check_report.enqueue(check_id=check.pk)
        return redirect("reporting:since", report_id)
    version = current_log().data_version
    found = queries.last_check(report_id, data_version=version)
    is_poll = request.headers.get("HX-Request") == "true"
    if is_poll:
        ready = found is None or found.finished_at is not None
        return HttpResponse(status=200, headers={"HX-Refresh": "true"} if ready else {})
    document = queries.document_of(report_id, language_of(request))
    context |= {"check": found, "rows": _changed(found, document)}
    return render(request, "reporting/since.html", context)


def _changed(found: queries.CheckShown | None, document: Any) -> list[dict[str, Any]]:
    if found is None:
        return []
    return [
        {"number": number, "title": document.evidence[number - 1].title, "key": key, "points": n}
        for number, key, n in found.changed
        if number <= len(document.evidence)
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_make_report)
def schedules(request: HttpRequest) -> HttpResponse:
    """Show which reports are made by themselves, and begin to make more."""
    sees_money = can_see_money(request.user)
    form = ScheduleForm(request.POST or None, may_see_money=sees_money)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        services.schedule_reports(
            kind=Kind(chosen["kind"]),
            wait_days=chosen["wait_days"],
            recipient_ids=chosen["readers"],
            mailed_format=chosen["format"],
            with_money=chosen.get("with_money", False),
            actor_id=actor(request),
            at=timezone.now(),
        )
        return redirect("reporting:schedules")
    context = {
        "form": form,
        "rows": queries.schedules(),
        "crumbs": [{"label": _("Reports"), "url": reverse("reporting:list")}],
    }
    return render(request, "reporting/schedules.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_make_report)
def end_schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Make no more reports by a schedule."""
    services.end_schedule(schedule_id=schedule_id, actor_id=actor(request), at=timezone.now())
    return redirect("reporting:schedules")
