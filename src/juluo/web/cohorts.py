"""Cohorts: of those who began together, who is still active, and who they are."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.calendar import date_of
from juluo.analytics.catalog import metric
from juluo.analytics.cohorts import cell_days, starts_of
from juluo.analytics.question import Grain, Question
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.lib import figures
from juluo.ui.access import requires
from juluo.web.explorer_tabs import explorer_tabs, save_address
from juluo.web.members_behind import Column, Listed, listed_page, offset_of, table_file
from juluo.web.study_form import StudyForm, with_days

USUAL_DAYS = 365
OLDEST_AGE = 400
STATES = {"stayed": True, "left": False, "all": None}


class CohortsForm(StudyForm):
    """The window that the cohorts begin in, and how they are cut."""

    grain = forms.ChoiceField(
        label=gettext_lazy("Cohorts by"),
        choices=[("month", gettext_lazy("Month")), ("week", gettext_lazy("Week"))],
    )
    field_order = ("window", "first", "last", "grain", "space", "source", "no_staff")

    def clean(self) -> dict[str, Any]:
        """Check that a page can show the cohorts."""
        values = super().clean()
        if self.errors:
            return values
        start, end = self.days
        if queries.too_many_cohorts(start, end, Grain(values["grain"])):
            words = gettext_lazy("These are more than 60 cohorts. Choose fewer days, or months.")
            self.add_error("last", words)
        return values


def form_of(request: HttpRequest) -> CohortsForm:
    """Return the form over the address; where it says nothing, the last year by month."""
    values = with_days(request.GET, usual_days=USUAL_DAYS)
    values.setdefault("grain", "month")
    return CohortsForm(values)


def question_of(form: CohortsForm) -> Question:
    """Return the question of a valid form."""
    start, end = form.days
    return queries.cohorts_question(
        start=start,
        end=end,
        grain=Grain(form.cleaned_data["grain"]),
        filters=form.filters,
        timezone=queries.current_log().timezone,
    )


@require_safe
@requires(permissions.can_see_metrics)
def cohorts(request: HttpRequest) -> HttpResponse:
    """Show the triangle, its curves, definition and evidence."""
    form = form_of(request)
    context: dict[str, Any] = {"form": form, "tabs": explorer_tabs("web:cohorts")}
    if not form.is_valid():
        return render(request, "web/cohorts.html", context, status=422)
    language = get_language() or "en"
    asked = question_of(form)
    found = queries.cohorts(asked, log=queries.current_log(), now=timezone.now(), language=language)
    if request.GET.get("format") == "csv":
        return _csv(request, found)
    definition = metric(asked.key)
    context |= {
        "found": found,
        "definition_lines": [definition.formula.in_language(language)],
        "question": definition.question.in_language(language),
        "version": definition.version,
        "filters": queries.filter_words(asked.filters),
        "command": queries.command(asked).split(" --"),
        "save_url": save_address("cohorts", form.asked()),
        "members_url": f"{reverse('web:cohort_members')}?{urlencode(form.asked())}",
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/cohorts.html", context)


def _csv(request: HttpRequest, found: queries.CohortsShown) -> HttpResponse:
    if not permissions.can_export_metrics(request.user):
        raise Http404
    asked = found.answer.question
    head = [_("Cohort"), _("Members"), _("Age"), _("Active"), _("Share"), _("Low"), _("High")]
    rows = [
        [each.start.isoformat(), each.size, c.age, c.part, c.share, c.low, c.high]
        for each in found.triangle.cohorts
        for c in each.cells
    ]
    return table_file(f"cohorts-{asked.start}-{asked.end}", head, rows)


@require_safe
@requires(permissions.can_see_metrics)
def cohort_members(request: HttpRequest) -> HttpResponse:
    """List a cohort's members who were active at one age, or who were not."""
    form = form_of(request)
    start, age = _day(request), request.GET.get("age", "0")
    state = request.GET.get("state", "all")
    if not form.is_valid() or start is None or not age.isdecimal() or state not in STATES:
        raise Http404
    asked = question_of(form)
    if start not in starts_of(asked) or int(age) > OLDEST_AGE:
        raise Http404
    language = get_language() or "en"

    def found(offset: int, limit: int) -> Any:
        return queries.members_of_cohort(
            asked,
            log=queries.current_log(),
            now=timezone.now(),
            start=start,
            age=int(age),
            stayed=STATES[state],
            offset=offset,
            limit=limit,
        )

    here = cell_days(asked, start, int(age))
    words = {
        "cohort": queries.long_label(start, asked.grain, language=language),
        "days": figures.days(date_of(here.start), date_of(here.end), language=language),
    }
    listed = Listed(
        key="members.retention",
        title=_title(state) % words,
        back=reverse("web:cohorts"),
        back_label=_("Cohorts"),
        columns=(
            Column("first", _("First active"), "day"),
            Column("last", _("Last active"), "day"),
            Column("days", _("Active days then"), "number"),
        ),
        states=tuple((name, _state_words()[name]) for name in STATES),
        filters=queries.filter_words(asked.filters),
    )
    return listed_page(request, listed, found, offset_of(request))


def _title(state: str) -> str:
    return {
        "stayed": _("Began in %(cohort)s, active %(days)s"),
        "left": _("Began in %(cohort)s, not active %(days)s"),
        "all": _("Began in %(cohort)s"),
    }[state]


def _state_words() -> dict[str, str]:
    return {"stayed": _("Stayed"), "left": _("Not active then"), "all": _("The whole cohort")}


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("start", ""))
    except ValueError:
        return None
