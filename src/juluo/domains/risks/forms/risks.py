"""A risk, its score, a second look, what became of it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.domains.planning import queries as planning
from juluo.domains.risks import queries
from juluo.domains.risks.forms.fields import ScaledForm, owner_choices
from juluo.domains.risks.models import Risk
from juluo.ui.form_fields import day_field, offer

_LIVE = [each for each in Risk.Status.choices if each[0] not in Risk.ENDED]


class RiskForm(forms.Form):
    """What may happen, why, what it leads to, whose it is and what it touches."""

    cause = forms.CharField(label=_("Because …"), max_length=300)
    event = forms.CharField(label=_("… it may happen that …"), max_length=200)
    consequence = forms.CharField(label=_("… which leads to …"), max_length=300)
    category = forms.ChoiceField(label=_("Category"), choices=Risk.Category)
    owner = forms.TypedChoiceField(label=_("Owner"), coerce=int)
    plan = forms.TypedChoiceField(label=_("Plan"), coerce=int, empty_value=None, required=False)
    horizon = day_field(
        _("May happen until"),
        required=False,
        help_text=_("After that day somebody says whether it occurred."),
    )
    metrics = forms.MultipleChoiceField(
        label=_("Metrics it touches"), required=False, widget=forms.SelectMultiple({"size": 5})
    )
    goals = forms.TypedMultipleChoiceField(
        label=_("Goals it endangers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.TypedMultipleChoiceField(
        label=_("Observations it rests on"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, today: date, language: str, risk: Risk | None = None, **kwargs: Any
    ) -> None:
        """Offer staff, plans, metrics, goals and observations."""
        super().__init__(*args, **kwargs)
        risk_id = risk.pk if risk else None
        plans = planning.plan_choices()
        if risk is not None and risk.plan is not None and risk.plan_id not in dict(plans):
            plans = [*plans, (risk.plan.pk, risk.plan.title)]
        offer(self, "owner", owner_choices(risk.owner_id if risk else None))
        offer(self, "plan", [("", _("No plan")), *plans])
        offer(self, "metrics", queries.metric_choices(language=language))
        for name, choices in (
            ("goals", queries.goal_choices(risk_id=risk_id)),
            ("notes", queries.note_choices(today=today, risk_id=risk_id)),
        ):
            offer(self, name, choices)
            if not choices:
                del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, as the services take it."""
        values = self.cleaned_data
        return {
            "cause": values["cause"],
            "event": values["event"],
            "consequence": values["consequence"],
            "category": values["category"],
            "owner_id": values["owner"],
            "plan_id": values["plan"],
            "horizon": values["horizon"],
            "metrics": values["metrics"],
            "goal_ids": values.get("goals", []),
            "note_ids": values.get("notes", []),
        }


class NewRiskForm(RiskForm, ScaledForm):
    """The same, with a first score and the indicator that an example brings along."""

    review_on = day_field(
        _("Look again on"), required=False, help_text=_("Thirty days from now if left empty.")
    )
    watch = forms.BooleanField(label=_("Watch over it"), required=False)
    field_order = (
        *("cause", "event", "consequence", "category", "probability", "impact"),
        *("owner", "plan", "horizon", "review_on", "metrics", "goals", "notes", "watch"),
    )

    def __init__(self, *args: Any, indicator_words: str = "", **kwargs: Any) -> None:
        """Offer the example's indicator, if it has one."""
        super().__init__(*args, **kwargs)
        if indicator_words:
            self.fields["watch"].label = indicator_words
        else:
            del self.fields["watch"]


class ChangeRiskForm(RiskForm):
    """The same, with the state of a risk that may still happen."""

    status = forms.ChoiceField(label=pgettext_lazy("risk", "State"), choices=_LIVE)

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, as the services take it."""
        return super().said | {"status": self.cleaned_data["status"]}


class ScoreForm(ScaledForm):
    """Another score, and why."""

    words = forms.CharField(
        label=pgettext_lazy("score", "Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )


class ReviewForm(ScaledForm):
    """A second look: the score as it is now, and the next look."""

    words = forms.CharField(
        label=pgettext_lazy("review", "What was seen"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    review_on = day_field(_("Look again on"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Remember today: the next look comes later."""
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_review_on(self) -> date:
        """Refuse a next look that is not ahead."""
        chosen: date = self.cleaned_data["review_on"]
        if chosen <= self._today:
            raise forms.ValidationError(_("The next look lies ahead of today."))
        return chosen


class OutcomeForm(forms.Form):
    """Whether it occurred, and whether it may happen again."""

    OUTCOMES = (
        ("occurred", _("It occurred")),
        ("absent", _("It did not occur")),
        ("unknown", _("Nobody can say (calibration leaves it out)")),
    )
    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=OUTCOMES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=pgettext_lazy("outcome", "What happened"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    next_horizon = day_field(
        _("It may still happen until"),
        required=False,
        help_text=_("Left empty, the risk is closed."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Remember today: a new horizon lies ahead."""
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_next_horizon(self) -> date | None:
        """Refuse a new horizon that is over already."""
        chosen: date | None = self.cleaned_data["next_horizon"]
        if chosen is not None and chosen < self._today:
            raise forms.ValidationError(_("This day is over already."))
        return chosen

    @property
    def occurred(self) -> bool | None:
        """Whether it occurred; None where nobody can say."""
        said: dict[str, bool | None] = {"occurred": True, "absent": False, "unknown": None}
        return said[self.cleaned_data["outcome"]]


class AppetiteForm(forms.Form):
    """The score above which a response is required."""

    score = forms.IntegerField(
        label=_("A response is required above a score of"),
        min_value=1,
        max_value=25,
        help_text=_("Scores go from 1 to 25; 9 is usual."),
    )


class RegisterFilter(forms.Form):
    """Which risks the register shows."""

    STATES = (
        ("", _("All that may still happen")),
        *_LIVE,
        ("ended", _("Closed or occurred")),
    )
    category = forms.ChoiceField(label=_("Category"), required=False)
    plan = forms.TypedChoiceField(label=_("Plan"), coerce=int, empty_value=None, required=False)
    status = forms.ChoiceField(label=pgettext_lazy("risk", "State"), choices=STATES, required=False)
    due = forms.BooleanField(required=False, widget=forms.HiddenInput)
    lacking = forms.BooleanField(required=False, widget=forms.HiddenInput)
    p = forms.IntegerField(required=False, min_value=1, max_value=5, widget=forms.HiddenInput)
    i = forms.IntegerField(required=False, min_value=1, max_value=5, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories and the open plans."""
        super().__init__(*args, **kwargs)
        offer(self, "category", [("", _("All categories")), *Risk.Category.choices])
        offer(self, "plan", [("", _("All plans")), *planning.plan_choices()])
