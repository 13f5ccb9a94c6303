"""Pages of tags."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from juluo.domains.discussions import permissions, queries
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import not_there


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """List the tags of what one may read; strangers see those of public spaces, or sign in."""
    found = queries.tags(viewer=request.user)
    if not found and not request.user.is_authenticated:
        return not_there(request)
    return render(request, "discussions/tags.html", {"tags": found})


@require_safe
def tag(request: HttpRequest, tag: str) -> HttpResponse:
    """List what has a tag; a tag of nothing one may read looks like one that is not there."""
    before = parse_cursor(request.GET.get("before", ""))
    after = parse_cursor(request.GET.get("after", ""))
    page = queries.tagged(tag, viewer=request.user, before=before, after=after)
    if not page.rows and before is None and after is None:
        return not_there(request)
    member_id = request.user.pk if permissions.can_join_spaces(request.user) else None
    rows = page.rows
    if member_id is not None:
        rows = queries.with_news(rows, member_id=member_id, now=timezone.now())
    context = {
        "tag": tag,
        "rows": rows,
        "shows_space": True,
        "follows": member_id is not None
        and queries.follows(member_id=member_id, kind="tag", what=tag),
        "older": cursor_text(*page.older) if page.older else "",
        "newer": cursor_text(*page.newer) if page.newer else "",
    }
    return render(request, "discussions/tag.html", context)
