"""Follow members, tags and threads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.discussions import permissions, queries, services
from juluo.domains.discussions.views.shell import actor, attempt
from juluo.ui.access import requires


@require_safe
@requires(permissions.can_join_spaces)
def following(request: HttpRequest) -> HttpResponse:
    """List whom and what one follows."""
    found = queries.following(viewer=actor(request))
    return render(request, "discussions/following.html", {"following": found})


@require_POST
@requires(permissions.can_join_spaces)
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a member, a tag or a thread, or no longer; and go back to where one was."""
    act = services.unfollow if request.POST.get("off") else services.follow
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("discussions:following")
    return attempt(
        request,
        lambda: act(
            kind=request.POST.get("kind", ""),
            what=request.POST.get("what", ""),
            member_id=actor(request).pk,
            at=timezone.now(),
        ),
        back,
    )
