"""The pages of alerts, notes on the time axis, saved views and dashboards."""

from juluo.domains.insights.views import dashboards
from juluo.domains.insights.views.alerts import (
    alert,
    alert_list,
    annotations,
    change,
    decide,
    end,
    mute,
    new_alert,
    withdraw,
)

__all__ = [
    "alert",
    "alert_list",
    "annotations",
    "change",
    "dashboards",
    "decide",
    "end",
    "mute",
    "new_alert",
    "withdraw",
]
