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
from juluo.domains.insights.services.evidence import keep, keep_all

__all__ = [
    "annotate",
    "change_alert",
    "decide",
    "end_alert",
    "keep",
    "keep_all",
    "look_at_alerts",
    "make_alert",
    "mute_alert",
    "tell_annotation",
    "withdraw",
]
