"""Find what is new, and have it count as read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from juluo.domains.discussions import permissions, queries, services
from juluo.domains.discussions.views.shell import actor, attempt
from juluo.domains.discussions.views.threads import first_new_address
from juluo.ui.access import not_there, requires


@require_safe
@requires(permissions.can_join_spaces)
def first_new(request: HttpRequest, post_id: int) -> HttpResponse:
    """Lead to the first reply that one has not read, or to the thread."""
    viewer = actor(request)
    if queries.readable_post(post_id, viewer) is None:
        return not_there(request)
    return redirect(first_new_address(post_id, viewer.pk))


@require_POST
@requires(permissions.can_join_spaces)
def mark_space_read(request: HttpRequest, space_id: int) -> HttpResponse:
    """Let all that was said in a space count as read."""
    return attempt(
        request,
        lambda: services.mark_space_read(
            space_id=space_id, member_id=actor(request).pk, at=timezone.now()
        ),
        reverse("web:space", args=[space_id]),
        said=_("Everything here counts as read."),
    )
