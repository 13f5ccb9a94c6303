"""Every change of alerts and of notes on the time axis."""

from juluo.domains.insights.services.alerts import (
    change_alert,
    decide,
    end_alert,
    look_at_alerts,
    make_alert,
    mute_alert,
)
from juluo.domains.insights.services.annotations import annotate, tell_annotation, withdraw

__all__ = [
    "annotate",
    "change_alert",
    "decide",
    "end_alert",
    "look_at_alerts",
    "make_alert",
    "mute_alert",
    "tell_annotation",
    "withdraw",
]
