"""Fields that forms of several domains share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

# One calendar for plans, their tasks and their risks: what a plan can cover, its parts can name.
IN_CALENDAR = [MinValueValidator(date(1950, 1, 1)), MaxValueValidator(date(2190, 12, 31))]


def day_field(label: Any, **given: Any) -> forms.DateField:
    """Return a field for a local day, with the browser's own calendar."""
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=IN_CALENDAR, **given)


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form be chosen from these.

    :raises TypeError: if the field is no choice field.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)
