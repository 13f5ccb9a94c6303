"""Ask the metric layer what targets need: where they stand, their past, what is to come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from juluo.analytics.feasibility import Feasibility, feasibility
from juluo.analytics.log import EventLog
from juluo.analytics.pace import Way, shape_of
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning.rules import goals as rules

if TYPE_CHECKING:
    # At run time it is imported where it is needed: numpy takes long to load.
    from juluo.analytics.forecast import Band, Past

# How far back a level's past is asked for, in periods; a total's in days.
_FAR = {Grain.DAY: 400, Grain.WEEK: 160, Grain.MONTH: 72}
_FAR_DAYS = 1100
_DAY = timedelta(days=1)
# Windows like the goal's that are looked at where days do not add up.
_WINDOWS = 6
# Figures that close late (retention) may lack their newest periods; then they wait this long.
_MAY_LACK = 6
_WAITS = timedelta(days=62)
# A community without talk for so long is an archive: its history ends with its last day.
_SILENT = timedelta(days=62)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Where a target stands: its value up to ``until`` (not counted), and what is to come."""

    value: float | None
    until: date
    is_final: bool
    band: "Band | None"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A value of the past and the day its period begins."""

    start: date
    value: float | None


class Measuring:
    """One target over one state of the log."""

    def __init__(
        self, aim: rules.Aim, *, start: date, end: date, log: EventLog, now: datetime
    ) -> None:
        self.aim, self.start, self.end = aim, start, end
        self.log, self.now = log, now
        self.today = insights.local_today(now=now)

    def measured(self, *, today: date | None = None) -> Measured:
        """Return where the target stands."""
        today = today or self.today
        return self._total(today) if self.aim.is_total else self._level(today)

    def baseline(self) -> float | None:
        """Return what the metric was before the goal's days: the figure to begin with."""
        before = min(self.start, self.told_until)
        if self.aim.is_total:
            return self._whole(before - (self.end - self.start), before)
        known = [each for each in self.past(before) if each.value is not None]
        return known[-1].value if known else None

    @cached_property
    def silent_since(self) -> date | None:
        """The last day of talk where none has come for two months, else None."""
        return silent_since(now=self.now)

    @cached_property
    def told_until(self) -> date:
        """The first day that history does not tell of: what came later was not known yet.

        A goal of the past is judged by what was known at its start, one of an archive by the
        time when the archive's community lived.
        """
        until = self.start if self.end <= self.today else self.today
        if self.silent_since is None:
            return until
        # Nothing more will come into an archive's last period: it is whole.
        grain = Grain.DAY if self.aim.is_total else self.aim.grain
        last = rules.period_start(self.silent_since, grain)
        return min(until, rules.period_after(last, grain))

    def judged(self, *, baseline: float, value: float) -> Feasibility:
        """Return what history says of a target."""
        better = rules.higher_is_better(self.aim.metric, baseline=baseline, value=value)
        known, ahead, band = self._precedent()
        return feasibility(
            known,
            ahead=max(ahead, 1),
            baseline=baseline,
            target=value,
            higher_is_better=better,
            is_share=self.aim.definition.unit == "share",
            band=band,
        )

    def way(self, *, baseline: float, value: float) -> Way:
        """Return the way from baseline to target, with the season's shape where it is known."""
        return Way(
            start=self.start,
            end=self.end,
            baseline=baseline,
            target=value,
            higher_is_better=rules.higher_is_better(
                self.aim.metric, baseline=baseline, value=value
            ),
            is_total=self.aim.is_total,
            shape=self._shape(),
        )

    def past(self, before: date) -> list[Dated]:
        """Return the whole periods that ended by a day, from the first that has a figure."""
        last = rules.period_start(before, self.aim.grain)
        first = rules.period_before(last, self.aim.grain, _FAR[self.aim.grain])
        return self._series(first, last, self.aim.grain)

    def days(self, first: date, end: date) -> list[Dated]:
        """Return the metric by day."""
        return self._series(first, end, Grain.DAY)

    def _series(self, first: date, end: date, grain: Grain) -> list[Dated]:
        points = self._ask(first, end, grain)
        lived = next((n for n, each in enumerate(points) if each.value), len(points))
        return points[lived:]

    def _ask(self, first: date, end: date, grain: Grain) -> list[Dated]:
        if first >= end:
            return []
        asked = insights.question(
            self.aim.metric,
            start=first,
            end=end,
            grain=grain,
            timezone=self.log.timezone,
            filters=self.aim.filters,
        )
        answer = insights.ask(asked, log=self.log, now=self.now)
        return [Dated(start=point.start, value=point.value) for point in answer.points]

    def _whole(self, first: date, end: date) -> float | None:
        points = self._ask(first, end, Grain.WINDOW)
        return points[0].value if points else None

    # Levels: the metric's last whole period.

    def _level(self, today: date) -> Measured:
        grain = self.aim.grain
        past = self.past(min(today, self.end))
        final = rules.period_start(self.end, grain)
        known = next((each for each in reversed(past[-_MAY_LACK:]) if each.value is not None), None)
        until = rules.period_after(known.start, grain) if known else self.start
        ahead = rules.periods_between(until, final, grain) if known else 0
        upto = [each for each in past if known and each.start <= known.start]
        return Measured(
            value=known.value if known else None,
            until=max(until, self.start),
            is_final=until >= final or today >= self.end + _WAITS,
            band=self._forecast(upto, ahead) if ahead > 0 else None,
        )

    def _forecast(self, past: list[Dated], ahead: int) -> "Band | None":
        from juluo.analytics import forecast as forecasts

        return _or_none(
            lambda: forecasts.forecast(self._as_past(past, self.aim.grain), ahead=ahead)
        )

    def _as_past(self, series: list[Dated], grain: Grain) -> "Past":
        from juluo.analytics import forecast as forecasts

        values = tuple(each.value for each in series)
        return forecasts.Past(values=values, grain=grain, scale=self.aim.scale)

    # Totals: the metric over the goal's days as one window.

    def _total(self, today: date) -> Measured:
        if today < self.start:
            return Measured(value=None, until=self.start, is_final=False, band=None)
        # Today counts in what has come, not yet in what pace wants.
        value = self._whole(self.start, min(today + _DAY, self.end))
        is_final = today >= self.end
        return Measured(
            value=value,
            until=min(today, self.end),
            is_final=is_final,
            band=None if is_final or value is None else self._to_come(today, value),
        )

    def _to_come(self, today: date, value: float) -> "Band | None":
        from juluo.analytics import forecast as forecasts

        if not self.aim.definition.additive:
            pairs = self._windows(today - self.start)
            return _or_none(lambda: forecasts.finished(value, pairs, scale=self.aim.scale))
        days = self.days(today - timedelta(days=_FAR_DAYS), today)
        so_far = sum(each.value or 0.0 for each in days if each.start >= self.start)
        band = self._rest(days, (self.end - today).days)
        return band and _at_least(band.after(so_far), value)

    def _rest(self, days: list[Dated], length: int) -> "Band | None":
        """Forecast the sum of the days that follow, by the coarsest cut that fits them."""
        from juluo.analytics import forecast as forecasts

        width = 1 if length <= 28 else 7 if length <= 182 else 30
        grain = {1: Grain.DAY, 7: Grain.WEEK, 30: Grain.MONTH}[width]
        periods = max(round(length / width), 1)
        past = self._as_past(_bundled(days, width), grain)
        band = _or_none(lambda: forecasts.forecast_total(past, periods=periods))
        return band and band.after(0.0, times=length / (periods * width))

    def _windows(self, passed: timedelta) -> list[tuple[float, float]]:
        """Return windows like the goal's before it: their value after so long, and at the end."""
        found = []
        for first, end in self._earlier():
            early = self._whole(first, first + passed) if passed else 0.0
            whole = self._whole(first, end)
            if early is not None and whole:
                found.append((early, whole))
        return found

    def _earlier(self) -> list[tuple[date, date]]:
        """Return the windows of the goal's length before it and in the log, newest first."""
        length = self.end - self.start
        end = min(self.start, self.told_until)
        lived = self._series(end - _WINDOWS * length, end, Grain.MONTH)
        if not lived:
            return []
        windows = [(end - (n + 1) * length, end - n * length) for n in range(_WINDOWS)]
        return [each for each in windows if each[0] >= lived[0].start]

    def _shape(self) -> tuple[float, ...]:
        """Return how the same days of the season before filled up, where it was lived through."""
        if not (self.aim.is_total and self.aim.definition.additive):
            return ()
        year = timedelta(weeks=52)
        if self.start - year < self.today - timedelta(days=_FAR_DAYS):
            return ()
        lived = self.days(self.start - 2 * year, self.start)
        if not lived or lived[0].start > self.start - year:
            return ()
        days = self._ask(self.start - year, self.end - year, Grain.DAY)
        return shape_of([each.value for each in days])

    # Precedent: what the past says of the target as a whole.

    def _precedent(self) -> tuple[list[float | None], int, "Band | None"]:
        """Return past values of the measure, how many of them the goal spans, and what comes."""
        if not self.aim.is_total:
            return self._precedent_of_level()
        if self.aim.definition.additive:
            return self._precedent_of_sum()
        windows = [self._whole(first, end) for first, end in reversed(self._earlier())]
        return [*windows], 1, self._band_of_windows(windows)

    def _precedent_of_level(self) -> tuple[list[float | None], int, "Band | None"]:
        grain = self.aim.grain
        past = self.past(self.told_until)
        first, final = (rules.period_start(each, grain) for each in (self.start, self.end))
        values = [each.value for each in past]
        return values, rules.periods_between(first, final, grain), self._coming()

    def _coming(self) -> "Band | None":
        """Return what is to come of a level; nothing is said of a community that fell silent."""
        return None if self.silent_since else self._level(self.told_until).band

    def _precedent_of_sum(self) -> tuple[list[float | None], int, "Band | None"]:
        """Let a window of the goal's length run over the past, a day or a week at a time."""
        length = (self.end - self.start).days
        days = self.days(self.told_until - timedelta(days=_FAR_DAYS), self.told_until)
        step = 7 if length >= 28 else 1
        values = [each.value or 0.0 for each in days]
        ends = range(len(values), length - 1, -step)
        totals: list[float | None] = [sum(values[end - length : end]) for end in reversed(ends)]
        return totals, max(round(length / step), 1), self._sum_to_come(days, length)

    def _sum_to_come(self, days: list[Dated], length: int) -> "Band | None":
        if self.silent_since:
            return None
        under_way = self.start <= self.today < self.end
        return self._total(self.today).band if under_way else self._rest(days, length)

    def _band_of_windows(self, windows: list[float | None]) -> "Band | None":
        if self.silent_since:
            return None
        if self.start <= self.today < self.end:
            return self._total(self.today).band
        from juluo.analytics import forecast as forecasts

        values = [each for each in windows if each is not None]
        pairs = list(pairwise(values))
        return _or_none(lambda: forecasts.finished(values[-1], pairs, scale=self.aim.scale))


def _bundled(days: list[Dated], width: int) -> list[Dated]:
    """Add days up to periods of so many, the last one ending with the last day."""
    if width == 1:
        return days
    rest = days[len(days) % width :]
    return [
        Dated(
            start=rest[n].start,
            value=sum(each.value or 0.0 for each in rest[n : n + width]),
        )
        for n in range(0, len(rest), width)
    ]


def _at_least(band: "Band", value: float) -> "Band":
    """Return the band of a sum that has come to a value already."""
    low, middle, high = (max(each, value) for each in (band.low, band.middle, band.high))
    return replace(band, low=low, middle=middle, high=high)


def _or_none(make: Callable[[], "Band"]) -> "Band | None":
    from juluo.analytics.forecast import TooLittleHistory

    try:
        return make()
    except (TooLittleHistory, IndexError):
        return None


def proposed_baseline(aim: rules.Aim, *, start: date, end: date, now: datetime) -> float | None:
    """Return the figure a target of this aim would begin with; None if nothing is measured."""
    log = insights.current_log()
    return Measuring(aim, start=start, end=end, log=log, now=now).baseline()


def silent_since(*, now: datetime) -> date | None:
    """Return the last day of talk where none has come for two months, else None."""
    last = insights.last_local_day()
    is_silent = last is not None and insights.local_today(now=now) - last > _SILENT
    return last if is_silent else None
