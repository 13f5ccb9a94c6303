"""What every page of a plan shows: its title, tabs and state."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juluo.domains.insights import queries as insights
from juluo.domains.planning import permissions, queries

STATUS_LOOKS = {
    "draft": ("secondary", "pencil"),
    "submitted": ("orange", "hourglass"),
    "approved": ("green", "circle-check"),
    "closed": ("secondary", "archive"),
}


@dataclass(frozen=True)
class Look:
    """The colour and icon that go with a state's words."""

    tone: str
    icon: str


def plan_frame(request: HttpRequest, plan_id: int, *, current: str) -> dict[str, Any]:
    """Return the context that ``planning/_plan.html`` needs, with the part ``current`` marked.

    :raises Http404: if there is no such plan.
    """
    today = insights.local_today(now=timezone.now())
    card = queries.plan_card(plan_id, today=today)
    if card is None:
        raise Http404
    return {
        "plan": card,
        "look": Look(*STATUS_LOOKS[card.status]),
        "plan_tabs": _tabs(request, plan_id, current),
        "may_plan": permissions.can_plan(request.user) and card.status != "closed",
        "may_sign_off": permissions.can_sign_off(request.user),
        "crumbs": [{"label": _("Plans"), "url": reverse("planning:plans")}],
        "today": today,
    }


def _tabs(request: HttpRequest, plan_id: int, current: str) -> list[dict[str, Any]]:
    own = [
        {
            "label": _("Plan"),
            "url": reverse("planning:plan", args=[plan_id]),
            "is_current": current == "plan",
        }
    ]
    parts = [
        {
            "label": part.label,
            "url": reverse(part.url_name, args=[plan_id]),
            "is_current": current == part.key,
        }
        for part in queries.plan_parts(request.user)
        if part.url_name
    ]
    versions = {
        "label": _("Versions"),
        "url": reverse("planning:versions", args=[plan_id]),
        "is_current": current == "versions",
    }
    return [*own, *parts, versions]
