"""What happens to alerts and annotations."""

from django.utils.translation import gettext_lazy as _

from juluo.web.tellings.telling import Telling

INSIGHTS: dict[str, Telling] = {
    "insights.alert_made": Telling(words=_("Set an alert"), icon="bell-ringing"),
    "insights.alert_changed": Telling(words=_("Changed an alert"), icon="bell-ringing"),
    "insights.alert_muted": Telling(words=_("Muted an alert or let it speak"), icon="bell-off"),
    "insights.alert_ended": Telling(words=_("Switched an alert off"), icon="bell-off"),
    "insights.alert_raised": Telling(words=_("Alert raised"), icon="bell-ringing"),
    "insights.alert_over": Telling(words=_("Alert over"), icon="bell"),
    "insights.alert_decided": Telling(words=_("Judged an alert's episode"), icon="circle-check"),
    "insights.annotation_written": Telling(words=_("Wrote a note on time"), icon="notes"),
    "insights.annotation_withdrawn": Telling(words=_("Withdrew a note on time"), icon="notes"),
    "insights.answer_kept": Telling(words=_("Kept a figure"), icon="bookmark"),
    "insights.view_saved": Telling(words=_("Saved a view"), icon="bookmark"),
    "insights.view_removed": Telling(words=_("Removed a saved view"), icon="bookmark"),
    "insights.view_shared": Telling(words=_("Shared a view, or no longer"), icon="bookmark"),
    "insights.dashboard_made": Telling(words=_("Made a dashboard"), icon="layout-grid"),
    "insights.dashboard_changed": Telling(words=_("Changed a dashboard"), icon="layout-grid"),
    "insights.dashboard_removed": Telling(words=_("Removed a dashboard"), icon="layout-grid"),
    "insights.dashboard_sent": Telling(words=_("Dashboard sent"), icon="mail"),
}
