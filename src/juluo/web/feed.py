"""The member's home: what they find first, of all spaces they may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from juluo.domains.discussions import permissions
from juluo.domains.discussions import queries as discussions
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import not_there

LABELS = {
    "for_you": _("For you"),
    "following": pgettext_lazy("feed", "Following"),
    "latest": _("Latest"),
    "unanswered": _("Unanswered"),
    "top": _("Top of the week"),
}
FOR_STRANGERS = ("latest", "top")
TIERS = ("1", "2", "3", "4")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Show what a member finds first; strangers see what is public, or sign in."""
    is_member = permissions.can_join_spaces(request.user)
    if not is_member and not discussions.has_public_space():
        return not_there(request)
    context = feed_context(request, url=reverse("web:feed"))
    if request.headers.get("HX-Request") == "true" and context["is_later"]:
        return render(request, "discussions/_feed_rows.html", context)
    return render(request, "web/feed.html", context)


def feed_context(request: HttpRequest, *, url: str) -> dict[str, Any]:
    """Return what the templates of feeds show: tabs (at ``url``), rows, and the way on."""
    names = discussions.FEEDS if permissions.can_join_spaces(request.user) else FOR_STRANGERS
    wanted = request.GET.get("show", "")
    name = wanted if wanted in names else names[0]
    after = _spot(request.GET.get("after", ""))
    page = discussions.feed(name, viewer=request.user, now=timezone.now(), after=after)
    onward = f"{reverse('web:feed')}?show={name}&after={_text(page.next)}" if page.next else ""
    return {
        "feed": name,
        "tabs": [_tab(each, url, is_current=each == name) for each in names],
        "rows": page.rows,
        "shows_space": True,
        "next": onward,
        "is_later": after is not None,
    }


def _tab(name: str, url: str, *, is_current: bool) -> dict[str, Any]:
    address = f"{url}?show={name}"
    return {"label": LABELS[name], "url": address, "is_current": is_current, "count": None}


def _spot(text: str) -> discussions.Spot | None:
    tier, _dot, place = text.partition(".")
    found = parse_cursor(place)
    return (int(tier), *found) if tier in TIERS and found else None


def _text(spot: discussions.Spot) -> str:
    return f"{spot[0]}.{cursor_text(*spot[1:])}"
