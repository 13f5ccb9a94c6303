"""What can happen to plans, positioning and watch notes."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PlanMade(Event):
    """A plan was begun from a template."""

    name: ClassVar[str] = "planning.plan_made"
    plan_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Event):
    """A plan's title, days, owner or positioning changed."""

    name: ClassVar[str] = "planning.plan_changed"
    plan_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class SectionEdited(Event):
    """A section of a plan was written."""

    name: ClassVar[str] = "planning.section_edited"
    plan_id: int
    section: str


@dataclass(frozen=True, kw_only=True)
class BaselineTaken(Event):
    """The community's figures were frozen into a plan."""

    name: ClassVar[str] = "planning.baseline_taken"
    plan_id: int
    baseline_id: int


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted(Event):
    """A version of a plan was frozen and laid before the owner."""

    name: ClassVar[str] = "planning.plan_submitted"
    plan_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class PlanSignedOff(Event):
    """The owner signed a version of a plan off; ``alone``: nobody else could have."""

    name: ClassVar[str] = "planning.plan_signed_off"
    plan_id: int
    number: int
    alone: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanReturned(Event):
    """The owner sent a version of a plan back."""

    name: ClassVar[str] = "planning.plan_returned"
    plan_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class PlanClosed(Event):
    """A plan came to its end; nothing in it changes any more."""

    name: ClassVar[str] = "planning.plan_closed"
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PlanReopened(Event):
    """A closed plan was opened again."""

    name: ClassVar[str] = "planning.plan_reopened"
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PlanCommented(Event):
    """Somebody remarked on a plan."""

    name: ClassVar[str] = "planning.plan_commented"
    plan_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class CommentResolved(Event):
    """A remark on a plan was dealt with."""

    name: ClassVar[str] = "planning.comment_resolved"
    plan_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class PositioningStated(Event):
    """A new version of what the community stands for was stated."""

    name: ClassVar[str] = "planning.positioning_stated"
    number: int


@dataclass(frozen=True, kw_only=True)
class WatchNoteWritten(Event):
    """An observation about a competitor, the market or policy was written down."""

    name: ClassVar[str] = "planning.watch_note_written"
    note_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class WatchNoteReviewed(Event):
    """Somebody looked again at an observation."""

    name: ClassVar[str] = "planning.watch_note_reviewed"
    note_id: int
    verdict: str


@dataclass(frozen=True, kw_only=True)
class WatchNoteWithdrawn(Event):
    """An observation was withdrawn."""

    name: ClassVar[str] = "planning.watch_note_withdrawn"
    note_id: int


@dataclass(frozen=True, kw_only=True)
class WeekReviewed(Event):
    """A team looked back on a week; ``week`` is its Monday."""

    name: ClassVar[str] = "planning.week_reviewed"
    week: str
