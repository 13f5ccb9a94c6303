"""Values other packages may hold in their hands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from juluo.domains.members.permissions import Viewer

Fact = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class PlanEntry:
    """One thing a plan holds, as a version freezes it.

    ``ref`` names the thing in every version alike (``goal:3``, ``budget_line:8``); ``facts`` are
    plain values by a key that the part gives words for, as they were at that moment.
    """

    ref: str
    title: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlanPart:
    """A part of every plan: its tab, and what it holds when a version is frozen.

    ``labels`` words each key of the entries' facts. ``show(key, value, language)`` words a value
    where its plain text would not do (a metric's unit, an amount of money, a date).
    """

    key: str
    label: str | Promise
    order: int
    # Name of the part's page; it takes ``plan_id``. Empty where the plan's own page shows it.
    url_name: str
    entries: Callable[[int], list[PlanEntry]]
    labels: Mapping[str, str | Promise]
    visible: Callable[[Viewer], bool]
    show: Callable[[str, Fact, str], str] | None = None
