"""Pages of webhooks."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.domains.members.types import Member
from juluo.domains.webhooks import queries, services, tasks
from juluo.domains.webhooks.forms import REFUSALS, EndpointForm
from juluo.domains.webhooks.permissions import can_keep_webhooks
from juluo.ui.access import requires


def _actor(request: HttpRequest) -> int:
    return cast("Member", request.user).pk


@require_http_methods(["GET", "POST"])
@requires(can_keep_webhooks)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List the webhooks, and add one."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_endpoint(
                **form.cleaned_data, actor_id=_actor(request), at=timezone.now()
            )
        except REFUSALS as error:
            form.refuse(error)
        else:
            messages.success(request, _("The webhook is added. Try it out."))
            return redirect("webhooks:webhook", made.pk)
    context = {"rows": queries.endpoints(), "form": form}
    return render(request, "webhooks/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires(can_keep_webhooks)
def webhook(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Show a webhook with its last calls, and change it."""
    row = queries.endpoint(endpoint_id)
    if row is None:
        raise Http404
    initial = {"name": row.name, "url": row.url, "events": row.events}
    form = EndpointForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_endpoint(
                endpoint_id=endpoint_id,
                **form.cleaned_data,
                actor_id=_actor(request),
                at=timezone.now(),
            )
        except services.NotThere:
            raise Http404 from None
        except REFUSALS as error:
            form.refuse(error)
        else:
            messages.success(request, _("The webhook is changed."))
            return redirect("webhooks:webhook", endpoint_id)
    context = {
        "row": row,
        "secret": queries.secret_of(endpoint_id),
        "calls": queries.calls(endpoint_id),
        "form": form,
    }
    return render(request, "webhooks/webhook.html", context, status=422 if form.errors else 200)


def _try_out(request: HttpRequest, endpoint_id: int) -> str:
    services.try_out(endpoint_id=endpoint_id, actor_id=_actor(request), at=timezone.now())
    tasks.call_due.enqueue()
    return _("A call is on its way; look at it below in a moment.")


def _renew(request: HttpRequest, endpoint_id: int) -> str:
    services.renew_secret(endpoint_id=endpoint_id, actor_id=_actor(request), at=timezone.now())
    return _("Calls are signed with the new secret from now on.")


def _start(request: HttpRequest, endpoint_id: int) -> str:
    services.start_again(endpoint_id=endpoint_id, actor_id=_actor(request), at=timezone.now())
    return _("It is told of events again.")


def _again(request: HttpRequest, endpoint_id: int) -> str:
    given = request.POST.get("call", "")
    call_id = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0
    if services.call_again(call_id=call_id, endpoint_id=endpoint_id, at=timezone.now()):
        tasks.call_due.enqueue()
        return _("The call is made again.")
    return _("This call is not one that was given up.")


ACTS: dict[str, Callable[[HttpRequest, int], str]] = {
    "try": _try_out,
    "renew": _renew,
    "start": _start,
    "again": _again,
}


@require_POST
@requires(can_keep_webhooks)
def act(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Try a webhook out, renew its secret, start it again, or make a call again."""
    do = ACTS.get(request.POST.get("act", ""))
    if do is None or queries.endpoint(endpoint_id) is None:
        raise Http404
    messages.success(request, do(request, endpoint_id))
    return redirect("webhooks:webhook", endpoint_id)


@require_http_methods(["GET", "POST"])
@requires(can_keep_webhooks)
def end(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Ask whether to end a webhook, and end it."""
    row = queries.endpoint(endpoint_id)
    if row is None:
        raise Http404
    if request.method == "GET":
        return render(request, "webhooks/end.html", {"row": row})
    services.end_endpoint(endpoint_id=endpoint_id, actor_id=_actor(request), at=timezone.now())
    messages.success(request, _("It is told nothing any more."))
    return redirect("webhooks:webhooks")
