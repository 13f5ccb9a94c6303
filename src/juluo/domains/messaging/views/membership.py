"""A member's chats; opening groups, joining and leaving them, deciding who is in them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.messaging import permissions, queries, services
from juluo.domains.messaging.forms import GroupForm, GroupSettingsForm
from juluo.domains.messaging.views import shared
from juluo.domains.messaging.views.groups import head_of
from juluo.lib.typed_text import tidy_line
from juluo.live import signals
from juluo.ui.access import requires

# A page listens to the liveliest of its groups.
LISTENED = 18


@require_safe
@requires(permissions.can_read_spaces)
def chats(request: HttpRequest) -> HttpResponse:
    """List the member's groups and conversations, and the groups they could join."""
    member = shared.me(request)
    place = signals.place()
    groups = queries.my_groups(member)
    heard = [f"group:{row.id}" for row in groups if row.role != "invited"][:LISTENED]
    context = {
        "groups": groups,
        "conversations": queries.my_conversations(member.pk),
        "to_join": queries.groups_to_join(member),
        "topics": " ".join([f"member:{member.pk}", *heard]),
        "place": place,
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "messaging/_chats.html" if is_part else "messaging/chats.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def open_group(request: HttpRequest) -> HttpResponse:
    """Open a chat group."""
    member = shared.me(request)
    form = GroupForm(
        request.POST or None, may_choose_space=permissions.can_open_group_in_space(member)
    )
    if request.method == "POST" and form.is_valid():
        try:
            group = services.open_group(**form.values(), actor=member, at=timezone.now())
        except services.TooMany:
            form.add_error(None, _("You have opened several groups today. Try again tomorrow."))
        else:
            return redirect("messaging:group", group.pk)
    context = {"form": form, "back": reverse("messaging:chats")}
    status = 422 if form.errors else 200
    return render(request, "messaging/group_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_read_spaces)
def settings(request: HttpRequest, group_id: int) -> HttpResponse:
    """Change a group."""
    head = head_of(request, group_id)
    if not head.may_change:
        raise Http404
    initial = {
        "name": head.name,
        "about": head.about,
        "join_rule": head.join_rule,
        "slow_seconds": head.slow_seconds,
        "is_closed": head.is_closed,
    }
    form = GroupSettingsForm(request.POST or None, initial=initial)
    address = reverse("messaging:group", args=[group_id])
    if request.method == "POST" and form.is_valid():
        services.change_group(
            group_id=group_id, **form.values(), actor=shared.me(request), at=timezone.now()
        )
        messages.success(request, _("The group is changed."))
        return redirect(address)
    context = {"form": form, "group": head, "back": address}
    status = 422 if form.errors else 200
    return render(request, "messaging/group_form.html", context, status=status)


@require_safe
@requires(permissions.can_read_spaces)
def members(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show who is in a group; to those who decide, who asks, and whom they could invite."""
    head = head_of(request, group_id)
    if not head.may_read:
        raise Http404
    words = tidy_line(request.GET.get("q", ""))
    found = queries.people_named(words, but=shared.me(request).pk) if head.may_change else []
    rows = queries.places(group_id, everyone=head.may_change)
    here = {row.member_id for row in rows}
    context = {
        "group": head,
        "rows": rows,
        "words": words,
        "found": [person for person in found if person.member_id not in here],
        "viewer_id": shared.me(request).pk,
    }
    return render(request, "messaging/group_members.html", context)


@require_POST
@requires(permissions.can_read_spaces)
def join(request: HttpRequest, group_id: int) -> HttpResponse:
    """Join a group, or ask to."""
    try:
        role = services.join(group_id=group_id, actor=shared.me(request), at=timezone.now())
    except services.NotThere:
        raise Http404 from None
    if role == "asking":
        messages.success(request, _("You asked to join. Its owners decide."))
    return redirect("messaging:group", group_id)


@require_POST
@requires(permissions.can_read_spaces)
def leave(request: HttpRequest, group_id: int) -> HttpResponse:
    """Leave a group, refuse an invitation, or no longer ask."""
    try:
        services.leave(group_id=group_id, actor=shared.me(request), at=timezone.now())
    except services.NotThere:
        raise Http404 from None
    except services.LastOwner:
        messages.error(request, _("Make someone else an owner first."))
        return redirect("messaging:group_members", group_id)
    return redirect("messaging:chats")


@require_POST
@requires(permissions.can_read_spaces)
def mute(request: HttpRequest, group_id: int) -> HttpResponse:
    """Be told nothing of a group, or be told again."""
    muted = request.POST.get("muted") == "1"
    try:
        services.mute(group_id=group_id, muted=muted, actor=shared.me(request))
    except services.NotThere:
        raise Http404 from None
    return redirect("messaging:group", group_id)


DECISIONS: dict[str, Callable[..., None]] = {
    "invite": services.invite,
    "let_in": services.let_in,
    "remove": services.remove,
    "hand_over": services.hand_over,
}


@require_POST
@requires(permissions.can_read_spaces)
def decide(request: HttpRequest, group_id: int) -> HttpResponse:
    """Invite someone, let them in, take them out, or make them an owner."""
    decision = DECISIONS.get(request.POST.get("decision", ""))
    member_id = shared.number(request.POST.get("member", ""))
    if decision is None or member_id is None:
        raise Http404
    try:
        decision(
            group_id=group_id, member_id=member_id, actor=shared.me(request), at=timezone.now()
        )
    except services.NotThere:
        raise Http404 from None
    except services.LastOwner:
        messages.error(request, _("Make someone else an owner first."))
    except services.TooMany:
        messages.error(request, _("You have invited many people. Try again in an hour."))
    return redirect("messaging:group_members", group_id)
