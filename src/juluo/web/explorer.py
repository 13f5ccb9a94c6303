"""The metric explorer: any figure, over any window, with its definition and evidence."""

import csv
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.catalog.notes import NOTES
from juluo.analytics.definition import Metric
from juluo.analytics.question import Answer, Grain, Question
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.domains.members import queries as members
from juluo.lib.spreadsheet_cells import harmless
from juluo.ui.access import requires
from juluo.web.explorer_tabs import explorer_tabs, save_address
from juluo.web.question_form import QuestionForm

DEFAULT_DAYS = 182


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with its answer, and the earlier one it is compared with."""

    question: Question
    answer: Answer
    against: Answer | None
    sentences: tuple[str, ...]


def asked_form(given: QueryDict) -> QuestionForm:
    """Return the form over the address; where it says nothing, the usual question."""
    values = given.copy()
    last = queries.last_local_day() or queries.local_today(now=timezone.now())
    for name, usual in {
        "key": "members.active",
        "first": (last - timedelta(days=DEFAULT_DAYS)).isoformat(),
        "last": last.isoformat(),
        "grain": "week",
    }.items():
        if not values.get(name):
            values[name] = usual
    form = QuestionForm(values, language=get_language() or "en", sources=members.sources())
    if form.is_valid():
        # The fields show what was asked in the end.
        for name in ("grain", "by"):
            values[name] = form.cleaned_data[name]
    return form


def question_of(form: QuestionForm) -> Question:
    """Return the question of a valid form."""
    return queries.question(
        form.cleaned_data["key"],
        start=form.start,
        end=form.end,
        grain=form.cut,
        by=form.cleaned_data["by"] or None,
        filters=form.filters,
    )


@require_safe
@requires(permissions.can_see_metrics)
def explorer(request: HttpRequest) -> HttpResponse:
    """Ask one metric and show chart, table, definition and evidence."""
    form = asked_form(request.GET)
    if not form.is_valid():
        tabs = explorer_tabs("web:explorer")
        return render(request, "web/explorer.html", {"form": form, "tabs": tabs}, status=200)
    asked = _ask(form)
    if request.GET.get("format") == "csv":
        return _csv(request, asked)
    language = get_language() or "en"
    definition = metric(asked.question.key)
    context = {
        "form": form,
        "tabs": explorer_tabs("web:explorer"),
        "asked": asked,
        "definition": _definition(definition, language),
        "shown": queries.shown(asked.answer, language=language, against=asked.against),
        "save_url": save_address("figure", asked_fields(form)),
        "records_url": records_address(form),
        "kept_fields": asked_fields(form).items(),
        "may_explain": asked.question.key in queries.explainable(),
        "command": queries.command(asked.question).split(" --"),
        "compared": queries.window_words(asked.against, language=language) if asked.against else "",
        "adjusted": form.adjusted,
        "filters": queries.filter_words(asked.question.filters),
        "notes": [NOTES[key].in_language(language) for key in asked.answer.note_keys],
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/explorer.html", context)


def _ask(form: QuestionForm) -> Asked:
    asked = question_of(form)
    log, now = queries.current_log(), timezone.now()
    answer = queries.ask(asked, log=log, now=now)
    compare = form.cleaned_data["compare"]
    against = None
    language = get_language() or "en"
    today = queries.local_today(now=now)
    sentences = [queries.latest_sentence(answer, today=today, language=language)]
    if compare and not asked.by:
        start, end = _earlier(asked, compare)
        earlier = replace(asked, start=start, end=end)
        against = queries.ask(earlier, log=log, now=now)
        if Grain.WINDOW in metric(asked.key).grains:
            wholes = [
                queries.ask(replace(each, grain=Grain.WINDOW), log=log, now=now)
                for each in (asked, earlier)
            ]
            sentences.append(queries.window_sentence(*wholes, language=language))
    return Asked(
        question=asked,
        answer=answer,
        against=against,
        sentences=tuple(each for each in sentences if each),
    )


def _earlier(asked: Question, compare: str) -> tuple[date, date]:
    """Return the window to compare with: as many days before, or 52 weeks ago."""
    shift = timedelta(weeks=52) if compare == "year" else asked.end - asked.start
    return asked.start - shift, asked.end - shift


def _definition(definition: Metric, language: str) -> dict[str, str]:
    return {
        "key": definition.key,
        "version": str(definition.version),
        "title": definition.title.in_language(language),
        "question": definition.question.in_language(language),
        "formula": definition.formula.in_language(language),
    }


def records_address(form: QuestionForm) -> str:
    """Return the address of the records behind the form's points, without start and group."""
    return f"{reverse('web:records')}?{urlencode(asked_fields(form))}"


def asked_fields(form: QuestionForm) -> dict[str, str]:
    """Return the fields that make the form's question, as an address or a form sends them."""
    kept = {
        name: form.cleaned_data[name]
        for name in ("key", "first", "last", "grain", "by", "source", "bots", "no_staff")
        if form.cleaned_data.get(name)
    }
    return {name: "on" if value is True else str(value) for name, value in kept.items()}


def _csv(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Return exactly the table on the page, safe to open in a spreadsheet."""
    if not permissions.can_export_metrics(request.user):
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{asked.question.key}-{asked.question.start}-{asked.question.end}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    further = queries.further_titles(asked.answer)
    head = [_("Start"), _("Group"), _("Value"), _("Part"), _("Whole"), *further]
    writer.writerow(head)
    labels = queries.group_labels(asked.answer)
    for point in asked.answer.points:
        label = labels.get(point.group or "", point.group or "")
        numbers = [point.value, point.part, point.whole, *(value for _name, value in point.row)]
        writer.writerow([point.start, harmless(label), *(_cell(each) for each in numbers)])
    return response


def _cell(value: float | str | None) -> float | str | None:
    """Return a cell that a spreadsheet reads as it is: whole numbers whole, words harmless."""
    if isinstance(value, str):
        return harmless(value)
    return int(value) if value is not None and float(value).is_integer() else value


@require_safe
@requires(permissions.can_see_metrics)
def catalog(request: HttpRequest) -> HttpResponse:
    """List every metric with its question and definition."""
    language = get_language() or "en"
    rows = [_definition(each, language) for each in METRICS.values()]
    return render(request, "web/catalog.html", {"rows": rows})
