"""Kept figures: an address that stays, what was said, and what the same question gives today."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from juluo.analytics.catalog import METRICS
from juluo.analytics.catalog.notes import NOTES
from juluo.analytics.question import Answer, Question
from juluo.domains.insights import queries, services
from juluo.domains.members import permissions
from juluo.domains.members.types import Member
from juluo.lib import figures
from juluo.ui.access import requires
from juluo.web.explorer import asked_form, question_of

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A figure that is not what it was, in words."""

    label: str
    group: str
    then: str
    now: str


@require_POST
@requires(permissions.can_see_metrics)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the explorer shows, and go to its address."""
    form = asked_form(request.POST)
    if not form.is_valid():
        raise Http404
    now = timezone.now()
    answer = queries.ask(question_of(form), log=queries.current_log(), now=now)
    kept = services.keep(answer, actor_id=cast("Member", request.user).pk, at=now)
    return redirect("web:kept", kept.key)


@require_safe
@requires(permissions.can_see_metrics)
def kept(request: HttpRequest, figure_key: str) -> HttpResponse:
    """Show a kept answer, its definition and evidence, and whether it still holds."""
    try:
        found = queries.evidence(figure_key, now=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    language = get_language() or "en"
    answer = found.answer
    context = {
        "found": found,
        "title": _title(answer, language),
        "definition": _definition(answer, language),
        "window": queries.window_words(answer, language=language),
        "grain": queries.grain_words(answer.question.grain),
        "shown": queries.shown(answer, language=language),
        "changed": _changed(found, language),
        "filters": queries.filter_words(answer.question.filters),
        "notes": [NOTES[each].in_language(language) for each in answer.note_keys],
        "command": queries.command(answer.question).split(" --"),
        "records_url": _explorer_address("web:records", answer.question),
        "explorer_url": _explorer_address("web:explorer", answer.question),
        "address": request.build_absolute_uri(),
    }
    return render(request, "web/kept.html", context)


@require_safe
@requires(permissions.can_see_metrics)
def kept_list(request: HttpRequest) -> HttpResponse:
    """List the figures that were kept, newest first."""
    text = request.GET.get("offset", "0")
    offset = int(text) if text.isdecimal() and len(text) < 8 else 0
    language = get_language() or "en"
    found = queries.kept_answers(offset=offset, limit=PAGE + 1)
    rows = [
        {
            "key": each.key,
            "title": _title(each.answer, language),
            "window": queries.window_words(each.answer, language=language),
            "as_of": each.as_of,
            "kept_by": each.kept_by,
        }
        for each in found[:PAGE]
    ]
    context = {
        "rows": rows,
        "newer": max(offset - PAGE, 0) if offset else None,
        "older": offset + PAGE if len(found) > PAGE else None,
    }
    return render(request, "web/kept_list.html", context)


def _title(answer: Answer, language: str) -> str:
    definition = METRICS.get(answer.question.key)
    return definition.title.in_language(language) if definition else answer.question.key


def _definition(answer: Answer, language: str) -> dict[str, Any]:
    definition = METRICS.get(answer.question.key)
    told = {"key": answer.question.key, "version": answer.version, "question": "", "formula": ""}
    if definition is not None:
        told["question"] = definition.question.in_language(language)
        told["formula"] = definition.formula.in_language(language)
    return told


def _changed(found: queries.Evidence, language: str) -> list[Changed]:
    answer = found.answer
    labels = queries.group_labels(answer)
    return [
        Changed(
            label=queries.long_label(each.point.start, answer.question.grain, language=language),
            group=labels.get(each.point.group or "", each.point.group or ""),
            then=figures.figure(each.then, answer.unit, language=language),
            now=figures.figure(each.now, answer.unit, language=language),
        )
        for each in found.differences
    ]


def _explorer_address(name: str, asked: Question) -> str:
    """Return the address that asks again; "" where the explorer has no field for a filter."""
    filters = asked.filters
    if filters.spaces or filters.by_joined or len(filters.sources) > 1:
        return ""
    last = asked.end - timedelta(days=1)
    given = {
        "key": asked.key,
        "first": asked.start.isoformat(),
        "last": last.isoformat(),
        "grain": asked.grain.value,
        "by": asked.by or "",
        "source": filters.sources[0] if filters.sources else "",
        "bots": "on" if filters.include_bots else "",
        "no_staff": "on" if filters.exclude_staff else "",
    }
    return f"{reverse(name)}?{urlencode({name: value for name, value in given.items() if value})}"
