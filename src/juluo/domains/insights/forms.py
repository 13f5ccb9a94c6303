"""Input about alerts and notes on the time axis."""

from collections.abc import Mapping
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
from juluo.domains.insights.models import Alert, Annotation, Dashboard, Firing, SavedView
from juluo.domains.members import queries as members
from juluo.ui.form_fields import day_field, offer

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


_STUDY = ("window", "first", "last", "space", "source", "no_staff")
# The fields of each page of the explorer that a saved view keeps.
VIEW_FIELDS = {
    SavedView.Kind.FIGURE: (*_STUDY, "key", "grain", "by", "bots"),
    SavedView.Kind.COHORTS: (*_STUDY, "grain"),
    SavedView.Kind.FUNNEL: (*_STUDY, *(f"step{n}" for n in range(1, 7)), "within"),
    SavedView.Kind.MOVEMENT: _STUDY,
    SavedView.Kind.COMPARISON: (*_STUDY, "by", "sort"),
}


def fields_of_view(kind: str, given: Mapping[str, Any]) -> dict[str, str]:
    """Return what an address asks of a page of the explorer, and nothing else."""
    names = VIEW_FIELDS[SavedView.Kind(kind)]
    return {name: str(given[name])[:100] for name in names if given.get(name)}


class ViewForm(forms.Form):
    """A title for what the explorer asks, and whether its days move."""

    title = forms.CharField(label=_("Title"), max_length=120)
    window = forms.ChoiceField(label=_("Days"), required=False)
    shared = forms.BooleanField(label=_("Show it to all staff"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        """Offer the live windows; sharing to those who may."""
        super().__init__(*args, **kwargs)
        windows = queries.live_window_words().items()
        offer(self, "window", [("", _("These days, for good")), *windows])
        if not may_share:
            del self.fields["shared"]

    def with_window(self, asked: dict[str, str]) -> dict[str, str]:
        """Return what is asked with the window chosen; as it came where none is."""
        window = self.cleaned_data.get("window", "") if self.is_bound and self.is_valid() else None
        if window is None:
            return asked
        kept = {name: value for name, value in asked.items() if name != "window"}
        if not window:
            return kept
        return {**{k: v for k, v in kept.items() if k not in {"first", "last"}}, "window": window}


class NewDashboardForm(forms.Form):
    """A dashboard begins with its title."""

    title = forms.CharField(label=_("Title"), max_length=120)


class DashboardForm(forms.Form):
    """A dashboard's title, and who sees it."""

    title = forms.CharField(label=_("Title"), max_length=120)
    shared = forms.BooleanField(label=_("Show it to all staff"), required=False)

    def __init__(self, *args: Any, board: Dashboard, may_share: bool, **kwargs: Any) -> None:
        """Begin with what is."""
        initial = {"title": board.title, "shared": board.is_shared}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self._was_shared = board.is_shared
        if not may_share:
            del self.fields["shared"]

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        shared = self.cleaned_data.get("shared", self._was_shared)
        return {"title": self.cleaned_data["title"], "shared": shared}


class ScheduleForm(forms.Form):
    """When a dashboard's figures are sent, to whom, and until when."""

    rhythm = forms.ChoiceField(label=_("Send it"), required=False)
    readers = forms.TypedMultipleChoiceField(
        label=_("To"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    last_on = day_field(
        _("Until"), required=False, help_text=_("Left empty, until somebody ends it.")
    )

    def __init__(self, *args: Any, board: Dashboard, **kwargs: Any) -> None:
        """Begin with what is; offer staff who see the dashboard."""
        readers = list(board.readers.values_list("member_id", flat=True))
        initial = {"rhythm": board.rhythm, "readers": readers, "last_on": board.last_on}
        super().__init__(*args, **{**kwargs, "initial": initial})
        staff = [each for each in members.staff() if board.is_shared or each[0] == board.owner_id]
        offer(self, "readers", staff)
        offer(self, "rhythm", [("", _("Never")), *Dashboard.Rhythm.choices])

    def clean(self) -> dict[str, Any]:
        """Check that somebody is told."""
        values = super().clean() or {}
        if values.get("rhythm") and not values.get("readers") and "readers" not in self.errors:
            self.add_error("readers", _("Choose at least one member of staff."))
        return values

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        given = self.cleaned_data
        return {
            "rhythm": given["rhythm"],
            "reader_ids": given["readers"],
            "last_on": given["last_on"],
        }
