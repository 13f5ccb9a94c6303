"""Values other packages may hold in their hands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

from juluo.domains.members.permissions import Viewer
from juluo.domains.planning.rules.goals import Aim, Wanted
from juluo.domains.planning.rules.links import Awaited
from juluo.events.base import Event

__all__ = [
    "Aim",
    "Awaited",
    "CheckResult",
    "Choice",
    "Closing",
    "Fact",
    "GateCheck",
    "LinkKind",
    "OpenLink",
    "PlanEntry",
    "PlanPart",
    "Wanted",
]

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
    # Which facts a document prints as the columns of the part's table, and which ones below it.
    columns: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that a task can be linked to, as it is offered."""

    ref: str
    label: str


@dataclass(frozen=True, kw_only=True)
class OpenLink:
    """A link that waits to be closed. ``since``: nothing before this local day counts.

    ``slot_due`` is set where the task is a slot of the content plan: one thing fills one slot.
    """

    id: int
    task_id: int
    kind: str
    ref: str
    awaited: Mapping[str, Any]
    since: date
    slot_due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Which link was closed, by what, and when."""

    link_id: int
    ref: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LinkKind:
    """A kind of real object that a task can be about, and what closes such a link.

    ``find`` offers objects by their words; ``title`` and ``url`` tell of the one at a reference
    (``title`` is told the rule as well, where the link awaits something).
    ``closes_on`` are event types; ``refs`` says where the links lie that an event of them may
    close, and ``heard`` which of these it does close. ``looked_up`` says what has closed links
    already: asked when a link is made, and after each import.
    """

    key: str
    label: str | Promise
    closes_on: tuple[type[Event], ...]
    refs: Callable[[Any], tuple[str, ...]]
    heard: Callable[[Any, Sequence[OpenLink], datetime], list[Closing]]
    find: Callable[[str], list[Choice]]
    title: Callable[[str, Mapping[str, Any]], str]
    url: Callable[[str], str]
    looked_up: Callable[[Sequence[OpenLink]], list[Closing]] | None = None


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What a named check of a gate found, in words of the reader's language."""

    met: bool
    says: str


@dataclass(frozen=True, kw_only=True)
class GateCheck:
    """Something decided elsewhere that a gate can ask for: "the budget is approved"."""

    key: str
    label: str | Promise
    ask: Callable[[int], CheckResult]
