"""Where bars, lines and ticks of a time chart stand, in pixels."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ROW = 36
BAR = 18
HEAD = 40


class Zoom(StrEnum):
    """How much time a chart shows."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Zoom.MONTH: 1, Zoom.QUARTER: 3, Zoom.YEAR: 12}
_PIXELS = {Zoom.MONTH: 23.0, Zoom.QUARTER: 7.6, Zoom.YEAR: 1.9}


@dataclass(frozen=True, kw_only=True)
class Window:
    """The days ``[start, end)`` of a chart, and how wide one is."""

    zoom: Zoom
    start: date
    end: date

    @property
    def day_width(self) -> float:
        """Pixels a day."""
        return _PIXELS[self.zoom]

    @property
    def width(self) -> float:
        """Pixels in all."""
        return round((self.end - self.start).days * self.day_width, 1)

    def x(self, day: date) -> float:
        """Return where a day begins."""
        return round((day - self.start).days * self.day_width, 1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Where a span stands; ``None`` instead of one where it is out of sight."""

    x: float
    width: float
    y: float
    goes_on_left: bool
    goes_on_right: bool

    @property
    def mid(self) -> float:
        """Where its middle is."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line across the chart; ``is_strong`` begins a month or a year."""

    day: date
    x: float
    is_strong: bool


def window(zoom: Zoom, containing: date) -> Window:
    """Return the month, quarter or year that holds a day."""
    months = _MONTHS[zoom]
    first = (containing.month - 1) // months * months
    start = date(containing.year, first + 1, 1)
    return Window(zoom=zoom, start=start, end=add_months(start, months))


def add_months(day: date, months: int) -> date:
    """Return the first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def neighbours(shown: Window) -> tuple[date, date]:
    """Return the first days of the windows before and after."""
    months = _MONTHS[shown.zoom]
    return add_months(shown.start, -months), shown.end


def bar(start: date, last: date, *, row: int, shown: Window) -> Bar | None:
    """Return where a span of days (both included) stands in a row."""
    end = last + timedelta(days=1)
    if end <= shown.start or start >= shown.end:
        return None
    left, right = max(start, shown.start), min(end, shown.end)
    return Bar(
        x=shown.x(left),
        width=round(max(shown.x(right) - shown.x(left), 3.0), 1),
        y=HEAD + row * ROW + (ROW - BAR) / 2,
        goes_on_left=start < shown.start,
        goes_on_right=end > shown.end,
    )


def ticks(shown: Window) -> list[Tick]:
    """Return the lines of the chart: Mondays in a month or a quarter, months in a year."""
    found, day = [], shown.start
    while day < shown.end:
        begins_month = day.day == 1
        if begins_month or (shown.zoom is not Zoom.YEAR and day.weekday() == 0):
            found.append(Tick(day=day, x=shown.x(day), is_strong=begins_month))
        day += timedelta(days=1)
    return found


def connector(before: Bar, after: Bar) -> str:
    """Return the path from the end of one bar to the beginning of another."""
    x1, y1 = before.x + before.width, before.y + BAR / 2
    x2, y2 = after.x, after.y + BAR / 2
    turn = x1 + 6
    if x2 >= turn + 4:
        return f"M{x1} {y1}H{turn}V{y2}H{x2 - 2}"
    between = y1 + (ROW / 2 if y2 > y1 else -ROW / 2)
    return f"M{x1} {y1}H{turn}V{between}H{x2 - 8}V{y2}H{x2 - 2}"
