"""The search page, and what is suggested while one types."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from juluo.domains.members.permissions import can_see_profiles
from juluo.domains.messaging import queries as messaging
from juluo.domains.search import permissions, queries
from juluo.domains.search.forms import SearchForm
from juluo.domains.search.types import Narrowed
from juluo.ui.access import not_there

# What each kind is called and drawn with.
LOOKS: dict[str, tuple[Any, str, str]] = {
    "post": (_("Post"), "article", "secondary"),
    "question": (_("Question"), "help-circle", "blue"),
    "answer": (_("Answer"), "bulb", "secondary"),
    "comment": (_("Comment"), "message", "secondary"),
    "message": (_("Message"), "messages", "secondary"),
    "private": (_("Private message"), "lock", "secondary"),
    "member": (_("Member"), "user", "secondary"),
    "space": (_("Space"), "message-2", "secondary"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; nothing of what was asked is kept."""
    if not permissions.can_search(request.user):
        return not_there(request)
    form = SearchForm(request.GET, viewer=request.user)
    words = form.words()
    narrowed = form.narrowed(now=timezone.now())
    group = _group(request, narrowed)
    if narrowed.group_id is not None and group is None:
        return not_there(request)
    found = _found(request, words, narrowed, form.given("page") or 1)
    context = {
        "form": form,
        "words": words,
        "narrowed": narrowed,
        "group": group,
        "found": found,
        "rows": _rows(found.results if found else ()),
        "everywhere": f"{reverse('search:search')}?{urlencode({'q': words})}",
        "pages": range(1, found.pages + 1) if found and found.pages > 1 else (),
        "is_narrowed": bool(form.given("kind")) or narrowed != Narrowed(newest=narrowed.newest),
    }
    response = render(request, "search/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _rows(results: Iterable[queries.Result]) -> list[tuple[Any, ...]]:
    """Return results with what their kind is called and drawn with."""
    return [(result, *LOOKS[result.kind]) for result in results]


def _found(request: HttpRequest, words: str, narrowed: Narrowed, page: int) -> queries.Found | None:
    """Return what was found, or None where nothing was asked."""
    if narrowed.kind == "private":
        if not words or not can_see_profiles(request.user):
            return None
        return queries.find_private(request.user.pk or 0, words, page=page)
    is_asked = words or narrowed.tag or narrowed.authors is not None or narrowed.solved
    return queries.find(request.user, words, narrowed, page=page) if is_asked else None


def _group(request: HttpRequest, narrowed: Narrowed) -> Any:
    """Return the chat group that is searched, if one is and they may read it."""
    if narrowed.group_id is None or not can_see_profiles(request.user):
        return None
    head = messaging.group_head(viewer=request.user, group_id=narrowed.group_id)
    return head if head is not None and head.may_read else None


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest spaces, members and titles while one types."""
    if not permissions.can_search(request.user):
        return not_there(request)
    words = request.GET.get("q", "").replace("\0", "").strip()[: queries.LONGEST_QUESTION]
    found = queries.suggestions(request.user, words) if words else []
    context = {"words": words, "rows": _rows(found)}
    response = render(request, "search/_suggestions.html", context)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response
