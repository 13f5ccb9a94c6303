"""Every figure that leaves the metric layer."""

from juluo.domains.insights.queries.asking import (
    ask,
    behind,
    current_log,
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
from juluo.domains.insights.queries.plain import as_json
from juluo.domains.insights.queries.sentences import (
    latest_sentence,
    window_sentence,
    window_words,
)
from juluo.domains.insights.queries.showing import (
    Shown,
    further_titles,
    group_label,
    group_labels,
    long_label,
    shown,
)
from juluo.domains.insights.queries.wording import (
    command,
    filter_words,
    grain_words,
)

__all__ = [
    "Headline",
    "Need",
    "Period",
    "Shown",
    "as_json",
    "ask",
    "behind",
    "command",
    "current_log",
    "filter_words",
    "further_titles",
    "grain_words",
    "group_label",
    "group_labels",
    "headlines",
    "last_local_day",
    "latest_sentence",
    "local_today",
    "long_label",
    "needs_of",
    "period",
    "question",
    "register_needs",
    "shown",
    "window_headlines",
    "window_sentence",
    "window_words",
]
