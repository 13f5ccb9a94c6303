"""Fields that several forms of risks share."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juluo.domains.members import queries as members
from juluo.domains.risks import queries
from juluo.ui.form_fields import offer


def owner_choices(also: int | None = None) -> list[tuple[int, str]]:
    """Return the staff, with somebody who left but is still named."""
    found = list(members.staff())
    if also is not None and also not in dict(found):
        found += members.names([also]).items()
    return found


def probability_choices() -> list[tuple[int, str]]:
    """Return the scale of probability as choices."""
    return [
        (each.level, f"{each.level} · {each.name} ({each.meaning})")
        for each in queries.probability_levels()
    ]


def impact_choices() -> list[tuple[int, str]]:
    """Return the scale of impact as choices."""
    colon = gettext(": ")
    return [
        (each.level, f"{each.level} · {each.name}{colon}{each.meaning}")
        for each in queries.impact_levels()
    ]


class ScaledForm(forms.Form):
    """A form with a probability and an impact."""

    probability = forms.TypedChoiceField(label=_("Probability"), coerce=int)
    impact = forms.TypedChoiceField(label=_("Impact"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the two scales."""
        super().__init__(*args, **kwargs)
        offer(self, "probability", probability_choices())
        offer(self, "impact", impact_choices())
