"""What happens to plans, goals, strategies and schedules."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

GOALS: dict[str, Telling] = {
    "planning.objective_added": Telling(words=_("Added an objective"), icon="sitemap"),
    "planning.objective_changed": Telling(words=_("Changed an objective"), icon="sitemap"),
    "planning.goal_set": Telling(words=_("Set a goal"), icon="target"),
    "planning.target_added": Telling(words=_("Added a target to a goal"), icon="target"),
    "planning.target_changed": Telling(words=_("Changed a target"), icon="target-arrow"),
    "planning.goal_moved": Telling(words=_("Moved a goal’s dates"), icon="calendar"),
    "planning.goal_owner_changed": Telling(words=_("Gave a goal to someone else"), icon="user"),
    "planning.goal_dropped": Telling(words=_("Dropped a goal"), icon="circle-x"),
    "planning.target_status_changed": Telling(
        words=_("A target’s status changed"), icon="activity"
    ),
    "planning.strategy_added": Telling(words=_("Added a strategy"), icon="bulb"),
    "planning.strategy_changed": Telling(words=_("Changed a strategy"), icon="bulb"),
    "planning.effect_stated": Telling(
        words=_("Stated what a strategy should do"), icon="trending-up"
    ),
    "planning.strategy_started": Telling(words=_("Started a strategy"), icon="player-play"),
    "planning.strategy_ended": Telling(words=_("Ended a strategy"), icon="circle-check"),
    "planning.strategy_dropped": Telling(words=_("Dropped a strategy"), icon="circle-x"),
}
PLANNING: dict[str, Telling] = GOALS
