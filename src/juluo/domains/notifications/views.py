"""A member's inbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.notifications import permissions, queries, services
from juluo.ui.access import requires

PAGE = 30


@require_safe
@requires(permissions.can_have_inbox)
def inbox(request: HttpRequest) -> HttpResponse:
    """List what one was told, newest first."""
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 16 else None
    member_id = request.user.pk or 0
    rows = queries.inbox(member_id=member_id, before_id=before_id, limit=PAGE + 1)
    context = {
        "rows": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else "",
        "unread": queries.unread_count(member_id=member_id),
        "wants_mail": queries.wants_mail(member_id=member_id),
    }
    return render(request, "notifications/inbox.html", context)


@require_POST
@requires(permissions.can_have_inbox)
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark one notification as read and go where it leads."""
    member_id = request.user.pk or 0
    url = queries.address_of(member_id=member_id, notification_id=notification_id)
    if url is None:
        raise Http404
    services.mark_read(member_id=member_id, notification_ids=[notification_id], at=timezone.now())
    is_ours = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return redirect(url if url and is_ours else "notifications:inbox")


@require_POST
@requires(permissions.can_have_inbox)
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.mark_read(member_id=request.user.pk or 0, at=timezone.now())
    return redirect("notifications:inbox")


@require_POST
@requires(permissions.can_have_inbox)
def mail(request: HttpRequest) -> HttpResponse:
    """Say whether urgent notifications shall come by mail."""
    wanted = request.POST.get("wanted") == "1"
    services.want_mail(member_id=request.user.pk or 0, wanted=wanted)
    return redirect("notifications:inbox")
