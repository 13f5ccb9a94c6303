"""Leading indicators and responses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.analytics.catalog import metric
from juluo.analytics.question import Grain
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.insights.types import WatchRule, WatchSide
from juluo.domains.risks import queries
from juluo.domains.risks.forms.fields import impact_choices, owner_choices, probability_choices
from juluo.domains.risks.models import Mitigation
from juluo.ui.form_fields import offer

GRAINS = [
    (Grain.DAY.value, _("Day")),
    (Grain.WEEK.value, _("Week")),
    (Grain.MONTH.value, _("Month")),
]
# The usual width of an indicator's ordinary range, in sigmas.
USUAL_WIDTH = 3.0
_NOTHING, _BY_ONE = "", "by_one"


class IndicatorForm(forms.Form):
    """What to watch, when it fires, and what it does then."""

    metric = forms.ChoiceField(label=_("Metric"))
    grain = forms.ChoiceField(label=_("Looked at by"), choices=GRAINS, initial="week")
    space = forms.TypedChoiceField(label=_("Only in"), coerce=int, empty_value=None, required=False)
    exclude_staff = forms.BooleanField(label=_("Leave staff out"), required=False)
    rule = forms.ChoiceField(
        label=pgettext_lazy("indicator", "Fires when"), choices=WatchRule, initial="anomaly"
    )
    side = forms.ChoiceField(label=_("Which way"), choices=WatchSide, initial="above")
    value = forms.FloatField(
        label=_("Limit"),
        required=False,
        help_text=_(
            "The limit itself; for a sharp change the percentage; for the extraordinary the width "
            "of the ordinary range in standard deviations (3 if left empty)."
        ),
    )
    effect = forms.ChoiceField(label=_("The probability"), required=False, initial=_BY_ONE)
    response = forms.TypedChoiceField(
        label=_("Starts the response"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("By itself, once each time the indicator leaves its bounds."),
    )
    calm_after = forms.IntegerField(
        label=_("Periods within bounds before lowering is proposed"),
        min_value=1,
        max_value=60,
        initial=3,
    )

    def __init__(self, *args: Any, risk_id: int, language: str, **kwargs: Any) -> None:
        """Offer what can be watched, the spaces, the levels and the risk's responses."""
        super().__init__(*args, **kwargs)
        spaces = sorted(discussions.space_names().items(), key=lambda each: each[1])
        offer(self, "metric", queries.metric_choices(language=language))
        offer(self, "space", [("", _("The whole community")), *spaces])
        levels = [
            (each.level, _("is raised to “%(level)s”") % {"level": each.name})
            for each in queries.probability_levels()[1:]
        ]
        effects = [(_BY_ONE, _("is raised by one level")), *levels, (_NOTHING, _("stays"))]
        offer(self, "effect", effects)
        offer(self, "response", [("", _("None")), *queries.response_choices(risk_id)])

    def clean(self) -> dict[str, Any]:
        """Check that metric, grain, rule, limit and effect go together."""
        values = super().clean() or {}
        key, grain, rule = (values.get(name) for name in ("metric", "grain", "rule"))
        if key and grain and Grain(grain) not in metric(key).grains:
            self.add_error("grain", _("This metric cannot be cut this way."))
        if rule == "threshold" and values.get("side") == "both":
            self.add_error("side", _("A limit is passed one way: choose above or below."))
        if rule == "anomaly" and values.get("value") is None and "value" not in self.errors:
            values["value"] = USUAL_WIDTH
        self._check_limit(rule, values.get("value"))
        if not values.get("effect") and not values.get("response"):
            self.add_error("effect", _("An indicator raises the risk, starts a response, or both."))
        return values

    def _check_limit(self, rule: str | None, value: float | None) -> None:
        if rule and value is None and "value" not in self.errors:
            self.add_error("value", _("Say the limit."))
        if value is not None and rule == "anomaly" and not 1 <= value <= 10:
            self.add_error("value", _("A width between 1 and 10 makes sense."))
        if value is not None and rule == "change" and not 0 < value <= 1000:
            self.add_error("value", _("A change is a percentage above zero."))

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        values = self.cleaned_data
        key, rule, effect = values["metric"], values["rule"], values["effect"]
        space = values["space"]
        return {
            "metric_key": key,
            "grain": values["grain"],
            "rule": rule,
            "side": values["side"],
            "value": insights.limit_stored(key, rule, values["value"]),
            "filters": {
                **({"spaces": [space]} if space else {}),
                **({"exclude_staff": True} if values["exclude_staff"] else {}),
            },
            "raise_by_one": effect == _BY_ONE,
            "raise_to": int(effect) if effect.isdecimal() else None,
            "response_id": values["response"],
            "calm_after": values["calm_after"],
        }


class MitigationForm(forms.Form):
    """A response: what is done, by whom, in how many days, at what cost, and what is left."""

    strategy = forms.ChoiceField(label=_("Strategy"), choices=Mitigation.Strategy, initial="reduce")
    title = forms.CharField(label=_("What is done"), max_length=200)
    details = forms.CharField(
        label=_("Details"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.TypedChoiceField(label=_("Who does it"), coerce=int)
    days = forms.IntegerField(
        label=_("Days until due, once started"), min_value=0, max_value=730, initial=7
    )
    hours = forms.DecimalField(
        label=_("Planned hours"),
        required=False,
        min_value=0,
        max_value=5000,
        decimal_places=2,
        widget=forms.NumberInput({"step": "0.5"}),
    )
    cost = forms.DecimalField(
        label=_("Cost"), required=False, min_value=0, max_digits=15, decimal_places=3
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        help_text=_("Three letters, such as CNY."),
    )
    residual_probability = forms.TypedChoiceField(label=_("Probability afterwards"), coerce=int)
    residual_impact = forms.TypedChoiceField(label=_("Impact afterwards"), coerce=int)
    start = forms.BooleanField(
        label=_("Start it now"),
        required=False,
        help_text=_("Otherwise it waits, prepared, for you or for an indicator."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer staff and the scales."""
        super().__init__(*args, **kwargs)
        offer(self, "owner", owner_choices())
        offer(self, "residual_probability", probability_choices())
        offer(self, "residual_impact", impact_choices())

    def clean(self) -> dict[str, Any]:
        """Ask for a currency where there is a cost, and for one that is spelled like one."""
        values = super().clean() or {}
        currency = (values.get("currency") or "").upper()
        values["currency"] = currency
        if values.get("cost") is not None and not (
            len(currency) == 3 and currency.isascii() and currency.isalpha()
        ):
            self.add_error("currency", _("Say the currency in three letters."))
        return values

    @property
    def asked(self) -> dict[str, Any]:
        """What a valid form asks for, as the services take it."""
        values = self.cleaned_data
        cost: Decimal | None = values["cost"]
        return {
            "strategy": values["strategy"],
            "title": values["title"],
            "details": values["details"],
            "owner_id": values["owner"],
            "days": values["days"],
            "planned_minutes": round((values["hours"] or 0) * 60),
            "cost": None if cost is None else queries.cost_stored(cost, values["currency"]),
            "currency": values["currency"],
            "residual_probability": values["residual_probability"],
            "residual_impact": values["residual_impact"],
        }
