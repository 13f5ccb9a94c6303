"""A plan's content: lines, slots, what was published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.forms.content import ContentLineForm
from juluo.domains.planning.models import ContentLine
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.shell import actor, saved, today
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def content(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what was planned and what was published."""
    frame = plan_frame(request, plan_id, current="content")
    last = frame["plan"].last
    found = queries.content_plan(plan_id=plan_id, plan_last=last, today=today())
    context = frame | {"content": found}
    return render(request, "planning/schedule/content.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_plan)
def add_content_line(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a line with its slots."""
    frame = plan_frame(request, plan_id, current="content")
    first, last = frame["plan"].first, frame["plan"].last
    initial = {"start": min(max(today(), first), last), "every": 1}
    form = ContentLineForm(request.POST or None, first=first, last=last, initial=initial)

    def save() -> None:
        services.add_content_line(
            plan_id=plan_id, **form.values, actor_id=actor(request), at=timezone.now()
        )

    if request.method == "POST" and form.is_valid() and saved(form, save):
        messages.success(request, _("The line is added with its slots."))
        return redirect("planning:content", plan_id=plan_id)
    context = frame | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "planning/schedule/content_form.html", context, status=status)


@require_POST
@requires(permissions.can_plan)
def drop_content_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """End a line: its open slots are dropped."""
    line = ContentLine.objects.filter(pk=line_id).first()
    if line is None:
        raise Http404
    services.drop_content_line(line_id=line_id, actor_id=actor(request), at=timezone.now())
    messages.success(request, _("The line is ended; what was published stays."))
    return redirect("planning:content", plan_id=line.plan_id)
