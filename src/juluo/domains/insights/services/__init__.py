"""Every change of alerts, of notes on the time axis, of answers that are kept."""

from juluo.domains.insights.services.alerts import (
    change_alert,
    decide,
    end_alert,
    look_at_alerts,
    make_alert,
    mute_alert,
)
from juluo.domains.insights.services.annotations import annotate, tell_annotation, withdraw
from juluo.domains.insights.services.dashboards import (
    DashboardFull,
    PrivateView,
    add_card,
    change_dashboard,
    make_dashboard,
    move_card,
    remove_card,
    remove_dashboard,
    remove_view,
    save_view,
    schedule_dashboard,
    send_due_dashboards,
    share_view,
)
from juluo.domains.insights.services.evidence import keep, keep_all

__all__ = [
    "DashboardFull",
    "PrivateView",
    "add_card",
    "annotate",
    "change_alert",
    "change_dashboard",
    "decide",
    "end_alert",
    "keep",
    "keep_all",
    "look_at_alerts",
    "make_alert",
    "make_dashboard",
    "move_card",
    "mute_alert",
    "remove_card",
    "remove_dashboard",
    "remove_view",
    "save_view",
    "schedule_dashboard",
    "send_due_dashboards",
    "share_view",
    "tell_annotation",
    "withdraw",
]
