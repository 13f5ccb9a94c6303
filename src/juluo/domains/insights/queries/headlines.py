"""The few figures that open the console and the report, each with its change and usual range."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from juluo.analytics.catalog import metric
from juluo.analytics.definition import Kind, Metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Point
from juluo.analytics.usual import UsualRange, usual_range
from juluo.domains.insights.queries.asking import (
    ask,
    ask_windows,
    last_local_day,
    local_today,
    question,
)

HEADLINE_KEYS = (
    "members.active",
    "members.contributing",
    "members.new",
    "members.stickiness",
    "content.contributions",
    "content.per_active",
    "interaction.reactions",
    "response.answered_1d",
)
WINDOWS_BEFORE = 12
# An odd window is asked for once for each of these.
ANY_WINDOWS_BEFORE = 6
_COUNTED = {Kind.COUNT, Kind.DISTINCT}


@dataclass(frozen=True, kw_only=True)
class Period:
    """One week or month: the local days ``[start, end)``."""

    grain: Grain
    start: date
    end: date

    def before(self, windows: int = 1) -> date:
        """Return the first day of the period so many windows earlier."""
        day = self.start
        for _ in range(windows):
            day = start_of(day - timedelta(days=1), self.grain)
        return day


@dataclass(frozen=True, kw_only=True)
class Headline:
    """A figure of a period, the one before, what is usual, and the line that leads to it."""

    metric: Metric
    answer: Answer
    point: Point
    before: Point | None
    # What the point before is of.
    answer_before: Answer | None
    usual: UsualRange | None
    trend: tuple[Point, ...]

    @property
    def change(self) -> float | None:
        """The difference to the period before, in the metric's unit."""
        if self.before is None or self.point.value is None or self.before.value is None:
            return None
        return self.point.value - self.before.value

    @property
    def relative_change(self) -> float | None:
        """The difference as a share of the period before; None from nothing."""
        if self.change is None or self.before is None or not self.before.value:
            return None
        return self.change / self.before.value

    @property
    def unusual(self) -> bool:
        """Whether the value lies outside what history makes plausible."""
        if self.usual is None or self.point.value is None:
            return False
        return not self.usual.holds(self.point.value)


def start_of(day: date, grain: Grain) -> date:
    """Return the first day of the week (Monday) or month that a day lies in."""
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain is Grain.MONTH else day


def end_of(day: date, grain: Grain) -> date:
    """Return the first day after the week or month that a day lies in."""
    start = start_of(day, grain)
    if grain is Grain.WEEK:
        return start + timedelta(days=7)
    if grain is Grain.MONTH:
        return start_of(start + timedelta(days=32), grain)
    return start + timedelta(days=1)


def period(grain: Grain, *, now: datetime, containing: date | None = None) -> Period:
    """Return the period that holds a day; without one, the last complete period.

    Where talk ended before that (an archive that was brought in), the period of its last day.
    """
    day = containing
    if day is None:
        day = start_of(local_today(now=now), grain) - timedelta(days=1)
        last = last_local_day()
        day = min(day, last) if last else day
    return Period(grain=grain, start=start_of(day, grain), end=end_of(day, grain))


def window_before(start: date, end: date) -> tuple[date, date]:
    """Return the window that comes before another: as many whole months, or as many days."""
    return _windows_before(start, end, 1)[0]


def window_headlines(
    start: date,
    end: date,
    *,
    log: EventLog,
    now: datetime,
    keys: tuple[str, ...] = HEADLINE_KEYS,
    filters: Filters | None = None,
) -> list[Headline]:
    """Return the headline figures of any window, each with the windows of its length before.

    One whole month or week is compared with the twelve before it, as on the console's home; a
    window of several whole months with as many months before it, any other with as many days.
    """
    shown = _one_period(start, end)
    if shown is not None:
        return [_window_in_line(key, shown, log, now, filters) for key in keys]
    windows = [(start, end), *_windows_before(start, end, ANY_WINDOWS_BEFORE)]
    return [_any_headline(key, windows, log, now, filters) for key in keys]


def _one_period(start: date, end: date) -> Period | None:
    """Return the month or week that the window is, if it is just that."""
    for grain in (Grain.MONTH, Grain.WEEK):
        if start == start_of(start, grain) and end == end_of(start, grain):
            return Period(grain=grain, start=start, end=end)
    return None


def _window_in_line(
    key: str, shown: Period, log: EventLog, now: datetime, filters: Filters | None
) -> Headline:
    """Ask for the window by itself, so that its evidence is its own, and for those before."""
    line = _headline(key, shown, log, now, filters)
    answer = _whole(key, shown.start, shown.end, log, now, filters)
    return replace(line, answer=answer, point=answer.points[0])


def _whole(
    key: str, start: date, end: date, log: EventLog, now: datetime, filters: Filters | None
) -> Answer:
    """Ask a window as a whole, on the clock that the log was opened with."""
    asked = question(
        key, start=start, end=end, grain=Grain.WINDOW, timezone=log.timezone, filters=filters
    )
    return ask(asked, log=log, now=now)


def _windows_before(start: date, end: date, count: int) -> list[tuple[date, date]]:
    """Return the windows of the same length that end where the next one starts, newest first."""
    months = (end.year - start.year) * 12 + end.month - start.month
    by_month = start.day == 1 and end.day == 1
    found = []
    for _ in range(count):
        earlier = _months_before(start, months) if by_month else start - (end - start)
        found.append((earlier, start))
        start, end = earlier, start
    return found


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _any_headline(
    key: str,
    windows: list[tuple[date, date]],
    log: EventLog,
    now: datetime,
    filters: Filters | None,
) -> Headline:
    """Ask the first two windows, which are cited, by themselves, and those before at once."""
    cited = [_whole(key, start, end, log, now, filters) for start, end in windows[:2]]
    earlier = ask_windows(cited[0].question, [*reversed(windows[2:])], log=log, now=now)
    points = [*earlier, *(answer.points[0] for answer in reversed(cited))]
    return _told(key, cited[0], points, before=cited[1])


def headlines(
    shown: Period,
    *,
    log: EventLog,
    now: datetime,
    keys: tuple[str, ...] = HEADLINE_KEYS,
    filters: Filters | None = None,
) -> list[Headline]:
    """Return the headline figures of a period, each with the windows before it."""
    return [_headline(key, shown, log, now, filters) for key in keys]


def _headline(
    key: str, shown: Period, log: EventLog, now: datetime, filters: Filters | None
) -> Headline:
    asked = question(
        key,
        start=shown.before(WINDOWS_BEFORE),
        end=shown.end,
        grain=shown.grain,
        timezone=log.timezone,
        filters=filters,
    )
    answer = ask(asked, log=log, now=now)
    return _told(key, answer, list(answer.points), before=answer)


def _told(key: str, answer: Answer, points: list[Point], *, before: Answer) -> Headline:
    """Make a headline of the last of these points, oldest first."""
    *earlier, point = points
    recorded = _since_the_first_figure(earlier)
    definition = metric(key)
    return Headline(
        metric=definition,
        answer=answer,
        point=point,
        before=recorded[-1] if recorded else None,
        answer_before=before if recorded else None,
        usual=usual_range(
            [each.value for each in recorded],
            counts=definition.kind in _COUNTED,
            most=1.0 if definition.unit == "share" else None,
        ),
        trend=(*recorded, point),
    )


def _since_the_first_figure(points: list[Point]) -> list[Point]:
    """Leave out the windows before the community's first day: they are no quiet windows."""
    for number, point in enumerate(points):
        if point.value:
            return points[number:]
    return []
