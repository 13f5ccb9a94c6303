"""The frame of a plan's page, or no page at all."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from juluo.domains.planning import queries


def plan_frame(request: HttpRequest, plan_id: int, *, current: str) -> dict[str, Any]:
    """Return the context of a plan's page.

    :raises Http404: if there is no such plan.
    """
    context = queries.plan_frame(request.user, plan_id, current=current, now=timezone.now())
    if context is None:
        raise Http404
    return context
