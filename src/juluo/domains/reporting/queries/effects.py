"""Did what was done move what it should? Weeks since it began against the weeks before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Answer, Filters, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning import queries as planning

if TYPE_CHECKING:
    from juluo.analytics.effects import Effect

Ask = Callable[[str, date, date, Filters], Answer]
_WEEK = timedelta(weeks=1)
_MOST_WEEKS = 110
# What a run needs to be fitted on, and how many runs the comparison asks for (analytics.effects).
_LEAST_FIT, _RUNS = 8, 19


class Lack(StrEnum):
    """What a comparison lacks."""

    DROPPED = "dropped"
    NOT_STATED = "not_stated"
    NOT_MEASURED = "not_measured"
    TOO_EARLY = "too_early"
    SHORT_HISTORY = "short_history"
    GAPS = "gaps"


@dataclass(frozen=True, kw_only=True)
class EffectShown:
    """One stated aim of something that was done, and what became of it; nothing is worded.

    ``weeks`` are compared with the ``before`` weeks before; ``needed`` is how many there should
    be. Either ``effect`` and ``answer`` are set, or ``lack`` says why not.
    """

    attempt: planning.Attempt
    aim: planning.StatedAim | None
    lack: Lack | None = None
    effect: "Effect | None" = None
    answer: Answer | None = None
    first: date | None = None
    weeks: int = 0
    before: int = 0
    needed: int = 0


def effect_of_strategy(strategy_id: int, *, now: datetime) -> list[EffectShown]:
    """Return what a strategy did to each figure that it was said to move; none if not begun."""
    return effect_of("strategy", strategy_id, now=now)


def effect_of(kind: str, attempt_id: int, *, now: datetime) -> list[EffectShown]:
    """Return what a strategy or an activity's plan did to each figure it was said to move."""
    log, today = insights.current_log(), insights.local_today(now=now)
    attempt = planning.attempt(kind, attempt_id, today=today, timezone=log.timezone)
    if attempt is None:
        return []

    def ask(key: str, start: date, end: date, filters: Filters) -> Answer:
        asked = insights.question(
            key, start=start, end=end, grain=Grain.WEEK, timezone=log.timezone, filters=filters
        )
        return insights.ask(asked, log=log, now=now)

    return effects_of(attempt, until=today, ask=ask)


def effects_of(attempt: planning.Attempt, *, until: date, ask: Ask) -> list[EffectShown]:
    """Return what became of each stated aim, up to a day (not counted)."""
    if attempt.is_dropped:
        return [EffectShown(attempt=attempt, aim=None, lack=Lack.DROPPED)]
    if not attempt.aims:
        return [EffectShown(attempt=attempt, aim=None, lack=Lack.NOT_STATED)]
    return [_compared(attempt, aim, until, ask) for aim in attempt.aims]


def _compared(
    attempt: planning.Attempt,
    aim: planning.StatedAim,
    until: date,
    ask: Ask,
) -> EffectShown:
    from juluo.analytics.effects import before_and_after

    if aim.metric not in METRICS or Grain.WEEK not in METRICS[aim.metric].grains:
        return EffectShown(attempt=attempt, aim=aim, lack=Lack.NOT_MEASURED)
    first = _monday_from(attempt.start)
    last = min(until, attempt.end, aim.by + timedelta(days=1))
    weeks = max((last - first) // _WEEK, 0)
    if not weeks:
        return EffectShown(attempt=attempt, aim=aim, lack=Lack.TOO_EARLY, first=first)
    answer = ask(aim.metric, first - _MOST_WEEKS * _WEEK, first + weeks * _WEEK, aim.filters)
    values = _since_the_first_figure([point.value for point in answer.points])
    before = max(len(values) - weeks, 0)
    needed = max(2 * weeks, _LEAST_FIT) + weeks + _RUNS - 1
    shown = EffectShown(
        attempt=attempt, aim=aim, first=first, weeks=weeks, before=before, needed=needed
    )
    if before < needed:
        return replace(shown, lack=Lack.SHORT_HISTORY)
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return replace(shown, lack=Lack.GAPS)
    effect = before_and_after(known, periods=weeks, higher_is_better=aim.higher_is_better)
    return replace(shown, effect=effect, answer=answer)


def _since_the_first_figure(values: list[float | None]) -> list[float | None]:
    """Leave out the weeks before there was anything: they are no quiet weeks."""
    return values[next((n for n, value in enumerate(values) if value), len(values)) :]


def _monday_from(day: date) -> date:
    """Return the first Monday that is not before a day."""
    return day + timedelta(days=-day.weekday() % 7)
