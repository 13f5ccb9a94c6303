"""What can happen to a schedule: tasks, phases and their gates, milestones, hours, content."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class TaskAdded(Event):
    """A task was written down."""

    name: ClassVar[str] = "planning.task_added"
    task_id: int
    plan_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TaskChanged(Event):
    """A task's words, days, hours or place in the plan changed."""

    name: ClassVar[str] = "planning.task_changed"
    task_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(Event):
    """A task was given to a member of staff, or taken off everybody."""

    name: ClassVar[str] = "planning.task_assigned"
    task_id: int
    member_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TaskStarted(Event):
    """Somebody began a task."""

    name: ClassVar[str] = "planning.task_started"
    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskFinished(Event):
    """A task is done; ``closed_by_ref`` names the real object that closed it, if one did."""

    name: ClassVar[str] = "planning.task_finished"
    task_id: int
    closed_by_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskReopened(Event):
    """A finished or dropped task is to be done after all."""

    name: ClassVar[str] = "planning.task_reopened"
    task_id: int


@dataclass(frozen=True, kw_only=True)
class TaskDropped(Event):
    """A task will not be done."""

    name: ClassVar[str] = "planning.task_dropped"
    task_id: int


@dataclass(frozen=True, kw_only=True)
class DependencyAdded(Event):
    """A task now waits for another."""

    name: ClassVar[str] = "planning.dependency_added"
    task_id: int
    needs_id: int


@dataclass(frozen=True, kw_only=True)
class DependencyRemoved(Event):
    """A task no longer waits for another."""

    name: ClassVar[str] = "planning.dependency_removed"
    task_id: int
    needs_id: int


@dataclass(frozen=True, kw_only=True)
class TaskLinked(Event):
    """A task was tied to the real object that will close it."""

    name: ClassVar[str] = "planning.task_linked"
    task_id: int
    kind: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class TaskUnlinked(Event):
    """A task was untied from a real object."""

    name: ClassVar[str] = "planning.task_unlinked"
    task_id: int
    kind: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class PhasesMade(Event):
    """A plan's days were cut into phases."""

    name: ClassVar[str] = "planning.phases_made"
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Event):
    """A phase got other days."""

    name: ClassVar[str] = "planning.phase_changed"
    phase_id: int


@dataclass(frozen=True, kw_only=True)
class CriterionAdded(Event):
    """A gate asks for one thing more."""

    name: ClassVar[str] = "planning.criterion_added"
    phase_id: int
    criterion_id: int
    gate: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class CriterionRemoved(Event):
    """A gate asks for one thing less."""

    name: ClassVar[str] = "planning.criterion_removed"
    phase_id: int
    criterion_id: int
    gate: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class CriterionStated(Event):
    """The named person said whether a criterion holds."""

    name: ClassVar[str] = "planning.criterion_stated"
    phase_id: int
    criterion_id: int
    holds: bool


@dataclass(frozen=True, kw_only=True)
class GatePassed(Event):
    """A phase was begun or accepted; ``overridden``: although something was missing."""

    name: ClassVar[str] = "planning.gate_passed"
    phase_id: int
    gate: str
    overridden: bool


@dataclass(frozen=True, kw_only=True)
class MilestoneAdded(Event):
    """A milestone was set."""

    name: ClassVar[str] = "planning.milestone_added"
    milestone_id: int
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class MilestoneChanged(Event):
    """A milestone's words, day or owner changed."""

    name: ClassVar[str] = "planning.milestone_changed"
    milestone_id: int


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Event):
    """A milestone was reached."""

    name: ClassVar[str] = "planning.milestone_reached"
    milestone_id: int


@dataclass(frozen=True, kw_only=True)
class MilestoneReopened(Event):
    """A milestone turned out not to be reached."""

    name: ClassVar[str] = "planning.milestone_reopened"
    milestone_id: int


@dataclass(frozen=True, kw_only=True)
class HoursStated(Event):
    """It was said how much time a member of staff has a week."""

    name: ClassVar[str] = "planning.hours_stated"
    member_id: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class AbsenceAdded(Event):
    """A member of staff will be away."""

    name: ClassVar[str] = "planning.absence_added"
    member_id: int
    absence_id: int


@dataclass(frozen=True, kw_only=True)
class AbsenceRemoved(Event):
    """A member of staff will not be away after all."""

    name: ClassVar[str] = "planning.absence_removed"
    member_id: int
    absence_id: int


@dataclass(frozen=True, kw_only=True)
class ContentLineAdded(Event):
    """Something is to be published again and again; ``value`` is in how many slots."""

    name: ClassVar[str] = "planning.content_line_added"
    line_id: int
    plan_id: int
    value: float


@dataclass(frozen=True, kw_only=True)
class ContentLineDropped(Event):
    """Something is no longer to be published."""

    name: ClassVar[str] = "planning.content_line_dropped"
    line_id: int


@dataclass(frozen=True, kw_only=True)
class SlotFilled(Event):
    """What a slot of the content plan waited for was published."""

    name: ClassVar[str] = "planning.slot_filled"
    slot_id: int
    line_id: int
    ref: str
