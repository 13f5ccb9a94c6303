"""Numbers in words a reader knows: 1,234 · 12.5 % · 3.2 hours, in both languages."""

from datetime import date, timedelta

_CHINESE = {
    "members": "人",
    "spaces": "个",
    "seconds": "秒",
    "minutes": "分钟",
    "hours": "小时",
    "days": "天",
}
_DURATIONS = (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0))
_FRACTIONS = {"ratio": 2, "index": 3, "per day": 2}
NOTHING = "–"


def figure(value: float | str | None, unit: str, *, language: str) -> str:
    """Return a value as it is shown; a dash where there is nothing to say.

    Shares are given as parts of one and shown in percent; durations in seconds.
    """
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if unit == "share":
        return percent(value)
    if unit == "seconds":
        return duration(value, language=language)
    return number(value, digits=_FRACTIONS.get(unit, 0))


def number(value: float, *, digits: int = 0) -> str:
    """Return a number with thousands set apart; whole numbers stay whole."""
    if digits == 0 and value != round(value):
        digits = 1
    return f"{value:,.{digits}f}"


def percent(value: float) -> str:
    """Return a share of one in percent, with one decimal."""
    return f"{value * 100:.1f}%"


def duration(seconds: float, *, language: str) -> str:
    """Return a span of time in the largest unit that it holds at least once."""
    name, size = next(((n, s) for n, s in _DURATIONS if abs(seconds) >= s), _DURATIONS[-1])
    amount = seconds / size
    shown = f"{amount:.1f}".removesuffix(".0")
    if language.startswith("zh"):
        return f"{shown} {_CHINESE[name]}"
    return f"{shown} {name.removesuffix('s') if shown == '1' else name}"


def change(value: float | None, unit: str, *, language: str) -> str:
    """Return a difference with its sign; of shares in percentage points."""
    if value is None:
        return NOTHING
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    size = abs(value)
    if unit == "share":
        points = "个百分点" if language.startswith("zh") else "pp"
        return f"{sign}{size * 100:.1f} {points}"
    return f"{sign}{figure(size, unit, language=language)}"


def arrow(value: float | None) -> str:
    """Return ▲, ▼ or = for a difference; never the only sign of it."""
    if value is None:
        return ""
    return "▲" if value > 0 else "▼" if value < 0 else "="


def day(when: date, *, language: str) -> str:
    """Return a day: 2026 年 3 月 1 日, or 1 March 2026."""
    if language.startswith("zh"):
        return f"{when.year} 年 {when.month} 月 {when.day} 日"
    return f"{when.day} {when:%B} {when.year}"


def days(start: date, end: date, *, language: str) -> str:
    """Return the days ``[start, end)`` in words: one day, or the first and the last."""
    first, last = day(start, language=language), day(end - timedelta(days=1), language=language)
    return first if first == last else f"{first} – {last}"


def month(when: date, *, language: str) -> str:
    """Return a month: 2026 年 3 月, or March 2026."""
    return (
        f"{when.year} 年 {when.month} 月" if language.startswith("zh") else f"{when:%B} {when.year}"
    )


def point_label(start: date, grain: str, *, language: str) -> str:
    """Return the short name of a point of time on an axis."""
    if grain == "month":
        return f"{start.year}/{start.month}" if language.startswith("zh") else f"{start:%b %Y}"
    return f"{start.month}/{start.day}" if language.startswith("zh") else f"{start.day} {start:%b}"
