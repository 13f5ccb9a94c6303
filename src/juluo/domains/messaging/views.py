"""Pages of chat groups."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from juluo.domains.messaging import permissions, queries
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import not_there


@require_safe
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show a group's log by day: its end, or the page that the address names."""
    head = queries.group_head(group_id)
    if head is None or not permissions.can_read_space(request.user, head.space_id):
        return not_there(request)
    log = queries.log(
        group_id=group_id,
        before=parse_cursor(request.GET.get("before", "")),
        after=parse_cursor(request.GET.get("after", "")),
        since=_midnight(request.GET.get("day", "")),
    )
    context = {
        "group": head,
        "log": log,
        "older": f"?before={cursor_text(*log.older)}" if log.older else "",
        "newer": f"?after={cursor_text(*log.newer)}" if log.newer else "",
    }
    return render(request, "messaging/group.html", context)


@require_safe
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Lead to the place in its group's log where a message stands."""
    place = queries.message_place(message_id)
    if place is None or not permissions.can_read_space(request.user, place.space_id):
        return not_there(request)
    start = cursor_text(place.sent_at, message_id - 1)
    address = reverse("messaging:group", args=[place.group_id])
    return redirect(f"{address}?after={start}#message-{message_id}")


def _midnight(text: str) -> datetime | None:
    """Return when the local day begins that an address names, if it names one."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    if day is None or not 1970 <= day.year <= 9000:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))
