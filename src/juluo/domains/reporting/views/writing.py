"""Notes beside the figures, and remarks among those who make the report."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.reporting import permissions, queries, services
from juluo.domains.reporting.forms import WordsForm
from juluo.domains.reporting.views.shell import (
    actor,
    done,
    language_of,
    readable,
    report_frame,
)
from juluo.ui.access import requires


@require_POST
@requires(permissions.can_make_report)
def write_note(request: HttpRequest, report_id: int) -> HttpResponse:
    """Write a note under a section."""
    readable(request.user, report_id)
    form = WordsForm(request.POST)
    page = reverse("reporting:report", args=[report_id])
    if not form.is_valid():
        return redirect(page)
    anchor, words = form.cleaned_data["anchor"], form.cleaned_data["words"]
    return done(
        request,
        lambda: services.write_note(
            report_id=report_id,
            anchor=anchor,
            words=words,
            actor_id=actor(request),
            at=timezone.now(),
        ),
        f"{page}#{anchor}",
    )


@require_POST
@requires(permissions.can_make_report)
def remove_note(request: HttpRequest, report_note_id: int) -> HttpResponse:
    """Take a note off."""
    report_id = queries.report_of_note(report_note_id)
    if report_id is None:
        raise Http404
    readable(request.user, report_id)
    return done(
        request,
        lambda: services.remove_note(
            note_id=report_note_id, actor_id=actor(request), at=timezone.now()
        ),
        reverse("reporting:report", args=[report_id]),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_reports)
def comments(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show what was remarked on a report, and take a remark."""
    context = report_frame(request, report_id, current="comments")
    form = WordsForm(request.POST or None, initial={"anchor": request.GET.get("about", "")})
    if request.method == "POST" and form.is_valid():
        return done(
            request,
            lambda: services.comment_on_report(
                report_id=report_id,
                anchor=form.cleaned_data["anchor"],
                words=form.cleaned_data["words"],
                actor_id=actor(request),
                at=timezone.now(),
            ),
            reverse("reporting:comments", args=[report_id]),
        )
    titles = _titles(request, report_id)
    rows = queries.comments_of(report_id)
    context |= {
        "form": form,
        "rows": [(each, titles.get(each.anchor, "")) for each in rows],
        "about": titles.get(request.GET.get("about", ""), ""),
    }
    return render(request, "reporting/comments.html", context, status=422 if form.errors else 200)


def _titles(request: HttpRequest, report_id: int) -> dict[str, str]:
    if queries.newest_revision(report_id) is None:
        return {}
    document = queries.document_of(report_id, language_of(request))
    return {each.key: each.title for each in document.sections if each.key}


@require_POST
@requires(permissions.can_comment)
def settle(request: HttpRequest, remark_id: int) -> HttpResponse:
    """Call a remark settled."""
    report_id = queries.report_of_comment(remark_id)
    if report_id is None:
        raise Http404
    readable(request.user, report_id)
    return done(
        request,
        lambda: services.settle_comment(
            comment_id=remark_id, actor_id=actor(request), at=timezone.now()
        ),
        reverse("reporting:comments", args=[report_id]),
        said=_("Settled."),
    )
