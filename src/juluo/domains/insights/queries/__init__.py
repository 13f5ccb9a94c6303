"""Every figure that leaves the metric layer."""

from juluo.domains.insights.queries.alert_actions import (
    AlertAction,
    alert_actions,
    register_alert_action,
)
from juluo.domains.insights.queries.alert_needs import say_what_alerts_found
from juluo.domains.insights.queries.alerts import (
    AlertShown,
    Cause,
    FiringShown,
    alert,
    alerts,
    backtest,
    causes,
    filters_of,
    firings,
    looks,
    notes_near,
    periods_before,
    precision_of_all,
    running_period,
    undecided_count,
    watchable,
    watched_question,
)
from juluo.domains.insights.queries.annotations import (
    AnnotationShown,
    annotations,
    marked,
    register_telling,
)
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
    "AlertAction",
    "AlertShown",
    "AnnotationShown",
    "Cause",
    "FiringShown",
    "Headline",
    "Need",
    "Period",
    "Shown",
    "alert",
    "alert_actions",
    "alerts",
    "annotations",
    "as_json",
    "ask",
    "backtest",
    "behind",
    "causes",
    "command",
    "current_log",
    "filter_words",
    "filters_of",
    "firings",
    "further_titles",
    "grain_words",
    "group_label",
    "group_labels",
    "headlines",
    "last_local_day",
    "latest_sentence",
    "local_today",
    "long_label",
    "looks",
    "marked",
    "needs_of",
    "notes_near",
    "period",
    "periods_before",
    "precision_of_all",
    "question",
    "register_alert_action",
    "register_needs",
    "register_telling",
    "running_period",
    "say_what_alerts_found",
    "shown",
    "undecided_count",
    "watchable",
    "watched_question",
    "window_headlines",
    "window_sentence",
    "window_words",
]
