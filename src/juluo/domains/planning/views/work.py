"""One's own work, and the calendar file of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.planning import permissions, queries, services
from juluo.domains.planning.views.shell import actor, today
from juluo.lib.icalendar_file import calendar_file
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_plans)
def work(request: HttpRequest) -> HttpResponse:
    """Show what the reader has to do, the most pressing first."""
    now = timezone.now()
    found = queries.my_work(member_id=actor(request), now=now)
    groups = [
        ("late", _("Late"), found.late),
        ("today", _("Today"), found.today),
        ("week", _("This week"), found.this_week),
        ("later", pgettext("tasks", "Later"), found.later),
        ("waiting", _("Waits for others"), found.waiting),
    ]
    context = {
        "work": found,
        "groups": [each for each in groups if each[2]],
        "today": today(),
        "may_plan": permissions.can_plan(request.user),
    }
    return render(request, "planning/schedule/work.html", context)


@require_POST
@requires(permissions.can_see_plans)
def show_feed(request: HttpRequest) -> HttpResponse:
    """Show the address of one's own calendar, made anew where the old one leaked."""
    give = services.renew_calendar_token if "renew" in request.POST else services.calendar_token
    token = give(member_id=actor(request), at=timezone.now())
    address = request.build_absolute_uri(reverse("planning:feed", args=[token]))
    return render(request, "planning/schedule/feed_address.html", {"address": address})


@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """Send the open tasks and milestones of whoever has this secret, as a calendar file."""
    member_id = queries.member_of_calendar(token)
    if member_id is None:
        raise Http404
    now = timezone.now()
    text = calendar_file(queries.calendar_entries(member_id=member_id, now=now), now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="juluo.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
