"""Plans, what they aim at, and the work that gets them there; one module for each subject."""

from juluo.domains.planning.models.capacity import Absence, CalendarFeed, WeeklyHours
from juluo.domains.planning.models.content import ContentLine, ContentSlot
from juluo.domains.planning.models.gates import GateCriterion, PhaseAcceptance
from juluo.domains.planning.models.goals import (
    Goal,
    Objective,
    Strategy,
    StrategyEffect,
    Target,
    TargetReading,
    TargetRevision,
)
from juluo.domains.planning.models.plans import (
    Baseline,
    Plan,
    PlanComment,
    PlanSection,
    PlanVersion,
    SignOff,
)
from juluo.domains.planning.models.positioning import Positioning, WatchNote, WatchReview
from juluo.domains.planning.models.schedule import Milestone, Phase, Task, TaskDependency, TaskLink
from juluo.domains.planning.models.week import WeekReview

__all__ = [
    "Absence",
    "Baseline",
    "CalendarFeed",
    "ContentLine",
    "ContentSlot",
    "GateCriterion",
    "Goal",
    "Milestone",
    "Objective",
    "Phase",
    "PhaseAcceptance",
    "Plan",
    "PlanComment",
    "PlanSection",
    "PlanVersion",
    "Positioning",
    "SignOff",
    "Strategy",
    "StrategyEffect",
    "Target",
    "TargetReading",
    "TargetRevision",
    "Task",
    "TaskDependency",
    "TaskLink",
    "WatchNote",
    "WatchReview",
    "WeekReview",
    "WeeklyHours",
]
