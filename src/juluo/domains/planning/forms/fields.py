"""Fields that several forms of planning share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juluo.domains.members import queries as members


def hours_field(label: Any, *, help_text: Any = "") -> forms.FloatField:
    """Return a field for hours; :func:`minutes` turns them into minutes."""
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=5000,
        help_text=help_text,
        widget=forms.NumberInput({"step": "0.5"}),
    )


def minutes(hours: float | None) -> int:
    """Return hours as whole minutes."""
    return round((hours or 0) * 60)


def staff_choices(*, also: int | None = None, nobody: Any = None) -> list[tuple[str, Any]]:
    """Return the staff as choices, with somebody who left but is still named."""
    found: list[tuple[str, Any]] = [(str(pk), name) for pk, name in members.staff()]
    if also is not None and str(also) not in dict(found):
        found += [(str(pk), name) for pk, name in members.names([also]).items()]
    return [("", nobody), *found] if nobody is not None else found


def chosen_id(value: str) -> int | None:
    """Return what was chosen as an id; None where nothing was."""
    return int(value) if value else None


LAST_BEFORE_FIRST = _("The last day comes before the first.")
