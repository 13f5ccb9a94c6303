"""Input about alerts and notes on the time axis."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.question import Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries
from juluo.domains.insights.models import Alert, Annotation, Firing
from juluo.domains.members import queries as members

GRAINS = [
    (Grain.DAY.value, _("Day")),
    (Grain.WEEK.value, _("Week")),
    (Grain.MONTH.value, _("Month")),
]
IN_CALENDAR = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2190, 12, 31))]
# The usual width of an alert's ordinary range, in sigmas.
USUAL_WIDTH = 3.0


class AlertForm(forms.Form):
    """What to watch, when to tell, and whom. A share is written in percent."""

    metric = forms.ChoiceField(label=_("Metric"))
    grain = forms.ChoiceField(label=_("Looked at by"), choices=GRAINS, initial="week")
    space = forms.TypedChoiceField(label=_("Only in"), coerce=int, empty_value=None, required=False)
    exclude_staff = forms.BooleanField(label=_("Leave staff out"), required=False)
    rule = forms.ChoiceField(label=_("Tell when"), choices=Alert.Rule, initial="anomaly")
    side = forms.ChoiceField(label=_("Which way"), choices=Alert.Side, initial="both")
    value = forms.FloatField(
        label=_("Limit"),
        required=False,
        help_text=_(
            "The limit itself; for a sharp change the percentage; for the extraordinary the width "
            "of the ordinary range in standard deviations (3 if left empty)."
        ),
    )
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Proposed if left empty.")
    )
    owner = forms.TypedChoiceField(label=_("Who is told"), coerce=int)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        """Offer what can be watched, the spaces, and staff."""
        super().__init__(*args, **kwargs)
        watchable = [(each.key, each.title.in_language(language)) for each in queries.watchable()]
        spaces = sorted(discussions.space_names().items(), key=lambda each: each[1])
        self._offer("metric", watchable)
        self._offer("space", [("", _("The whole community")), *spaces])
        self._offer("owner", members.staff())
        self._language = language

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Check that metric, grain, rule and limit go together."""
        values = super().clean() or {}
        key, grain, rule = (values.get(name) for name in ("metric", "grain", "rule"))
        if key and grain and Grain(grain) not in metric(key).grains:
            self.add_error("grain", _("This metric cannot be cut this way."))
        if rule == "threshold" and values.get("side") == "both":
            self.add_error("side", _("A limit is passed one way: choose above or below."))
        if rule and values.get("value") is None:
            if rule == "anomaly":
                values["value"] = USUAL_WIDTH
            else:
                self.add_error("value", _("Say the limit."))
        self._check_size(values)
        return values

    def _check_size(self, values: dict[str, Any]) -> None:
        value, rule = values.get("value"), values.get("rule")
        if value is None:
            return
        if rule == "anomaly" and not 1 <= value <= 10:
            self.add_error("value", _("A width between 1 and 10 makes sense."))
        if rule == "change" and not 0 < value <= 1000:
            self.add_error("value", _("A change is a percentage above zero."))

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        values = self.cleaned_data
        key, rule, value = values["metric"], values["rule"], values["value"]
        space = values["space"]
        return {
            "metric_key": key,
            "grain": values["grain"],
            "rule": rule,
            "side": values["side"],
            "value": queries.limit_stored(key, rule, value),
            "filters": {
                **({"spaces": [space]} if space else {}),
                **({"exclude_staff": True} if values["exclude_staff"] else {}),
            },
        }

    @property
    def chosen_title(self) -> str:
        """The title that was given, or one that says what is watched."""
        given: str = self.cleaned_data["title"]
        if given:
            return given
        key = self.cleaned_data["metric"]
        rule = dict(Alert.Rule.choices)[self.cleaned_data["rule"]]
        return f"{METRICS[key].title.in_language(self._language)} · {rule}"


class ChangeAlertForm(forms.Form):
    """A new title or owner for an alert."""

    title = forms.CharField(label=_("Title"), max_length=200)
    owner = forms.TypedChoiceField(label=_("Who is told"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer staff."""
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        if isinstance(field, forms.ChoiceField):
            field.choices = members.staff()


class DecisionForm(forms.Form):
    """What an episode was worth."""

    outcome = forms.ChoiceField(choices=Firing.Outcome)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class AnnotationForm(forms.Form):
    """What happened, and when."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Annotation.Kind)
    words = forms.CharField(label=pgettext_lazy("annotation", "What happened"), max_length=300)
    first = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_CALENDAR,
    )
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Only if it lasted longer than a day."),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=IN_CALENDAR,
    )

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        return values

    @property
    def end(self) -> date | None:
        """The first day that is no longer covered; None for a single day."""
        last: date | None = self.cleaned_data["last"]
        return last + timedelta(days=1) if last else None
