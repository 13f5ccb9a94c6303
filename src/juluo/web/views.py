"""Pages made of several domains: the entrance, spaces, one member."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from juluo.domains.discussions import queries as discussions
from juluo.domains.members import permissions
from juluo.domains.members import queries as members
from juluo.domains.messaging import queries as messaging
from juluo.eventlog import reading
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import requires
from juluo.web import happenings
from juluo.web.tellings import TELLINGS

TIMELINE = 30


@require_safe
def entrance(request: HttpRequest) -> HttpResponseBase:
    """Send staff to the console and members to the spaces; greet strangers."""
    if permissions.can_see_console(request.user):
        return redirect("web:home")
    if permissions.can_read_spaces(request.user):
        return redirect("web:spaces")
    return render(request, "web/entrance.html", {"needs_owner": not members.has_owner()})


@dataclass(frozen=True, kw_only=True)
class SpaceRow:
    """A space with what stands in it and in its chat groups."""

    space: discussions.SpaceCard
    messages: int
    last_at: datetime | None


@require_safe
@requires(permissions.can_read_spaces)
def spaces(request: HttpRequest) -> HttpResponse:
    """List the spaces."""
    said = messaging.talk_by_space()
    quiet = messaging.SpaceTalk(messages=0, last_at=None)
    rows = [
        SpaceRow(
            space=space,
            messages=said.get(space.id, quiet).messages,
            last_at=max(
                (at for at in (space.last_at, said.get(space.id, quiet).last_at) if at),
                default=None,
            ),
        )
        for space in discussions.spaces()
    ]
    return render(request, "web/spaces.html", {"rows": rows})


@require_safe
@requires(permissions.can_read_spaces)
def space(request: HttpRequest, space_id: int) -> HttpResponse:
    """List a space's posts and questions, newest first, and its chat groups."""
    head = discussions.space_head(space_id)
    if head is None:
        raise Http404
    kind = request.GET.get("kind", "")
    page = discussions.posts(
        space_id=space_id,
        kind=kind,
        before=parse_cursor(request.GET.get("before", "")),
        after=parse_cursor(request.GET.get("after", "")),
    )
    context = {
        "space": head,
        "kind": kind,
        "page": page,
        "older": cursor_text(*page.older) if page.older else "",
        "newer": cursor_text(*page.newer) if page.newer else "",
        "groups": messaging.groups_of(space_id, viewer=request.user),
    }
    return render(request, "web/space.html", context)


@require_safe
@requires(permissions.can_see_members)
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """Show one member: who they are, where they came from, what they did."""
    detail = members.detail(viewer=request.user, member_id=member_id)
    if detail is None:
        raise Http404
    kind = request.GET.get("kind", "")
    lines = reading.timeline(
        actor_id=member_id,
        names=[kind] if kind in TELLINGS else [],
        before=parse_cursor(request.GET.get("before", "")),
        limit=TIMELINE + 1,
    )
    more = lines[TIMELINE - 1] if len(lines) > TIMELINE else None
    context = {
        "detail": detail,
        "row": detail.row,
        "kind": kind,
        "kinds": [(name, telling.words) for name, telling in TELLINGS.items()],
        "happenings": happenings.told(lines[:TIMELINE]),
        "older": cursor_text(more.occurred_at, more.id) if more else "",
    }
    return render(request, "web/member.html", context)
