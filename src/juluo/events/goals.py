"""What can happen to goals, their targets, and the strategies that are to move them."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ObjectiveAdded(Event):
    """A plan was given an objective that goals can serve."""

    name: ClassVar[str] = "planning.objective_added"
    plan_id: int
    objective_id: int


@dataclass(frozen=True, kw_only=True)
class ObjectiveChanged(Event):
    """An objective was given another title or another place."""

    name: ClassVar[str] = "planning.objective_changed"
    plan_id: int
    objective_id: int


@dataclass(frozen=True, kw_only=True)
class GoalSet(Event):
    """A plan was given a goal with its targets."""

    name: ClassVar[str] = "planning.goal_set"
    plan_id: int
    goal_id: int
    targets: int


@dataclass(frozen=True, kw_only=True)
class TargetAdded(Event):
    """A goal was given one more target."""

    name: ClassVar[str] = "planning.target_added"
    goal_id: int
    target_id: int


@dataclass(frozen=True, kw_only=True)
class TargetChanged(Event):
    """A target was set anew; the old one stays in its revisions."""

    name: ClassVar[str] = "planning.target_changed"
    goal_id: int
    target_id: int
    revision_id: int


@dataclass(frozen=True, kw_only=True)
class GoalMoved(Event):
    """A goal was given other days."""

    name: ClassVar[str] = "planning.goal_moved"
    plan_id: int
    goal_id: int


@dataclass(frozen=True, kw_only=True)
class GoalOwnerChanged(Event):
    """A goal was given to another member."""

    name: ClassVar[str] = "planning.goal_owner_changed"
    plan_id: int
    goal_id: int
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class GoalDropped(Event):
    """A goal was given up; it stays where it can be seen."""

    name: ClassVar[str] = "planning.goal_dropped"
    plan_id: int
    goal_id: int


@dataclass(frozen=True, kw_only=True)
class TargetStatusChanged(Event):
    """A target stands differently from before (on pace, at risk, reached)."""

    name: ClassVar[str] = "planning.target_status_changed"
    goal_id: int
    target_id: int
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class StrategyAdded(Event):
    """A plan was given a strategy."""

    name: ClassVar[str] = "planning.strategy_added"
    plan_id: int
    strategy_id: int


@dataclass(frozen=True, kw_only=True)
class StrategyChanged(Event):
    """A strategy was described anew."""

    name: ClassVar[str] = "planning.strategy_changed"
    plan_id: int
    strategy_id: int


@dataclass(frozen=True, kw_only=True)
class EffectStated(Event):
    """Before a strategy starts, it was said what it should do to a target."""

    name: ClassVar[str] = "planning.effect_stated"
    strategy_id: int
    target_id: int
    expected_change: float


@dataclass(frozen=True, kw_only=True)
class StrategyStarted(Event):
    """Work on a strategy began; what it should do is fixed from here on."""

    name: ClassVar[str] = "planning.strategy_started"
    plan_id: int
    strategy_id: int


@dataclass(frozen=True, kw_only=True)
class StrategyEnded(Event):
    """A strategy was carried through."""

    name: ClassVar[str] = "planning.strategy_ended"
    plan_id: int
    strategy_id: int


@dataclass(frozen=True, kw_only=True)
class StrategyDropped(Event):
    """A strategy was given up."""

    name: ClassVar[str] = "planning.strategy_dropped"
    plan_id: int
    strategy_id: int
