"""Every write of planning."""

from juluo.domains.planning.services.goals import (
    GoalIsDropped,
    PlanIsClosed,
    add_objective,
    add_target,
    change_owner,
    change_target,
    drop_goal,
    move_goal,
    move_objective,
    proposed_baseline,
    rename_objective,
    set_goal,
)
from juluo.domains.planning.services.readings import read_targets
from juluo.domains.planning.services.strategies import (
    NotUnderWay,
    StrategyHasStarted,
    add_strategy,
    change_strategy,
    drop_strategy,
    end_strategy,
    start_strategy,
    state_effect,
)

__all__ = [
    "GoalIsDropped",
    "NotUnderWay",
    "PlanIsClosed",
    "StrategyHasStarted",
    "add_objective",
    "add_strategy",
    "add_target",
    "change_owner",
    "change_strategy",
    "change_target",
    "drop_goal",
    "drop_strategy",
    "end_strategy",
    "move_goal",
    "move_objective",
    "proposed_baseline",
    "read_targets",
    "rename_objective",
    "set_goal",
    "start_strategy",
    "state_effect",
]
