"""Pages made of several domains: the entrance, spaces, one member."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from juluo.domains.discussions import permissions as in_spaces
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import permissions
from juluo.domains.members import queries as members
from juluo.domains.messaging import queries as messaging
from juluo.eventlog import reading
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.lib.talk_html import talk_html
from juluo.ui.access import not_there, requires
from juluo.web import happenings
from juluo.web.feed import feed_context
from juluo.web.tellings import TELLINGS

TIMELINE = 30
SPACE_TABS: dict[str, Any] = {
    "": _("Latest"),
    "post": _("Posts"),
    "question": _("Questions"),
    "unanswered": _("Unanswered"),
    "top": _("Top of the week"),
}


@require_safe
def entrance(request: HttpRequest) -> HttpResponseBase:
    """Send staff to the console and members to their feed; greet strangers with what is public."""
    if permissions.can_see_console(request.user):
        return redirect("web:home")
    if permissions.can_read_spaces(request.user):
        return redirect("web:feed")
    context: dict[str, Any] = {
        "needs_owner": not members.has_owner(),
        "has_public_space": discussions.has_public_space(),
    }
    if context["has_public_space"]:
        context |= feed_context(request, url=reverse("home"))
    return render(request, "web/entrance.html", context)


@dataclass(frozen=True, kw_only=True)
class SpaceRow:
    """A space with what stands in it and in its chat groups."""

    space: discussions.SpaceCard
    messages: int
    last_at: datetime | None
    unread: int


@require_safe
def spaces(request: HttpRequest) -> HttpResponse:
    """List the spaces; strangers see the public ones, and sign in where there are none."""
    member_id = request.user.pk or 0
    unread = discussions.unread_in_spaces(member_id=member_id, now=timezone.now())
    rows = [_space_row(*each, unread=unread.get(each[0].id, 0)) for each in _said(request)]
    if not rows and not request.user.is_authenticated:
        return not_there(request)
    context = {"rows": rows, "may_open_spaces": in_spaces.can_keep_spaces(request.user)}
    return render(request, "web/spaces.html", context)


def _said(request: HttpRequest) -> list[tuple[discussions.SpaceCard, messaging.SpaceTalk]]:
    found = discussions.spaces(viewer=request.user)
    said = messaging.talk_by_space() if found else {}
    quiet = messaging.SpaceTalk(messages=0, last_at=None)
    return [(each, said.get(each.id, quiet) if each.may_read else quiet) for each in found]


def _space_row(space: discussions.SpaceCard, said: messaging.SpaceTalk, *, unread: int) -> SpaceRow:
    moments = [at for at in (space.last_at, said.last_at) if at]
    return SpaceRow(
        space=space,
        messages=said.messages,
        last_at=max(moments, default=None),
        unread=unread if space.may_read else 0,
    )


@require_safe
def space(request: HttpRequest, space_id: int) -> HttpResponse:
    """List a space's posts and questions and its chat groups; public ones to strangers, too."""
    head = discussions.space_head(viewer=request.user, space_id=space_id)
    if head is None:
        return not_there(request)
    tab = request.GET.get("show") or request.GET.get("kind", "")
    context = {
        "space": head,
        "site_address": settings.SITE_ADDRESS,
        "tab": tab if tab in SPACE_TABS else "",
        "tabs": _space_tabs(tab, reverse("web:space", args=[space_id])),
        "may_change": in_spaces.can_keep_spaces(request.user),
        "levels": discussions.LEVELS,
        "space_rules": talk_html(head.rules, "markdown") if head.rules else "",
    }
    if head.standing.may_read:
        context |= _space_talk(request, head, tab)
    return render(request, "web/space.html", context)


def _space_tabs(tab: str, url: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"{url}?show={key}" if key else url,
            "is_current": key == (tab if tab in SPACE_TABS else ""),
            "count": None,
        }
        for key, label in SPACE_TABS.items()
    ]


def _groups(request: HttpRequest, space_id: int) -> list[messaging.GroupCard]:
    """Return the chat groups of a space for a member; strangers see no chats."""
    viewer = request.user
    return messaging.groups_of(space_id, viewer=viewer) if viewer.is_authenticated else []


def _space_talk(request: HttpRequest, head: discussions.SpaceHead, tab: str) -> dict[str, Any]:
    """Return what is said in a space, as the tab wants it; the pinned come first on the first."""
    found: dict[str, Any] = {"groups": _groups(request, head.id)}
    if head.has_children:
        found["children"] = discussions.children(viewer=request.user, space_id=head.id)
    if tab == "top":
        rows = discussions.top_of_week(space_id=head.id, now=timezone.now())
        return {**found, "rows": _with_news(request, rows)}
    before = parse_cursor(request.GET.get("before", ""))
    after = parse_cursor(request.GET.get("after", ""))
    page = discussions.posts(
        space_id=head.id,
        kind=tab if tab in {"post", "question"} else "",
        unanswered=tab == "unanswered",
        before=before,
        after=after,
    )
    if head.has_pinned and not tab and page.newer is None:
        found["pinned"] = _with_news(request, discussions.pinned(space_id=head.id))
    return {
        **found,
        "rows": _with_news(request, page.rows),
        "older": cursor_text(*page.older) if page.older else "",
        "newer": cursor_text(*page.newer) if page.newer else "",
    }


def _with_news(
    request: HttpRequest, rows: tuple[discussions.PostRow, ...]
) -> tuple[discussions.PostRow, ...]:
    """Return rows with what is new to the member who looks."""
    member_id = request.user.pk or 0
    return discussions.with_news(rows, member_id=member_id, now=timezone.now())


@require_safe
@requires(permissions.can_see_members)
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """Show one member: who they are, where they came from, what they did."""
    detail = members.detail(viewer=request.user, member_id=member_id)
    if detail is None:
        raise Http404
    same = members.who_it_is(member_id)
    if same is not None:
        return redirect("web:member", same)
    kind = request.GET.get("kind", "")
    lines = reading.timeline(
        actor_id=member_id,
        also=list(members.also([member_id])),
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
