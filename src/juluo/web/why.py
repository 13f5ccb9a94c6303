"""Why did a figure move: the diagnosis of one metric in one window."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Filters, Grain
from juluo.domains.insights import queries
from juluo.domains.members import permissions
from juluo.domains.members import queries as members
from juluo.ui.access import requires
from juluo.ui.form_fields import offer
from juluo.web.question_form import IN_CALENDAR, SUBJECTS

USUAL_KEY = "content.contributions"
LONGEST_DAYS = 366
AGAINST = [("before", _("The window before")), ("year", _("The same days a year ago"))]


class WhyForm(forms.Form):
    """Metric, window and what it is compared with."""

    key = forms.ChoiceField(label=_("Metric"))
    first = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_CALENDAR,
    )
    last = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_CALENDAR,
    )
    against = forms.ChoiceField(label=_("Compare with"), choices=AGAINST, required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Offer the metrics that can be taken apart."""
        super().__init__(*args, **kwargs)
        offer(self, "key", _choices(language))
        offer(self, "source", [("", _("All")), *((each, each) for each in members.sources())])

    def clean(self) -> dict[str, Any]:
        """Check the window."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        if first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("A window to explain can have a year at the most."))
        return values

    @property
    def days(self) -> tuple[date, date]:
        """The days ``[start, end)`` to explain."""
        values = self.cleaned_data
        return values["first"], values["last"] + timedelta(days=1)

    @property
    def compared(self) -> tuple[date, date]:
        """The days ``[start, end)`` they are compared with."""
        start, end = self.days
        if self.cleaned_data["against"] == "year":
            year = timedelta(weeks=52)
            return start - year, end - year
        return queries.window_before(start, end)


def _choices(language: str) -> list[tuple[Any, list[tuple[str, str]]]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for key in queries.explainable():
        title = METRICS[key].title.in_language(language)
        grouped.setdefault(key.partition(".")[0], []).append((key, title))
    return [(SUBJECTS.get(subject, subject), group) for subject, group in grouped.items()]


def _given(request: HttpRequest) -> QueryDict:
    """Return what the address asks; where it says nothing, the last complete month."""
    values = request.GET.copy()
    last = queries.period(Grain.MONTH, now=timezone.now())
    for name, usual in {
        "key": USUAL_KEY,
        "first": last.start.isoformat(),
        "last": (last.end - timedelta(days=1)).isoformat(),
        "against": "before",
    }.items():
        if not values.get(name):
            values[name] = usual
    return values


@require_safe
@requires(permissions.can_see_metrics)
def why(request: HttpRequest) -> HttpResponse:
    """Show what was to be expected, what moved by itself, and the parts of the change."""
    language = get_language() or "en"
    form = WhyForm(_given(request), language=language)
    if not form.is_valid():
        return render(request, "web/why.html", {"form": form}, status=422)
    found = explained(form)
    context = {
        "form": form,
        "found": queries.why_shown(found, language=language),
        "explorer": {
            "key": form.cleaned_data["key"],
            "first": form.cleaned_data["first"].isoformat(),
            "last": form.cleaned_data["last"].isoformat(),
            "source": form.cleaned_data["source"],
        },
        "definition": METRICS[form.cleaned_data["key"]].formula.in_language(language),
        "data_version": queries.current_log().data_version,
    }
    return render(request, "web/why.html", context)


def explained(form: WhyForm) -> queries.Why:
    """Return the diagnosis that a valid form asks for."""
    start, end = form.days
    source = form.cleaned_data["source"]
    log = queries.current_log()
    asked = queries.question(
        form.cleaned_data["key"],
        start=start,
        end=end,
        grain=Grain.WINDOW,
        timezone=log.timezone,
        filters=Filters(sources=(source,) if source else ()),
    )
    return queries.why(asked, against=form.compared, log=log, now=timezone.now())
