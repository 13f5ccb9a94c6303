"""What the pages of reports share: the report or no page, its frame, and who asks."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.domains.insights.queries import local_today
from juluo.domains.members.permissions import Viewer
from juluo.domains.members.types import Member
from juluo.domains.reporting import permissions, queries
from juluo.domains.reporting.queries import ReportRow
from juluo.domains.reporting.services import NotThatFar, SecondPersonNeeded, UnknownSection
from juluo.lib import figures


def actor(request: HttpRequest) -> int:
    """Return who asks; the page's guard has let them in."""
    return cast("Member", request.user).pk


def today() -> date:
    """Return the community's local day."""
    return local_today(now=timezone.now())


def language_of(request: HttpRequest | None = None) -> str:
    """Return the language a report is wanted in: the address says, else the reader's own."""
    wanted = request.GET.get("lang", "") if request is not None else ""
    if wanted in queries.LOCALES:
        return wanted
    return "zh" if (get_language() or "").startswith("zh") else "en"


def readable(viewer: Viewer, report_id: int) -> ReportRow:
    """Return a report.

    :raises Http404: if there is none, or the viewer may not read it.
    """
    row = queries.report(viewer, report_id)
    if row is None:
        raise Http404
    return row


def report_frame(request: HttpRequest, report_id: int, *, current: str) -> dict[str, Any]:
    """Return the context of a report's page: its template extends ``ui/parts.html``.

    :raises Http404: if there is none, or the viewer may not read it.
    """
    row = readable(request.user, report_id)
    may_make = permissions.can_make_report(request.user)
    return {
        "report": row,
        "may_make": may_make,
        "may_write": may_make and row.status == "draft",
        "may_sign": permissions.can_sign_report(request.user),
        "may_share": permissions.can_share(request.user),
        "crumbs": [{"label": _("Reports"), "url": reverse("reporting:list")}],
        "frame": {
            "title": row.title,
            "state": row.status_label,
            "look": row.look,
            "facts": _facts(row),
            "tabs_label": _("Parts of the report"),
            "tabs": _tabs(row, current),
        },
    }


def _facts(row: ReportRow) -> list[str]:
    facts = [_("Asked by") + _(": ") + row.asked_by]
    if row.edition > 1:
        facts.append(_("Edition %(number)d") % {"number": row.edition})
    if row.with_money:
        facts.append(_("Tells of money"))
    if row.issued_at is not None:
        day = figures.day(local_today(now=row.issued_at), language=get_language() or "en")
        facts.append(_("Issued on %(day)s") % {"day": day})
    return facts


def _tabs(row: ReportRow, current: str) -> list[dict[str, Any]]:
    tabs: list[tuple[str, str, str, int | None]] = [
        ("report", _("Report"), "reporting:report", None),
        ("actions", _("Actions"), "reporting:report_actions", None),
        ("comments", _("Remarks"), "reporting:comments", row.open_comments or None),
        ("files", _("Files and sharing"), "reporting:files", None),
    ]
    if row.status == "issued":
        tabs.append(("since", _("What has changed since"), "reporting:since", None))
    return [
        {
            "label": label,
            "url": reverse(name, args=[row.id]),
            "is_current": key == current,
            "count": count,
        }
        for key, label, name, count in tabs
    ]


def done(
    request: HttpRequest, act: Callable[[], object], url: str, *, said: str = ""
) -> HttpResponse:
    """Do something to a report and go on, or say why it cannot be done any more."""
    try:
        act()
    except NotThatFar:
        words = _("The report has moved on since this page was shown; nothing was changed.")
        messages.error(request, words)
    except UnknownSection:
        words = _("The report has no such section any more; the note was not kept.")
        messages.error(request, words)
    except SecondPersonNeeded:
        words = _("You submitted this report, so another owner must sign it off.")
        messages.error(request, words)
    else:
        if said:
            messages.success(request, said)
    return redirect(url)
