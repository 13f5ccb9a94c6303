"""What the pages of the schedule share: who asks, what an address names, the way back."""

from collections.abc import Callable
from datetime import date
from typing import cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from juluo.domains.insights.queries import local_today
from juluo.domains.members.types import Member
from juluo.domains.planning.services import PlanIsClosed

YEARS = range(1950, 2150)


def actor(request: HttpRequest) -> int:
    """Return who asks; the page's guard has let them in."""
    return cast("Member", request.user).pk


def today() -> date:
    """Return the community's local day."""
    return local_today(now=timezone.now())


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


def saved(form: BaseForm, save: Callable[[], object]) -> bool:
    """Save what a valid form says, or say in the form that its plan is closed; return which.

    What needs no typing says so as every page does: see ``project.middleware``.
    """
    try:
        save()
    except PlanIsClosed:
        form.add_error(None, _("This plan is closed; nothing in it changes any more."))
        return False
    return True


def back(request: HttpRequest, url: str) -> HttpResponse:
    """Return to the page that the form came from, or to a given one."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if wanted and is_ours else url)
