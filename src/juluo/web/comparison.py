"""Spaces or sources side by side, ranked by one of their figures."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import metric
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.lib import figures
from juluo.ui.access import requires
from juluo.ui.form_fields import offer
from juluo.web.explorer_tabs import explorer_tabs, save_address
from juluo.web.members_behind import table_file
from juluo.web.study_form import StudyForm, with_days

USUAL_DAYS = 28
USUAL_SORT = "content.contributions"


class ComparisonForm(StudyForm):
    """What is set side by side, and by which figure it is ranked."""

    by = forms.ChoiceField(
        label=gettext_lazy("Compare"),
        choices=[("space", gettext_lazy("Spaces")), ("source", gettext_lazy("Sources"))],
    )
    sort = forms.ChoiceField(label=gettext_lazy("Ranked by"))
    field_order = ("by", "sort", "window", "first", "last", "space", "source", "no_staff")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Offer the figures that are compared."""
        super().__init__(*args, **kwargs)
        titles = [(key, metric(key).title.in_language(language)) for key in queries.COMPARED_KEYS]
        offer(self, "sort", titles)


@require_safe
@requires(permissions.can_see_metrics)
def compare(request: HttpRequest) -> HttpResponse:
    """Show the groups, each with its figures, their change and a trend."""
    language = get_language() or "en"
    values = with_days(request.GET, usual_days=USUAL_DAYS)
    values.setdefault("by", "space")
    values.setdefault("sort", USUAL_SORT)
    form = ComparisonForm(values, language=language)
    context: dict[str, Any] = {"form": form, "tabs": explorer_tabs("web:compare")}
    if not form.is_valid():
        return render(request, "web/compare.html", context, status=422)
    log = queries.current_log()
    start, end = form.days
    found = queries.compared(
        by=form.cleaned_data["by"],
        start=start,
        end=end,
        sort=form.cleaned_data["sort"],
        filters=form.filters,
        log=log,
        now=timezone.now(),
        language=language,
    )
    if request.GET.get("format") == "csv":
        return _csv(request, found)
    context |= {
        "save_url": save_address("comparison", form.asked()),
        "found": found,
        "before": figures.days(*found.before, language=language),
        "definitions": [f"{title}: {formula}" for _key, title, formula in found.columns],
        "filters": queries.filter_words(form.filters),
        "data_version": log.data_version,
        "zone": log.timezone,
        "all_queries": ";\n\n".join(each.query for each in found.answers),
        "explorer": {"first": start.isoformat(), "last": form.cleaned_data["last"].isoformat()},
        "may_export": permissions.can_export_metrics(request.user),
    }
    return render(request, "web/compare.html", context)


def _csv(request: HttpRequest, found: queries.Comparison) -> HttpResponse:
    if not permissions.can_export_metrics(request.user):
        raise Http404
    titles = [title for _key, title, _formula in found.columns]
    head = [_("Group"), *titles, *(_("%(title)s, before") % {"title": each} for each in titles)]
    rows = [
        [row.label, *(c.value for c in row.cells), *(c.before for c in row.cells)]
        for row in found.rows
    ]
    return table_file(f"compare-{found.start}-{found.end}", head, rows)
