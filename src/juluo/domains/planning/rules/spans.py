"""Which days a plan of each kind usually covers."""

from datetime import date, timedelta


def proposed_span(kind: str, *, today: date) -> tuple[date, date]:
    """Return the days ``[start, end)`` that a new plan of a kind is proposed for.

    A year or quarter that has hardly begun is still worth a plan: this one in its first third,
    the next one afterwards. An activity or campaign begins on a Monday in two weeks, for four
    weeks.
    """
    if kind == "annual":
        year = today.year if today.month <= 4 else today.year + 1
        return date(year, 1, 1), date(year + 1, 1, 1)
    if kind == "quarterly":
        start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        if (today - start).days > 30:
            start = _next_quarter(start)
        return start, _next_quarter(start)
    monday = today + timedelta(days=14 - today.weekday())
    return monday, monday + timedelta(days=28)


def _next_quarter(start: date) -> date:
    month = start.month + 3
    return date(start.year + month // 13, (month - 1) % 12 + 1, 1)
