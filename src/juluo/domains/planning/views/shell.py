"""What the pages of the schedule share: the plan's head and tabs, the way back, who asks."""

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from juluo.domains.insights.queries import local_today
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions, queries

YEARS = range(1950, 2150)


def actor(request: HttpRequest) -> int:
    """Return who asks; the page's guard has let them in."""
    return cast("Member", request.user).pk


def today() -> date:
    """Return the community's local day."""
    return local_today(now=timezone.now())


def head_or_404(plan_id: int) -> queries.PlanHead:
    """Return what stands above a plan's pages.

    :raises Http404: if there is no such plan.
    """
    head = queries.plan_head(plan_id)
    if head is None:
        raise Http404
    return head


def plan_context(request: HttpRequest, head: queries.PlanHead, current: str) -> dict[str, Any]:
    """Return the plan's head, its tabs and what the reader may do."""
    return {
        "plan": head,
        "tabs": plan_tabs(request, head.id, current),
        "may_plan": permissions.can_plan(request.user) and head.is_open,
        "today": today(),
    }


def plan_tabs(request: HttpRequest, plan_id: int, current: str) -> list[dict[str, Any]]:
    """Return links to a plan's own page and to its parts, those that the reader may see."""
    plan_page = reverse("planning:plan", args=[plan_id])
    tabs = [{"label": _("Plan"), "url": plan_page, "is_current": current == "plan", "count": None}]
    for part in queries.plan_parts(request.user):
        url = _address(part.url_name, plan_id)
        if url:
            is_current = part.key == current
            tabs.append({"label": part.label, "url": url, "is_current": is_current, "count": None})
    return tabs


def _address(url_name: str, plan_id: int) -> str:
    if not url_name:
        return ""
    try:
        return reverse(url_name, args=[plan_id])
    except NoReverseMatch:
        return ""


def day_in(text: str) -> date | None:
    """Return the day that an address names, or None where it makes no sense."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None


def number_in(text: str) -> int | None:
    """Return the id that an address names, or None where it makes no sense."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def back(request: HttpRequest, url: str) -> HttpResponse:
    """Return to the page that the form came from, or to a given one."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if wanted and is_ours else url)
