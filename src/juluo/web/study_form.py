"""The fields that the explorer's studies share: days, space, source, who counts."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from juluo.analytics.question import Filters
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries
from juluo.domains.members import queries as members
from juluo.lib.live_windows import live_window
from juluo.ui.form_fields import offer
from juluo.web.question_form import IN_CALENDAR

LONGEST_DAYS = 366 * 5


class StudyForm(forms.Form):
    """A window, live or of chosen days, and who is counted where."""

    window = forms.ChoiceField(label=_("Days"), required=False)
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
    space = forms.TypedChoiceField(label=_("Space"), required=False, coerce=int, empty_value=None)
    source = forms.ChoiceField(label=_("Source"), required=False)
    no_staff = forms.BooleanField(label=_("Leave staff out"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the windows, spaces and sources there are."""
        super().__init__(*args, **kwargs)
        offer(self, "window", [("", _("Chosen days")), *queries.live_window_words().items()])
        spaces = sorted(discussions.space_names().items(), key=lambda each: each[1])
        offer(self, "space", [("", _("All")), *spaces])
        offer(self, "source", [("", _("All")), *((each, each) for each in members.sources())])

    def clean(self) -> dict[str, Any]:
        """Check the window."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and (last - first).days >= LONGEST_DAYS:
            self.add_error("last", _("A window can have five years at the most."))
        return values

    @property
    def days(self) -> tuple[date, date]:
        """The days ``[start, end)``."""
        return self.cleaned_data["first"], self.cleaned_data["last"] + timedelta(days=1)

    @property
    def filters(self) -> Filters:
        """Who and what is counted."""
        given = self.cleaned_data
        return Filters(
            exclude_staff=given["no_staff"],
            spaces=(given["space"],) if given["space"] else (),
            sources=(given["source"],) if given["source"] else (),
        )

    def asked(self) -> dict[str, str]:
        """Return what a valid form asks for, as an address says it."""
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        if found["window"]:
            del found["first"], found["last"]
        return {name: _plain(value) for name, value in found.items() if value}


def _plain(value: Any) -> str:
    return "on" if value is True else str(value)


def with_days(given: QueryDict, *, usual_days: int) -> QueryDict:
    """Return what an address asks, with the days of its live window, or else the usual days."""
    values = given.copy()
    today = queries.local_today(now=timezone.now())
    try:
        start, end = live_window(values.get("window", ""), today=today)
        values["first"] = start.isoformat()
        values["last"] = (end - timedelta(days=1)).isoformat()
    except ValueError:
        last = queries.last_local_day() or today
        usual = {"first": last - timedelta(days=usual_days - 1), "last": last}
        for name, day in usual.items():
            if not values.get(name):
                values[name] = day.isoformat()
    return values
