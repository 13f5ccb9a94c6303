"""The records behind a figure: the lines of the log that it counts."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import metric
from juluo.analytics.question import Only, Question, Records
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.members import permissions, services
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.lib.spreadsheet_cells import harmless
from juluo.ui.access import requires
from juluo.web.explorer import asked_form, question_of
from juluo.web.happenings import telling_of, thread_address
from juluo.web.records_form import RecordsForm

PAGE = 50
DEEPEST = 100_000
MOST_EXPORTED = 20_000


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


@dataclass(frozen=True, kw_only=True)
class Point:
    """The point whose records are wanted, and which of them."""

    asked: Question
    start: date
    group: str | None
    only: Only


@require_safe
@requires(permissions.can_see_metrics)
def records(request: HttpRequest) -> HttpResponse:
    """List the events behind one point of a question, newest first."""
    point, form = _point(request)
    offset = _offset(request)
    found = _behind(point, offset, PAGE)
    asked = point.asked
    language = get_language() or "en"
    context = {
        "title": metric(asked.key).title.in_language(language),
        "label": insights.long_label(point.start, asked.grain, language=language),
        "group": insights.group_label(asked, point.group) if point.group else "",
        "filters": insights.filter_words(asked.filters),
        "form": form,
        "kept": _kept(request),
        "rows": _rows(found.rows),
        "total": found.total,
        "first": offset + 1 if found.total else 0,
        "last": min(offset + PAGE, found.total),
        "newer": max(offset - PAGE, 0) if offset else None,
        "older": offset + PAGE if offset + PAGE < found.total else None,
        "query": found.query,
        "data_version": found.data_version,
        "may_export": permissions.can_export_metrics(request.user),
        "is_narrowed": point.only != Only(),
    }
    # The clock that cut the figure's days tells the records' times.
    with timezone.override(ZoneInfo(asked.timezone)):
        return render(request, "web/records.html", context)


@require_safe
@requires(permissions.can_export_metrics)
def export(request: HttpRequest) -> HttpResponse:
    """Return the records behind a point as CSV, safe to open in a spreadsheet; noted in the audit.

    No more than a page of MOST_EXPORTED: the last line says so where there are more.
    """
    point, _form = _point(request)
    found = _behind(point, 0, MOST_EXPORTED)
    actor_id = cast("Member", request.user).pk
    services.audit(
        actor_id=actor_id,
        action="insights.records_exported",
        subject=point.asked.key,
        details={"start": point.start.isoformat(), "rows": len(found.rows)},
        at=timezone.now(),
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{point.asked.key}-{point.start}-records.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([_("When (UTC)"), _("Member"), _("Member’s number"), _("What happened"),
                     _("Where"), _("Source"), _("Reference"), _("Value"), _("Counts as"),
                     _("Key")])  # fmt: skip
    for row, line in zip(_rows(found.rows), found.rows, strict=True):
        writer.writerow(_cells(row, line))
    if found.total > len(found.rows):
        left_out = _("%(count)d more are not in this file.")
        writer.writerow([left_out % {"count": found.total - len(found.rows)}])
    return response


def _cells(row: RecordRow, line: dict[str, Any]) -> list[object]:
    words = (row.actor, row.actor_id or "", str(row.words), row.space, row.source)
    told = [harmless(each) if isinstance(each, str) else each for each in words]
    reference = harmless(line["subject_id"] or "")
    value = "" if row.value is None else row.value
    return [row.at.isoformat(), *told, reference, value, row.role, harmless(line["key"])]


def _point(request: HttpRequest) -> tuple[Point, RecordsForm]:
    """Read the point from the address.

    :raises Http404: if the address asks for none.
    """
    form = asked_form(request.GET)
    start = _start(request)
    if not form.is_valid() or start is None:
        raise Http404
    asked = question_of(form)
    narrowing = RecordsForm(request.GET)
    only = narrowing.only if narrowing.is_valid() else Only()
    group = request.GET.get("group")
    return Point(asked=asked, start=start, group=group, only=only), narrowing


def _behind(point: Point, offset: int, limit: int) -> Records:
    from juluo.analytics.engine import UnknownPoint

    try:
        return insights.behind(
            point.asked,
            log=insights.current_log(),
            start=point.start,
            group=point.group,
            offset=offset,
            limit=limit,
            only=point.only,
            now=timezone.now(),
        )
    except UnknownPoint as error:
        raise Http404 from error


def _start(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("start", ""))
    except ValueError:
        return None


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the address's fields that say which point is meant."""
    names = ("key", "first", "last", "grain", "by", "source", "bots", "no_staff", "start", "group")
    return [(name, request.GET[name]) for name in names if name in request.GET]


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
