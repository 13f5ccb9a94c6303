"""Every change of plans and what they hold; one module for each subject."""

from juluo.domains.planning.services.changes import PlanIsClosed
from juluo.domains.planning.services.comments import comment, resolve_comment
from juluo.domains.planning.services.goals import (
    GoalIsDropped,
    add_objective,
    add_target,
    change_owner,
    change_target,
    drop_goal,
    move_goal,
    move_objective,
    rename_objective,
    set_goal,
)
from juluo.domains.planning.services.plans import (
    SomebodyElseWrote,
    change_plan,
    close_plan,
    make_plan,
    reopen_plan,
    take_baseline,
    write_section,
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
from juluo.domains.planning.services.surroundings import (
    attach_notes,
    review_note,
    state_positioning,
    withdraw_note,
    write_note,
)
from juluo.domains.planning.services.versions import (
    NothingChanged,
    NothingToDecide,
    ReasonMissing,
    SecondPersonNeeded,
    decide,
    submit,
)

__all__ = [
    "GoalIsDropped",
    "NotUnderWay",
    "NothingChanged",
    "NothingToDecide",
    "PlanIsClosed",
    "ReasonMissing",
    "SecondPersonNeeded",
    "SomebodyElseWrote",
    "StrategyHasStarted",
    "add_objective",
    "add_strategy",
    "add_target",
    "attach_notes",
    "change_owner",
    "change_plan",
    "change_strategy",
    "change_target",
    "close_plan",
    "comment",
    "decide",
    "drop_goal",
    "drop_strategy",
    "end_strategy",
    "make_plan",
    "move_goal",
    "move_objective",
    "read_targets",
    "rename_objective",
    "reopen_plan",
    "resolve_comment",
    "review_note",
    "set_goal",
    "start_strategy",
    "state_effect",
    "state_positioning",
    "submit",
    "take_baseline",
    "withdraw_note",
    "write_note",
    "write_section",
]
