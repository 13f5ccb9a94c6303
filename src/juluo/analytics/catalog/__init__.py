"""The metric catalog: one definition for each number, found by key."""

import difflib

from juluo.analytics.catalog import (
    belonging,
    concentration,
    content,
    influence,
    interaction,
    members,
    newcomers,
    participation,
    response,
    rhythm,
    spaces,
    upkeep,
)
from juluo.analytics.definition import Metric

_SUBJECTS = (
    members,
    participation,
    content,
    interaction,
    response,
    newcomers,
    concentration,
    influence,
    spaces,
    rhythm,
    belonging,
    upkeep,
)
METRICS: dict[str, Metric] = {
    metric.key: metric for subject in _SUBJECTS for metric in subject.METRICS
}


class UnknownMetric(LookupError):
    """The catalog has no metric of this key; ``near`` are keys that look like it."""

    def __init__(self, key: str, near: tuple[str, ...]) -> None:
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"There is no metric called {key!r}.{hint}")
        self.key = key
        self.near = near


def metric(key: str) -> Metric:
    """Return the metric of this key.

    :raises UnknownMetric: if there is none.
    """
    found = METRICS.get(key)
    if found is None:
        raise UnknownMetric(key, _near(key))
    return found


def _near(key: str) -> tuple[str, ...]:
    close = difflib.get_close_matches(key.lower(), METRICS, n=3, cutoff=0.5)
    same_word = [each for each in METRICS if key and key.lower() in each.split(".")]
    return tuple(dict.fromkeys([*same_word, *close]))[:3]
