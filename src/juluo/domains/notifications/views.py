"""A member's inbox, how they want to be told, and the link that ends a sort of mail."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members.types import Member
from juluo.domains.notifications import forms, permissions, queries, services
from juluo.ui.access import requires

PAGE = 30


@require_safe
@requires(permissions.can_have_inbox)
def inbox(request: HttpRequest) -> HttpResponse:
    """List what one was told, newest first."""
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 16 else None
    member = _member(request)
    member_id = member.pk
    rows = queries.inbox(member_id=member_id, before_id=before_id, limit=PAGE + 1)
    shown = rows[:PAGE]
    refs = {ref for row in shown for ref in row.about}
    names = queries.names_of(viewer=member, refs=refs)
    context = {
        "rows": [(row, [(ref, names[ref]) for ref in row.about if ref in names]) for row in shown],
        "older": f"?before={rows[PAGE - 1].id}" if len(rows) > PAGE else "",
        "unread": queries.unread_count(member_id=member_id),
        "wants_mail": queries.wants_mail(member_id=member_id),
    }
    return render(request, "notifications/inbox.html", context)


@require_POST
@requires(permissions.can_have_inbox)
def open_one(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark one notification as read and go where it leads."""
    member_id = _member(request).pk
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
    services.mark_read(member_id=_member(request).pk, at=timezone.now())
    return redirect("notifications:inbox")


@require_POST
@requires(permissions.can_have_inbox)
def mail(request: HttpRequest) -> HttpResponse:
    """Say whether anything shall come by mail at all."""
    wanted = request.POST.get("wanted") == "1"
    services.want_mail(member_id=_member(request).pk, wanted=wanted, at=timezone.now())
    return redirect("notifications:preferences")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_have_inbox)
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change how one is told."""
    member = _member(request)
    rhythm = queries.rhythm_of(member.pk)
    form = forms.PreferencesForm(
        request.POST or None, kinds=queries.kind_choices(member), initial=forms.as_initial(rhythm)
    )
    if request.method == "POST" and form.is_valid():
        services.choose(
            member_id=member.pk, ways=form.ways(), wanted=form.wanted(), at=timezone.now()
        )
        messages.success(request, _("Kept. From now on you are told in this way."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "rhythm": rhythm,
        "muted": queries.muted(member),
        "has_address": bool(member.email),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "notifications/preferences.html", context, status=status)


@require_POST
@requires(permissions.can_have_inbox)
def mute(request: HttpRequest) -> HttpResponse:
    """Hear no more of something, or hear of it again; then back to where one was."""
    about = request.POST.get("about", "")
    member, now = _member(request), timezone.now()
    if request.POST.get("again") == "1":
        services.unmute(member_id=member.pk, about=about, at=now)
    elif about in queries.names_of(viewer=member, refs=[about]):
        services.mute(member_id=member.pk, about=about, at=now)
        messages.success(request, _("You are told nothing more of it."))
    else:
        raise Http404
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if back and is_ours else "notifications:preferences")


# The reader's mail program posts here by itself (RFC 8058): it has no session and no token of a
# form. The signed address is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether a sort of mail shall end, and end it; looking alone changes nothing."""
    try:
        link = services.read_link(token)
    except services.NotOurLink:
        raise Http404 from None
    done = request.method == "POST"
    if done:
        services.stop(
            link=link, everything=request.POST.get("everything") == "1", at=timezone.now()
        )
    context = {
        "done": done,
        "everything": request.POST.get("everything") == "1",
        "label": queries.label_of(link.scope),
        "is_digest": link.scope == services.DIGEST,
    }
    return render(request, "notifications/stop.html", context)


@require_safe
@requires(permissions.can_see_outbox)
def outbox(request: HttpRequest) -> HttpResponse:
    """Show mail that was kept as files, where no mail server is named."""
    is_kept = queries.is_mail_kept()
    context = {"is_kept": is_kept, "mails": queries.kept_mail() if is_kept else []}
    return render(request, "notifications/outbox.html", context)


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)
