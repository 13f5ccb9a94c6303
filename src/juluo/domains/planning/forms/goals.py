"""Goals and targets typed in: a metric, a figure and a last day are enough."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from juluo.analytics.catalog import metric
from juluo.analytics.question import Filters, Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.members import queries as members
from juluo.domains.planning import queries
from juluo.domains.planning.models import Target
from juluo.domains.planning.rules import goals as rules
from juluo.domains.planning.rules.goals import Aim, Wanted
from juluo.ui.form_fields import day_field, offer

MEASURES = Target.Measure.choices
GRAINS = [
    ("", _("As suits the dates")),
    ("day", pgettext_lazy("period", "Day")),
    ("week", pgettext_lazy("period", "Week")),
    ("month", pgettext_lazy("period", "Month")),
]
# Figures larger than this are slips of the key.
LARGEST = 1e9
_TYPED = {"share": _("in percent"), "seconds": _("in hours")}


class TargetForm(forms.Form):
    """What is measured and where it should come to. A baseline left out is proposed."""

    metric = forms.ChoiceField(label=_("Metric"))
    value = forms.FloatField(
        label=_("Target"),
        min_value=0,
        max_value=LARGEST,
        help_text=_("Shares in percent, times in hours."),
    )
    measure = forms.ChoiceField(
        label=_("Measured as"), choices=MEASURES, required=False, initial=Target.Measure.LEVEL
    )
    grain = forms.ChoiceField(
        label=_("Period of a level"),
        choices=GRAINS,
        required=False,
        help_text=_("The last whole one before the goal ends counts."),
    )
    baseline = forms.FloatField(
        label=_("Baseline"),
        min_value=0,
        max_value=LARGEST,
        required=False,
        help_text=_("Left empty, the metric’s own last figure is taken."),
    )
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=100, required=False, initial=1
    )
    spaces = forms.TypedMultipleChoiceField(
        label=_("Only these spaces"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sources = forms.MultipleChoiceField(
        label=_("Only these sources"), required=False, widget=forms.CheckboxSelectMultiple
    )
    no_staff = forms.BooleanField(label=_("Leave staff out"), required=False)
    narrowing = ("spaces", "sources", "no_staff")

    def __init__(
        self, *args: Any, goal_days: tuple[date, date] | None = None, **kwargs: Any
    ) -> None:
        """Offer the metrics by family, and the community's spaces and sources."""
        super().__init__(*args, **kwargs)
        self.goal_days = goal_days
        offer(self, "metric", [("", _("Choose one …")), *metric_choices()])
        offer(self, "spaces", sorted(discussions.space_names().items(), key=lambda each: each[1]))
        offer(self, "sources", [(each, each) for each in members.sources()])

    def days(self) -> tuple[date, date] | None:
        """Return the goal's days, the end not counted."""
        return self.goal_days

    def clean(self) -> dict[str, Any]:
        """Check that the metric can be measured so over these days."""
        values = super().clean() or {}
        values["measure"] = values.get("measure") or Target.Measure.LEVEL
        values["weight"] = values.get("weight") or 1
        days = self.days()
        if "metric" in values and "value" in values and days:
            self._check(values, *days)
        return values

    def _check(self, values: dict[str, Any], start: date, end: date) -> None:
        definition = metric(values["metric"])
        if definition.unit == "share" and values["value"] > 100:
            self.add_error("value", _("A share is 100 percent at the most."))
        if values["measure"] == Target.Measure.TOTAL:
            if Grain.WINDOW not in definition.grains:
                self.add_error("measure", _("This metric has no total over several days."))
            return
        given = Grain(values["grain"]) if values.get("grain") else None
        grain = rules.fitting_grain(definition, given, start=start, end=end)
        values["grain"] = grain.value
        if not rules.holds_a_period(start, end, grain):
            self.add_error("grain", _("No whole period of this length lies within the days."))

    @property
    def aim(self) -> Aim:
        """What a valid form measures."""
        values = self.cleaned_data
        return Aim(
            metric=values["metric"],
            grain=Grain(values.get("grain") or Grain.MONTH),
            is_total=values["measure"] == Target.Measure.TOTAL,
            filters=Filters(
                exclude_staff=values["no_staff"],
                spaces=tuple(values["spaces"]),
                sources=tuple(values["sources"]),
            ),
        )

    @property
    def figure(self) -> float:
        """The target's figure in the metric's own unit."""
        return rules.from_typed(self.cleaned_data["value"], self.aim.definition.unit)

    @property
    def typed_baseline(self) -> float | None:
        """The baseline, where one was typed, in the metric's own unit."""
        typed = self.cleaned_data.get("baseline")
        return None if typed is None else rules.from_typed(typed, self.aim.definition.unit)

    def wanted(self, proposed: float | None) -> Wanted | None:
        """Return the target of a valid form; without any baseline, say so and return None."""
        baseline = self.typed_baseline if self.typed_baseline is not None else proposed
        if baseline is None:
            self.add_error(
                "baseline", _("Nothing was measured yet: say which figure it begins with.")
            )
            return None
        return Wanted(
            aim=self.aim, baseline=baseline, value=self.figure, weight=self.cleaned_data["weight"]
        )


class GoalForm(TargetForm):
    """A goal with its first target. Only metric, target and last day must be given."""

    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it says metric and target."),
    )
    objective = forms.TypedChoiceField(
        label=_("Objective"), coerce=int, empty_value=None, required=False
    )
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    why = forms.CharField(
        label=_("Why"), required=False, max_length=5000, widget=forms.Textarea({"rows": 2})
    )
    main = ("metric", "value", "last")
    proposed = ("title", "first", "owner", "objective", "measure", "grain", "baseline", "weight")

    def __init__(self, *args: Any, plan_id: int, **kwargs: Any) -> None:
        """Offer the plan's objectives and staff."""
        super().__init__(*args, **kwargs)
        offer(self, "objective", [("", _("No objective")), *queries.objective_titles(plan_id)])
        offer(self, "owner", members.staff())

    def days(self) -> tuple[date, date] | None:
        """Return the days that were typed, if they make sense."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first is None or last is None:
            return None
        if first > last:
            self.add_error("last", _("The last day comes before the first."))
            return None
        return first, last + timedelta(days=1)

    @property
    def told_title(self) -> str:
        """The title, or one made of metric and target."""
        given: str = self.cleaned_data["title"].strip()
        language = get_language() or "en"
        return given or queries.proposed_title(self.aim, self.figure, language=language)


class ChangeTargetForm(forms.Form):
    """A target set anew, with the reason and what it rests on."""

    value = forms.FloatField(label=_("Target"), min_value=0, max_value=LARGEST)
    baseline = forms.FloatField(label=_("Baseline"), min_value=0, max_value=LARGEST)
    reason = forms.CharField(label=_("Reason"), max_length=5000, widget=forms.Textarea({"rows": 2}))
    evidence = forms.MultipleChoiceField(
        label=_("What it rests on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan_id: int, unit: str, **kwargs: Any) -> None:
        """Offer the plan's evidence; figures are typed in the metric's unit."""
        super().__init__(*args, **kwargs)
        self.unit = unit
        offer(self, "evidence", queries.evidence_choices(plan_id))
        if unit in _TYPED:
            for name in ("value", "baseline"):
                self.fields[name].help_text = _TYPED[unit]

    def figure(self, name: str) -> float:
        """Return a figure of a valid form in the metric's own unit."""
        return rules.from_typed(self.cleaned_data[name], self.unit)


class DaysForm(forms.Form):
    """Another first and last day, and why."""

    first = day_field(_("First day"))
    last = day_field(_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields apart from other forms of the page."""
        super().__init__(*args, **{"auto_id": "days-%s"} | kwargs)

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first."))
        return values

    @property
    def end(self) -> date:
        """The first day not counted."""
        last: date = self.cleaned_data["last"]
        return last + timedelta(days=1)


class OwnerForm(forms.Form):
    """Who answers for it."""

    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer staff."""
        super().__init__(*args, **{"auto_id": "owner-%s"} | kwargs)
        offer(self, "owner", members.staff())


class ReasonForm(forms.Form):
    """Why something is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field apart from other forms of the page."""
        super().__init__(*args, **{"auto_id": "drop-%s"} | kwargs)


class ObjectiveForm(forms.Form):
    """An objective's title."""

    title = forms.CharField(label=_("Objective"), max_length=200)


def metric_choices() -> list[tuple[Any, Any]]:
    """Return the metrics that goals can have, by family, with the unit that is typed."""
    language = get_language() or "en"
    grouped: dict[str, list[tuple[str, str]]] = {family: [] for family in rules.FAMILIES}
    for each in rules.goal_metrics():
        title = each.title.in_language(language)
        if each.unit in _TYPED:
            title = _now("%(metric)s (%(unit)s)") % {"metric": title, "unit": _TYPED[each.unit]}
        grouped[rules.family_of(each.key)].append((each.key, title))
    return [(queries.FAMILY_WORDS[family], group) for family, group in grouped.items() if group]
