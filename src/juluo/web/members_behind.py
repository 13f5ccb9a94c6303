"""The members behind a cell of a study: a page of links, or a file that the audit knows of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juluo.analytics.calendar import date_of, datetime_of
from juluo.analytics.people import People
from juluo.domains.members import permissions, services
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.lib import figures
from juluo.lib.spreadsheets import csv_text

PAGE = 50
DEEPEST = 100_000
MOST_EXPORTED = 20_000

Find = Callable[[int, int], People]


@dataclass(frozen=True)
class Column:
    """What a study says of each member: a field of its rows, its title, and how it reads."""

    name: str
    title: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What is listed, and from where; ``states`` are the neighbouring lists by ``?state=``."""

    key: str
    title: str
    back: str
    back_label: str
    columns: tuple[Column, ...]
    filters: str
    states: tuple[tuple[str, str], ...] = ()


def offset_of(request: HttpRequest) -> int:
    """Return where in the list a page begins."""
    text = request.GET.get("offset", "0")
    return min(int(text), DEEPEST) if text.isdecimal() and len(text) < 8 else 0


def listed_page(request: HttpRequest, listed: Listed, find: Find, offset: int) -> HttpResponse:
    """Show one page of the members, or send them all as a file."""
    if request.GET.get("format") == "csv":
        return _file(request, listed, find(0, MOST_EXPORTED))
    language = get_language() or "en"
    found = find(offset, PAGE)
    names = members.names({row["member_id"] for row in found.rows})
    rows = [
        {
            "id": row["member_id"] if row["member_id"] in names else None,
            "name": names.get(row["member_id"], _("a former member")),
            "cells": [_words(row[each.name], each.kind, language) for each in listed.columns],
        }
        for row in found.rows
    ]
    context = {
        "listed": listed,
        "rows": rows,
        "total": found.total,
        "first": offset + 1 if rows else 0,
        "last": offset + len(rows),
        "newer": max(offset - PAGE, 0) if offset else None,
        "older": offset + PAGE if offset + PAGE < found.total else None,
        "query": found.query,
        "data_version": found.data_version,
        "state": request.GET.get("state", listed.states[-1][0] if listed.states else ""),
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/members_behind.html", context)


def _words(value: Any, kind: str, language: str) -> str:
    if value is None:
        return figures.NOTHING
    if kind == "day":
        return figures.day(date_of(value), language=language)
    if kind == "wait":
        return figures.duration(value / 1e6, language=language)
    return figures.number(value) if kind == "number" else str(value)


def _file(request: HttpRequest, listed: Listed, found: People) -> HttpResponse:
    if not permissions.can_export_metrics(request.user):
        raise Http404
    services.audit(
        actor_id=cast("Member", request.user).pk,
        action="insights.members_exported",
        subject=listed.key,
        details={"rows": len(found.rows)},
        at=timezone.now(),
    )
    names = members.names({row["member_id"] for row in found.rows})
    head = [_("Member"), _("Member’s number"), *(each.title for each in listed.columns)]
    rows = [
        [
            names.get(row["member_id"], ""),
            row["member_id"],
            *(_raw(row[each.name], each.kind) for each in listed.columns),
        ]
        for row in found.rows
    ]
    if found.total > len(rows):
        left_out = _("%(count)d more are not in this file.")
        rows.append([left_out % {"count": found.total - len(rows)}])
    return table_file(listed.key, head, rows)


def _raw(value: Any, kind: str) -> object:
    if value is None:
        return ""
    if kind == "day":
        return date_of(value).isoformat()
    return datetime_of(value).isoformat() if kind == "moment" else value


def table_file(name: str, head: Sequence[object], rows: Sequence[Sequence[object]]) -> HttpResponse:
    """Return a table as a CSV file."""
    response = HttpResponse(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
