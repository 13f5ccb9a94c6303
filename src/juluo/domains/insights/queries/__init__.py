"""Every figure that leaves the metric layer."""

from juluo.domains.insights.queries.asking import (
    ask,
    behind,
    current_log,
    group_label,
    last_local_day,
    local_today,
    question,
)
from juluo.domains.insights.queries.headlines import (
    Headline,
    Period,
    headlines,
    period,
    window_headlines,
)
from juluo.domains.insights.queries.needs import Need, needs_of, register_needs

__all__ = [
    "Headline",
    "Need",
    "Period",
    "ask",
    "behind",
    "current_log",
    "group_label",
    "headlines",
    "last_local_day",
    "local_today",
    "needs_of",
    "period",
    "question",
    "register_needs",
    "window_headlines",
]
