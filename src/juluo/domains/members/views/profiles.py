"""Members' public pages, what they write and say of themselves, and who they are in total."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.members import forms, permissions, queries, services
from juluo.domains.members.models import Member
from juluo.lib.client_address import client_address
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_see_profiles)
def profile(request: HttpRequest, member_id: int) -> HttpResponse:
    """Show a member's public page."""
    viewer = _viewer(request)
    found = queries.profile(viewer=viewer, member_id=member_id)
    if found is None:
        raise Http404
    if found.same_as_id is not None:
        return redirect("members:profile", found.same_as_id)
    sections = queries.profile_sections(viewer=viewer, member_id=member_id)
    context = {
        "member": found,
        "sections": sections if found.is_active else [],
        "is_console": permissions.can_see_members(viewer),
    }
    return render(request, "members/profile.html", context)


@require_safe
@requires(permissions.can_see_profiles)
def picture(request: HttpRequest, member_id: int, picture: str) -> HttpResponse:
    """Show a member's picture: under this address it never changes."""
    _ = request
    is_theirs = queries.has_picture(member_id=member_id, picture=picture)
    drawn = services.picture_bytes(picture) if is_theirs else None
    if drawn is None:
        raise Http404
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Disposition": 'inline; filename="picture.png"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(drawn, content_type="image/png", headers=headers)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_profiles)
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Change one's public page."""
    member_id = _viewer(request).pk
    own = queries.own_profile(member_id)
    links = {f"link_{place}": link for place, link in enumerate(own.links)}
    form = forms.ProfileForm(
        request.POST or None,
        request.FILES or None,
        member_id=member_id,
        initial={"name": own.name, "bio": own.bio, "has_picture": own.picture, **links},
    )
    if request.method == "POST" and form.is_valid() and _save(form, member_id):
        messages.success(request, _("Your page is changed."))
        return redirect("members:profile", member_id)
    return render(
        request, "members/edit_profile.html", {"form": form, "own": own}, status=_status(form)
    )


def _save(form: forms.ProfileForm, member_id: int) -> bool:
    """Save what was given; return whether all of it could be, and say in the form what not."""
    given, now = form.cleaned_data, timezone.now()
    try:
        services.rename(member_id=member_id, name=given["name"], at=now)
    except services.NameNotAllowed:
        form.add_error("name", _("This name cannot be taken."))
    except services.TooOften:
        form.add_error("name", _("You changed your name several times lately. Please wait a bit."))
    services.write_profile(member_id=member_id, bio=given["bio"], links=form.links(), at=now)
    if given["picture"] or given.get("no_picture"):
        try:
            services.change_picture(member_id=member_id, picture=given["picture"], at=now)
        except services.TooOften:
            form.add_error("picture", _("You changed your picture often today. Please wait a bit."))
    return not form.errors


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_profiles)
def about_me(request: HttpRequest) -> HttpResponse:
    """Say of oneself what one wants to be known, by whom."""
    member_id = _viewer(request).pk
    form = forms.CompositionForm(
        request.POST or None, answers=queries.own_answers(member_id=member_id)
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        for asked, chosen, seen in form.answers():
            services.say(member_id=member_id, asked=asked, chosen=chosen, seen=seen, at=now)
        messages.success(request, _("Kept. What you took back is gone."))
        return redirect("members:about_me")
    context = {"form": form, "least": queries.smallest_group()}
    return render(request, "members/about_me.html", context, status=_status(form))


@require_POST
@requires(permissions.can_see_profiles)
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back everything one said of oneself."""
    services.take_everything_back(member_id=_viewer(request).pk, at=timezone.now())
    messages.success(request, _("Everything you said of yourself is gone."))
    return redirect("members:about_me")


@require_POST
@requires(permissions.can_see_members)
def tidy(request: HttpRequest, member_id: int) -> HttpResponse:
    """Take away what a member wrote and drew of themselves."""
    try:
        services.tidy_profile(
            actor_id=_viewer(request).pk,
            member_id=member_id,
            at=timezone.now(),
            address=client_address(request),
        )
    except (services.NotAllowed, Member.DoesNotExist):
        raise Http404 from None
    messages.success(request, _("Words, links and picture are taken away."))
    return redirect("members:profile", member_id)


@require_safe
@requires(permissions.can_see_composition)
def who(request: HttpRequest) -> HttpResponse:
    """Show who the members are, in totals of what they said of themselves."""
    context = {"distributions": queries.composition(), "least": queries.smallest_group()}
    return render(request, "members/who.html", context)


def _viewer(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _status(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
