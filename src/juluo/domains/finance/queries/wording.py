"""Facts of the books in words."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from juluo.domains.finance.rules.forecasting import Basis, Remaining
from juluo.lib import figures
from juluo.lib.money import Money, shown

FACTS = {
    "title": gettext_lazy("Title"),
    "category": gettext_lazy("Category"),
    "amount": gettext_lazy("Amount"),
    "month": gettext_lazy("Planned for"),
    "owner": pgettext_lazy("money", "Owner"),
    "strategy": gettext_lazy("Strategy"),
    "task": gettext_lazy("Task"),
    "warn_at": gettext_lazy("Warning at"),
    "stops": gettext_lazy("At the limit"),
}


def fact_name(fact: str) -> str:
    """Return what a fact of a budget line is called."""
    return str(FACTS[fact])


def fact_words(fact: str, value: Any, *, currency: str, language: str) -> str:
    """Return a fact of a budget line in words; a dash where there is none."""
    if fact == "month":
        return month_words(value, language=language)
    if value is None:
        return figures.NOTHING
    if fact == "amount":
        return shown(Money(value, currency), language=language)
    if fact == "stops":
        return limit_words(stops=value)
    return f"{value}%" if fact == "warn_at" else str(value)


def month_words(month: date | None, *, language: str) -> str:
    """Return the month a line is planned for, or that it is the whole period."""
    return figures.month(month, language=language) if month else _("Whole period")


def limit_words(*, stops: bool) -> str:
    """Return what happens at a line's limit."""
    return pgettext("at the limit", "Stop") if stops else pgettext("at the limit", "Only warn")


def left_words(left: Remaining) -> str:
    """Say how the forecast knows what is still to come."""
    values = {"share": round(left.share * Fraction(100))}
    words = {
        Basis.MONTH: _("%(share)d%% of its month is still to come."),
        Basis.TASKS: _("%(share)d%% of the planned work of its tasks is still open."),
        Basis.TIME: _("%(share)d%% of the budget's days are still to come."),
    }
    return words[left.basis] % values
