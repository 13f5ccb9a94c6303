"""A chat group: its log, writing in it, and news for open pages."""

from datetime import datetime, time
from typing import Any, TypeGuard

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.messaging import permissions, queries, rules, services
from juluo.domains.messaging.forms import MessageForm
from juluo.domains.messaging.views import shared
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.live import signals
from juluo.ui.access import requires


def head_of(request: HttpRequest, group_id: int) -> queries.GroupHead:
    """Return the group as this member sees it.

    :raises Http404: where there is none for them.
    """
    head = queries.group_head(viewer=shared.me(request), group_id=group_id)
    if head is None:
        raise Http404
    return head


@require_safe
@requires(permissions.can_read_spaces)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show a group's log by day: its end, or the page that the address names."""
    return _page(request, head_of(request, group_id), MessageForm(initial=_reply(request)))


def _page(
    request: HttpRequest, head: queries.GroupHead, form: MessageForm, status: int = 200
) -> HttpResponse:
    if not head.may_read:
        return render(request, "messaging/closed_group.html", {"group": head})
    place = signals.place()
    log = queries.log(
        group_id=head.id,
        before=parse_cursor(request.GET.get("before", "")),
        after=parse_cursor(request.GET.get("after", "")),
        since=_midnight(request.GET.get("day", "")),
        viewer_id=shared.me(request).pk,
    )
    if log.newer is None and _is_news(log.newest_at, head):
        services.mark_read(group_id=head.id, member_id=shared.me(request).pk, up_to=log.newest_at)
    context = {
        **_acts(head),
        **_composer(request, head, form),
        "group": head,
        "log": log,
        "place": place,
        "topic": f"group:{head.id}",
        "news_url": reverse("messaging:news", args=[head.id]),
        "until": shared.moment_text(head.moved_at),
        "is_end": log.newer is None,
        "first_unread": shared.first_unread(log, after=head.last_read if head.is_inside else None),
        "older": f"?before={cursor_text(*log.older)}" if log.older else "",
        "newer": f"?after={cursor_text(*log.newer)}" if log.newer else "",
    }
    return render(request, "messaging/group.html", context, status=status)


def _is_news(newest_at: datetime | None, head: queries.GroupHead) -> TypeGuard[datetime]:
    """Whether someone inside the group has not read up to this moment."""
    return newest_at is not None and head.is_inside and newest_at > (head.last_read or newest_at)


def _acts(head: queries.GroupHead) -> dict[str, Any]:
    """Return what messages on a page need to know to offer what may be done with them."""
    return {
        "may_write": head.may_write,
        "may_change": head.may_change,
        "emoji_choices": rules.EMOJI,
        "edit_route": "messaging:edit",
        "delete_route": "messaging:delete",
    }


def _composer(request: HttpRequest, head: queries.GroupHead, form: MessageForm) -> dict[str, Any]:
    given = form["parent"].value()
    parent_id = shared.number(str(given or ""))
    viewer_id = shared.me(request).pk
    parent = queries.one_message(message_id=parent_id, viewer_id=viewer_id) if parent_id else None
    return {
        "form": form,
        "may_write": head.may_write,
        "send_url": reverse("messaging:send", args=[head.id]),
        "reply_to": parent,
    }


def _reply(request: HttpRequest) -> dict[str, Any]:
    """Return what the composer begins with: the message that the address replies to."""
    parent_id = shared.number(request.GET.get("reply", ""))
    place = queries.message_place(parent_id) if parent_id else None
    group_id = request.resolver_match.kwargs["group_id"] if request.resolver_match else None
    return {"parent": parent_id} if place and place.group_id == group_id else {}


@require_safe
@requires(permissions.can_read_spaces)
def news(request: HttpRequest, group_id: int) -> HttpResponse:
    """Give an open page what happened in the group since the moment it names."""
    head = head_of(request, group_id)
    since = shared.parse_moment(request.GET.get("since", ""))
    if not head.may_read or since is None:
        raise Http404
    viewer_id = shared.me(request).pk
    found = queries.group_news(group_id=group_id, since=since, viewer_id=viewer_id)
    if found.newest_at and _is_news(found.newest_at, head):
        services.mark_read(group_id=group_id, member_id=viewer_id, up_to=found.newest_at)
    return shared.news(request, found, {**_acts(head), "group": head})


@require_POST
@requires(permissions.can_read_spaces)
def send(request: HttpRequest, group_id: int) -> HttpResponse:
    """Write a message into the group."""
    head = head_of(request, group_id)
    if not head.may_read:
        raise Http404

    def write(body: str, parent_id: int | None) -> None:
        services.send(
            group_id=group_id,
            body=body,
            parent_id=parent_id,
            actor=shared.me(request),
            at=timezone.now(),
        )

    return shared.send(
        request,
        write=write,
        page=lambda form: _page(request, head, form, status=422),
        composer=_composer(request, head, MessageForm(request.POST)),
        address=reverse("messaging:group", args=[group_id]),
    )


@require_safe
@requires(permissions.can_read_spaces)
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Lead to the place in its group's log where a message stands."""
    place = _place(request, message_id)
    return redirect(_address(place, message_id))


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def edit(request: HttpRequest, message_id: int) -> HttpResponse:
    """Change the words of one's own message."""
    place = _place(request, message_id)
    if place.author_id != shared.me(request).pk:
        raise Http404
    form = MessageForm(request.POST or None, initial={"body": place.body})
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(
                message_id=message_id,
                body=form.cleaned_data["body"],
                actor=shared.me(request),
                at=timezone.now(),
            )
        except services.NotThere:
            raise Http404 from None
        except shared.REFUSALS as error:
            form.add_error(None, shared.refused(error))
        else:
            return redirect(_address(place, message_id))
    context = {"form": form, "back": _address(place, message_id)}
    return render(request, "messaging/edit.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_read_spaces)
def delete(request: HttpRequest, message_id: int) -> HttpResponse:
    """Take a message back."""
    place = _place(request, message_id)
    try:
        services.delete(message_id=message_id, actor=shared.me(request), at=timezone.now())
    except services.NotThere:
        raise Http404 from None
    return shared.changed(request, address=_address(place, message_id))


@require_POST
@requires(permissions.can_read_spaces)
def react(request: HttpRequest, message_id: int) -> HttpResponse:
    """Put one's mark on a message, or take it off."""
    place = _place(request, message_id)
    try:
        services.react(
            message_id=message_id,
            emoji=request.POST.get("emoji", ""),
            actor=shared.me(request),
            at=timezone.now(),
        )
    except (services.NotThere, services.MayNotWrite, services.TooMany):
        raise Http404 from None
    return shared.changed(request, address=_address(place, message_id))


def _place(request: HttpRequest, message_id: int) -> queries.MessagePlace:
    """Return where a message stands, to those who may read it there."""
    place = queries.message_place(message_id)
    if place is None or not head_of(request, place.group_id).may_read:
        raise Http404
    return place


def _address(place: queries.MessagePlace, message_id: int) -> str:
    start = cursor_text(place.sent_at, message_id - 1)
    address = reverse("messaging:group", args=[place.group_id])
    return f"{address}?after={start}#message-{message_id}"


def _midnight(text: str) -> datetime | None:
    """Return when the local day begins that an address names, if it names one."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    if day is None or not 1970 <= day.year <= 9000:
        return None
    return timezone.make_aware(datetime.combine(day, time.min))
