"""Reads of plans and what they hold."""

from juluo.domains.planning.queries.goal_page import (
    Chart,
    GoalPage,
    Judgement,
    goal_page,
    judgement,
    target_chart,
)
from juluo.domains.planning.queries.goal_parts import GOALS_PART, STRATEGIES_PART
from juluo.domains.planning.queries.goal_words import FAMILY_WORDS, STATUS_LOOKS, proposed_title
from juluo.domains.planning.queries.goals import (
    GoalLine,
    GoalRow,
    PlanGoals,
    goal_lines,
    goal_row,
    goals_of_plan,
    objective_titles,
    target_choices,
)
from juluo.domains.planning.queries.measuring import Measuring
from juluo.domains.planning.queries.parts import plan_parts, register_part
from juluo.domains.planning.queries.strategies import (
    StrategyRow,
    strategies_of_plan,
    strategy_row,
)

__all__ = [
    "FAMILY_WORDS",
    "GOALS_PART",
    "STATUS_LOOKS",
    "STRATEGIES_PART",
    "Chart",
    "GoalLine",
    "GoalPage",
    "GoalRow",
    "Judgement",
    "Measuring",
    "PlanGoals",
    "StrategyRow",
    "goal_lines",
    "goal_page",
    "goal_row",
    "goals_of_plan",
    "judgement",
    "objective_titles",
    "plan_parts",
    "proposed_title",
    "register_part",
    "strategies_of_plan",
    "strategy_row",
    "target_chart",
    "target_choices",
]
