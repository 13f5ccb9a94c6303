"""Questions that wait for an answer, and how fast each space answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from juluo.analytics.question import Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.members import permissions
from juluo.lib import figures
from juluo.lib.keyset import cursor_text, parse_cursor
from juluo.ui.access import requires

DAYS = 28
KEYS = ("response.first_reply_median", "response.first_reply_p90")


@dataclass(frozen=True, kw_only=True)
class SpacePace:
    """How long a space's openings of the last four weeks waited for their first reply."""

    space_id: int
    name: str
    median: str
    p90: str
    openings: int


@require_safe
@requires(permissions.can_read_spaces)
def waiting(request: HttpRequest) -> HttpResponse:
    """List what nobody has answered, the oldest first; staff see each space's times, too."""
    now = timezone.now()
    after = parse_cursor(request.GET.get("after", ""))
    rows, onward = discussions.waiting_questions(viewer=request.user, now=now, after=after)
    sees_figures = permissions.can_see_metrics(request.user)
    context = {
        "rows": rows,
        "older": f"?after={cursor_text(*onward)}" if onward else "",
        "sees_figures": sees_figures,
        "paces": _paces(now) if sees_figures else [],
        "days": DAYS,
    }
    return render(request, "web/waiting.html", context)


def _paces(now: datetime) -> list[SpacePace]:
    """Return the times to first reply by space, from the metric layer."""
    end = insights.local_today(now=now) + timedelta(days=1)
    log = insights.current_log()
    median, p90 = (
        {
            point.group: point
            for point in insights.ask(
                insights.question(
                    key,
                    start=end - timedelta(days=DAYS),
                    end=end,
                    grain=Grain.WINDOW,
                    by="space",
                    timezone=log.timezone,
                ),
                log=log,
                now=now,
            ).points
        }
        for key in KEYS
    )
    names = discussions.space_names()
    found = [
        SpacePace(
            space_id=int(group),
            name=names[int(group)],
            median=_told(point.value),
            p90=_told(p90[group].value if group in p90 else None),
            openings=point.sample or 0,
        )
        for group, point in median.items()
        if group and group.isdecimal() and int(group) in names and point.sample
    ]
    return sorted(found, key=lambda pace: pace.name)


def _told(seconds: float | None) -> str:
    if seconds is None:
        return "—"
    return figures.duration(seconds, language=get_language() or "en")
