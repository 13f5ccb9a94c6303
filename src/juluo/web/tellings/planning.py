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
    "planning.watch_note_withdrawn": Telling(words=_("Withdrew an observation"), icon="archive"),
}
