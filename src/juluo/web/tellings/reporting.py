"""What happens to reports and to what they promise."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

REPORTING: dict[str, Telling] = {
    "reporting.report_begun": Telling(words=_("Began a report"), icon="report-analytics"),
    "reporting.report_composed": Telling(words=_("A report was composed"), icon="report-analytics"),
    "reporting.report_submitted": Telling(words=_("Submitted a report"), icon="signature"),
    "reporting.report_returned": Telling(words=_("Sent a report back"), icon="arrow-back-up"),
    "reporting.report_signed": Telling(words=_("Signed a report off"), icon="circle-check"),
    "reporting.report_issued": Telling(words=_("Issued a report"), icon="checks"),
    "reporting.report_dropped": Telling(words=_("Discarded a report"), icon="trash"),
    "reporting.note_written": Telling(words=_("Wrote a note in a report"), icon="writing"),
    "reporting.note_removed": Telling(words=_("Took a note off a report"), icon="x"),
    "reporting.report_commented": Telling(words=_("Remarked on a report"), icon="message-2"),
    "reporting.comment_settled": Telling(words=_("Dealt with a remark"), icon="check"),
    "reporting.report_shared": Telling(words=_("Made a link to a report"), icon="link"),
    "reporting.share_ended": Telling(words=_("Ended a link to a report"), icon="x"),
    "reporting.report_scheduled": Telling(
        words=_("Let reports be made by themselves"), icon="calendar-time"
    ),
    "reporting.schedule_ended": Telling(words=_("Ended a schedule of reports"), icon="x"),
    "reporting.action_promised": Telling(words=_("Promised an action"), icon="checklist"),
    "reporting.action_changed": Telling(words=_("Changed an action"), icon="edit"),
    "reporting.action_decided": Telling(words=_("Decided about an action"), icon="list-check"),
    "reporting.action_measured": Telling(words=_("An action was measured"), icon="gauge"),
}
