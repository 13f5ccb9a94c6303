"""Open spaces and change them; join and leave; let others in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.discussions import permissions, queries, services
from juluo.domains.discussions.forms import REFUSALS, SpaceForm
from juluo.domains.discussions.models import SpaceMember
from juluo.domains.discussions.views.shell import actor, attempt
from juluo.domains.members import queries as members
from juluo.lib.typed_text import tidy_line
from juluo.ui.access import not_there, requires

SHORTEST_SEARCH = 1


@require_http_methods(["GET", "POST"])
@requires(permissions.can_keep_spaces)
def new_space(request: HttpRequest) -> HttpResponse:
    """Show the form for a space, and open it."""
    first = {"visibility": "members", "posting": "everyone", "icon": "message-2"}
    form = SpaceForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            space = services.open_space(
                actor_id=actor(request).pk, at=timezone.now(), **form.cleaned_data
            )
        except REFUSALS as error:
            form.refuse(error)
        else:
            return redirect("web:space", space.pk)
    context = {"form": form}
    return render(
        request, "discussions/space_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_keep_spaces)
def change_space(request: HttpRequest, space_id: int) -> HttpResponse:
    """Show what a space is, and change it."""
    head = queries.space_head(viewer=actor(request), space_id=space_id)
    if head is None:
        return not_there(request)
    values = queries.space_values(space_id)
    form = SpaceForm(request.POST or None, initial=values, space_id=space_id)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_space(
                space_id=space_id,
                actor_id=actor(request).pk,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except REFUSALS as error:
            form.refuse(error)
        else:
            return redirect("web:space", space_id)
    context = {"form": form, "space": head}
    return render(
        request, "discussions/space_form.html", context, status=422 if form.errors else 200
    )


@require_POST
@requires(permissions.can_keep_spaces)
def archive_space(request: HttpRequest, space_id: int) -> HttpResponse:
    """Archive a space, or take it up again."""
    back = bool(request.POST.get("back"))
    act = services.bring_space_back if back else services.archive_space
    return attempt(
        request,
        lambda: act(space_id=space_id, actor_id=actor(request).pk, at=timezone.now()),
        reverse("web:space", args=[space_id]),
        said=_("The space can be written in again.")
        if back
        else _("The space is archived: it can be read, and nothing is written in it any more."),
    )


@require_POST
@requires(permissions.can_join_spaces)
def join_space(request: HttpRequest, space_id: int) -> HttpResponse:
    """Join a space, or ask to be let in."""
    asks = bool(request.POST.get("ask"))
    act = services.ask_to_join if asks else services.join_space
    return attempt(
        request,
        lambda: act(space_id=space_id, member_id=actor(request).pk, at=timezone.now()),
        reverse("web:space", args=[space_id]),
        said=_("Your request was sent to the moderators.") if asks else "",
    )


@require_POST
@requires(permissions.can_join_spaces)
def leave_space(request: HttpRequest, space_id: int) -> HttpResponse:
    """Leave a space, or take a request back."""
    member = actor(request)
    if queries.space_head(viewer=member, space_id=space_id) is None:
        return not_there(request)
    services.leave_space(space_id=space_id, member_id=member.pk, at=timezone.now())
    knows = queries.space_head(viewer=member, space_id=space_id) is not None
    return redirect("web:space", space_id) if knows else redirect("web:spaces")


@require_POST
@requires(permissions.can_join_spaces)
def space_level(request: HttpRequest, space_id: int) -> HttpResponse:
    """Say how much one wants to hear of a space."""
    return attempt(
        request,
        lambda: services.set_level(
            space_id=space_id, member_id=actor(request).pk, level=request.POST.get("level", "")
        ),
        reverse("web:space", args=[space_id]),
        said=_("Kept."),
    )


@require_safe
@requires(permissions.can_join_spaces)
def space_members(request: HttpRequest, space_id: int) -> HttpResponse:
    """List who joined a space; its moderators let others in here."""
    viewer = actor(request)
    head = queries.space_head(viewer=viewer, space_id=space_id)
    if head is None or not head.standing.may_read:
        return not_there(request)
    people = queries.space_members(space_id)
    context = {"space": head, "people": people, "roles": SpaceMember.Role.choices}
    if head.standing.may_moderate:
        words = tidy_line(request.GET.get("q", ""))[:80]
        here = {each.member_id for each in people}
        found = members.with_accounts(words) if len(words) >= SHORTEST_SEARCH else []
        context |= {
            "requests": queries.join_requests(space_id),
            "words": words,
            "found": [(pk, name) for pk, name in found if pk not in here],
            "may_give_roles": permissions.can_keep_spaces(viewer),
        }
    return render(request, "discussions/space_members.html", context)


@require_POST
@requires(permissions.can_join_spaces)
def decide_member(request: HttpRequest, space_id: int) -> HttpResponse:
    """Let someone in, decline them, take them out, or give them a role."""
    number = request.POST.get("member", "")
    act = request.POST.get("act", "")
    if not number.isdecimal() or len(number) > 18:
        return not_there(request)
    who = {"space_id": space_id, "member_id": int(number), "actor_id": actor(request).pk}
    acts = {
        "add": services.add_to_space,
        "decline": services.decline_request,
        "remove": services.take_out_of_space,
    }

    def decide() -> object:
        if act in acts:
            return acts[act](**who, at=timezone.now())
        return services.give_space_role(role=act, **who, at=timezone.now())

    return attempt(request, decide, reverse("discussions:space_members", args=[space_id]))
