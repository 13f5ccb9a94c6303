"""The explorer's question, read from the address."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juluo.analytics.catalog import METRICS
from juluo.analytics.definition import Metric
from juluo.analytics.question import Filters, Grain

GRAINS = [
    (Grain.DAY.value, _("Day")),
    (Grain.WEEK.value, _("Week")),
    (Grain.MONTH.value, _("Month")),
    (Grain.WINDOW.value, _("Whole window")),
]
DIMENSIONS = {
    "space": _("Space"),
    "source": _("Source"),
    "kind": _("Kind of content"),
    "language": _("Language"),
    "cohort": _("First month"),
    "band": _("Activity band"),
    "channel": _("Channel of arrival"),
}
COMPARISONS = [
    ("", _("Nothing")),
    ("before", _("The window before")),
    ("year", _("The same days a year ago")),
]
SUBJECTS = {
    "members": _("Members"),
    "participation": _("Participation"),
    "content": _("Content"),
    "interaction": _("Interaction"),
    "response": _("Answering"),
    "newcomers": _("Newcomers"),
    "concentration": _("Concentration"),
    "influence": _("Influence"),
    "spaces": _("Spaces"),
    "rhythm": _("Rhythm"),
}
LONGEST_DAYS = 366 * 20
IN_CALENDAR = [
    MinValueValidator(date(1900, 1, 1)),
    MaxValueValidator(date(2199, 12, 31)),
]


def metric_choices(language: str) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Return the metrics by subject, titled in this language."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for key, each in METRICS.items():
        grouped.setdefault(key.partition(".")[0], []).append(
            (key, each.title.in_language(language))
        )
    return [(SUBJECTS.get(subject, subject), group) for subject, group in grouped.items()]


class QuestionForm(forms.Form):
    """Metric, window, grain, split and comparison. ``last`` is the last day counted."""

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
    grain = forms.ChoiceField(label=_("Cut by"), choices=GRAINS, required=False)
    by = forms.ChoiceField(label=_("Split by"), required=False)
    compare = forms.ChoiceField(label=_("Compare with"), choices=COMPARISONS, required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)
    bots = forms.BooleanField(label=_("Count bots too"), required=False)
    no_staff = forms.BooleanField(label=_("Leave staff out"), required=False)

    def __init__(self, *args: Any, language: str, sources: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adjusted: list[str] = []
        self._field("key").choices = metric_choices(language)
        self._field("by").choices = [("", _("Nothing")), *DIMENSIONS.items()]
        self._field("source").choices = [("", _("All")), *((each, each) for each in sources)]

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        return field

    def clean(self) -> dict[str, Any]:
        """Check the window, and fit grain and split to what the metric can be asked."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A window can have twenty years at the most."))
        if "key" in values:
            self._fit(METRICS[values["key"]], values)
        return values

    def _fit(self, definition: Metric, values: dict[str, Any]) -> None:
        """Fit grain, split and comparison to the metric; ``adjusted`` says what could not be."""
        grains = dict(GRAINS)
        if values.get("grain") not in definition.grains:
            values["grain"] = definition.grains[0].value
            words = gettext("This metric is not cut that way. Possible: %(choices)s.")
            choices = ", ".join(str(grains[each.value]) for each in definition.grains)
            self.adjusted.append(words % {"choices": choices})
        if values.get("by") and values["by"] not in definition.dimensions:
            values["by"] = ""
            choices = ", ".join(str(DIMENSIONS[each]) for each in definition.dimensions)
            words = gettext("This metric is not split that way. Possible: %(choices)s.")
            if not choices:
                words = gettext("This metric cannot be split.")
            self.adjusted.append(words % {"choices": choices})
        if values.get("by") and values.get("compare"):
            self.adjusted.append(gettext("A figure that is split is not compared."))
        values.setdefault("by", "")

    @property
    def start(self) -> date:
        """The first day counted."""
        start: date = self.cleaned_data["first"]
        return start

    @property
    def end(self) -> date:
        """The first day not counted."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)

    @property
    def cut(self) -> Grain:
        """How the window is cut."""
        return Grain(self.cleaned_data["grain"])

    @property
    def filters(self) -> Filters:
        """Who and what is counted."""
        source = self.cleaned_data.get("source")
        return Filters(
            include_bots=self.cleaned_data["bots"],
            exclude_staff=self.cleaned_data["no_staff"],
            sources=(source,) if source else (),
        )
