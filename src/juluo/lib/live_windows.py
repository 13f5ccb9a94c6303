"""Windows that move with the day: the last four weeks, last month, the last twelve months."""

from datetime import date, timedelta

NAMES = (
    "7_days",
    "28_days",
    "90_days",
    "last_week",
    "12_weeks",
    "last_month",
    "6_months",
    "12_months",
)


def live_window(name: str, *, today: date) -> tuple[date, date]:
    """Return the local days ``[start, end)`` of a window; all of them are over by today.

    :raises ValueError: if there is no such window.
    """
    if name not in NAMES:
        raise ValueError(name)
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    number, _, unit = name.partition("_")
    if name == "last_week":
        return monday - timedelta(weeks=1), monday
    if name == "last_month":
        return _months_before(first, 1), first
    if unit == "days":
        return today - timedelta(days=int(number)), today
    if unit == "weeks":
        return monday - timedelta(weeks=int(number)), monday
    return _months_before(first, int(number)), first


def _months_before(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
