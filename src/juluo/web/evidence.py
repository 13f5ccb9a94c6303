"""The records behind a figure: the lines of the log that it counts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import metric
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.members import permissions
from juluo.domains.members import queries as members
from juluo.ui.access import requires
from juluo.web.explorer import asked_form, question_of
from juluo.web.happenings import telling_of, thread_address

PAGE = 50
DEEPEST = 100_000


@dataclass(frozen=True, kw_only=True)
class RecordRow:
    """One line of the log as the evidence page shows it."""

    at: datetime
    words: str | Promise
    icon: str
    actor_id: int | None
    actor: str
    space_id: int | None
    space: str
    url: str
    role: str
    source: str
    value: float | None


@require_safe
@requires(permissions.can_see_metrics)
def records(request: HttpRequest) -> HttpResponse:
    """List the events behind one point of a question, newest first."""
    form = asked_form(request.GET)
    start = _start(request)
    if not form.is_valid() or start is None:
        raise Http404
    offset = _offset(request)
    asked = question_of(form)
    group = request.GET.get("group")
    found = _behind(asked, start, group, offset)
    language = get_language() or "en"
    context = {
        "title": metric(asked.key).title.in_language(language),
        "label": insights.long_label(start, asked.grain, language=language),
        "group": insights.group_label(asked, group) if group else "",
        "filters": insights.filter_words(asked.filters),
        "rows": _rows(found.rows),
        "total": found.total,
        "first": offset + 1 if found.total else 0,
        "last": min(offset + PAGE, found.total),
        "newer": max(offset - PAGE, 0) if offset else None,
        "older": offset + PAGE if offset + PAGE < found.total else None,
        "query": found.query,
        "data_version": found.data_version,
    }
    # The clock that cut the figure's days tells the records' times.
    with timezone.override(ZoneInfo(asked.timezone)):
        return render(request, "web/records.html", context)


def _behind(asked: Any, start: date, group: str | None, offset: int) -> Any:
    from juluo.analytics.engine import UnknownPoint

    try:
        return insights.behind(
            asked,
            log=insights.current_log(),
            start=start,
            group=group,
            offset=offset,
            limit=PAGE,
        )
    except UnknownPoint as error:
        raise Http404 from error


def _start(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("start", ""))
    except ValueError:
        return None


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("offset", "0")
    return min(int(text), DEEPEST) if text.isdecimal() and len(text) < 8 else 0


def _rows(lines: tuple[dict[str, Any], ...]) -> list[RecordRow]:
    """Give the lines their names: two queries, however many there are."""
    names = members.names({line["actor_id"] for line in lines if line["actor_id"] is not None})
    spaces = discussions.space_names({line["space_id"] for line in lines if line["space_id"]})
    return [_row(line, names, spaces) for line in lines]


def _row(line: dict[str, Any], names: dict[int, str], spaces: dict[int, str]) -> RecordRow:
    telling = telling_of(line["name"])
    return RecordRow(
        at=line["occurred_at"],
        words=telling.words,
        icon=telling.icon,
        actor_id=line["actor_id"] if line["actor_id"] in names else None,
        actor=names.get(line["actor_id"], ""),
        space_id=line["space_id"] if line["space_id"] in spaces else None,
        space=spaces.get(line["space_id"], ""),
        url=thread_address(line["thread_id"] or line["subject_id"] or ""),
        role=line["role"],
        source=line["source"],
        value=line["value"],
    )
