"""What happens to plans, goals, strategies and schedules."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

PLANNING: dict[str, Telling] = {
    "planning.plan_made": Telling(words=_("Made a plan"), icon="target"),
    "planning.plan_changed": Telling(words=_("Changed a plan"), icon="edit"),
    "planning.section_edited": Telling(words=_("Wrote a section of a plan"), icon="pencil"),
    "planning.baseline_taken": Telling(words=_("Froze the figures into a plan"), icon="pin"),
    "planning.plan_submitted": Telling(words=_("Froze a version of a plan"), icon="signature"),
    "planning.plan_signed_off": Telling(words=_("Signed a plan off"), icon="circle-check"),
    "planning.plan_returned": Telling(words=_("Sent a plan back"), icon="arrow-back-up"),
    "planning.plan_closed": Telling(words=_("Closed a plan"), icon="archive"),
    "planning.plan_reopened": Telling(words=_("Opened a plan again"), icon="target"),
    "planning.plan_commented": Telling(words=_("Remarked on a plan"), icon="message-2"),
    "planning.comment_resolved": Telling(words=_("Dealt with a remark"), icon="check"),
    "planning.positioning_stated": Telling(words=_("Stated the positioning"), icon="compass"),
    "planning.watch_note_written": Telling(words=_("Wrote down an observation"), icon="binoculars"),
    "planning.watch_note_reviewed": Telling(
        words=_("Looked at an observation again"), icon="eye-check"
    ),
    "planning.week_reviewed": Telling(words=_("Looked back on a week"), icon="history"),
    "planning.watch_note_withdrawn": Telling(words=_("Withdrew an observation"), icon="archive"),
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
