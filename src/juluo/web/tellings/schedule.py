"""What happens to tasks, phases, milestones, hours and the content plan."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

SCHEDULE = {
    "planning.task_added": Telling(words=_("Added a task"), icon="subtask"),
    "planning.task_changed": Telling(words=_("Changed a task"), icon="edit"),
    "planning.task_assigned": Telling(words=_("Assigned a task"), icon="user-check"),
    "planning.task_started": Telling(words=_("Started a task"), icon="player-play"),
    "planning.task_finished": Telling(words=_("Finished a task"), icon="circle-check"),
    "planning.task_reopened": Telling(words=_("Reopened a task"), icon="arrow-back-up"),
    "planning.task_dropped": Telling(words=_("Dropped a task"), icon="ban"),
    "planning.dependency_added": Telling(words=_("Made a task wait for another"), icon="hourglass"),
    "planning.dependency_removed": Telling(words=_("Let a task wait no longer"), icon="hourglass"),
    "planning.task_linked": Telling(words=_("Linked a task"), icon="link"),
    "planning.task_unlinked": Telling(words=_("Unlinked a task"), icon="link"),
    "planning.phases_made": Telling(words=_("Cut a plan into phases"), icon="timeline"),
    "planning.phase_changed": Telling(words=_("Moved a phase"), icon="timeline"),
    "planning.criterion_added": Telling(words=_("Added a gate criterion"), icon="list-check"),
    "planning.criterion_removed": Telling(words=_("Removed a gate criterion"), icon="list-check"),
    "planning.criterion_stated": Telling(
        words=_("Said whether a gate criterion holds"), icon="signature"
    ),
    "planning.gate_passed": Telling(words=_("Passed a gate"), icon="clipboard-check"),
    "planning.milestone_added": Telling(words=_("Set a milestone"), icon="flag"),
    "planning.milestone_changed": Telling(words=_("Changed a milestone"), icon="flag"),
    "planning.milestone_reached": Telling(words=_("Reached a milestone"), icon="flag"),
    "planning.milestone_reopened": Telling(words=_("Reopened a milestone"), icon="flag"),
    "planning.hours_stated": Telling(words=_("Said how many hours there are"), icon="clock"),
    "planning.absence_added": Telling(words=_("Noted an absence"), icon="user-off"),
    "planning.absence_removed": Telling(words=_("Removed an absence"), icon="user-check"),
    "planning.content_line_added": Telling(
        words=_("Added a line to the content plan"), icon="calendar-plus"
    ),
    "planning.content_line_dropped": Telling(
        words=_("Dropped a line of the content plan"), icon="calendar"
    ),
    "planning.slot_filled": Telling(
        words=_("Filled a slot of the content plan"), icon="calendar-event"
    ),
}
