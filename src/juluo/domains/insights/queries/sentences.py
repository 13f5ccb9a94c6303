"""An answer in a sentence or two: the latest complete point, and a window against another."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from juluo.analytics.question import Answer, Grain, Point
from juluo.domains.insights.queries.headlines import end_of, start_of
from juluo.lib import figures


def latest_sentence(answer: Answer, *, today: date, language: str) -> str:
    """Say the newest complete point and how it differs from the one before; "" if there is none.

    A point that the window cuts off, or whose time has not passed by ``today``, is passed over:
    comparing it would mislead.
    """
    grain = answer.question.grain
    if grain is Grain.WINDOW or answer.question.by or any(each.group for each in answer.points):
        return ""
    if any(each.row for each in answer.points):
        return ""
    end = min(answer.question.end, today)
    whole = [each for each in answer.points if _is_complete(each, answer, end)]
    if not whole or whole[-1].value is None:
        return ""
    values = {
        "when": when(whole[-1], grain, language=language),
        "value": figures.figure(whole[-1].value, answer.unit, language=language),
    }
    before = whole[-2].value if len(whole) > 1 else None
    if before is None:
        return _("%(when)s: %(value)s.") % values
    values["before"] = figures.figure(before, answer.unit, language=language)
    return _compared(whole[-1].value - before, before, answer.unit, values, language)


def window_sentence(answer: Answer, against: Answer, *, language: str) -> str:
    """Say what a whole window came to and what the other did; "" where either is not one value."""
    if len(answer.points) != 1 or len(against.points) != 1:
        return ""
    value, before = answer.points[0].value, against.points[0].value
    if value is None or before is None:
        return ""
    values = {
        "when": _("The whole window"),
        "value": figures.figure(value, answer.unit, language=language),
        "before": figures.figure(before, answer.unit, language=language),
    }
    return _compared(value - before, before, answer.unit, values, language)


def window_words(answer: Answer, *, language: str) -> str:
    """Return the first and last day that an answer covers."""
    first = figures.day(answer.question.start, language=language)
    last = figures.day(answer.question.end - timedelta(days=1), language=language)
    return f"{first} – {last}"


def when(point: Point, grain: Grain, *, language: str) -> str:
    """Return a point of time in full: a day, the week that begins on a day, or a month."""
    if grain is Grain.MONTH:
        return figures.month(point.start, language=language)
    day = figures.day(point.start, language=language)
    return _("Week from %(day)s") % {"day": day} if grain is Grain.WEEK else day


def _is_complete(point: Point, answer: Answer, end: date) -> bool:
    grain = answer.question.grain
    return start_of(point.start, grain) == point.start and end_of(point.start, grain) <= end


def _compared(
    change: float, before: float, unit: str, values: dict[str, str], language: str
) -> str:
    if not change:
        return _("%(when)s: %(value)s, the same as before.") % values
    size = figures.change(change, unit, language=language).lstrip("+−")
    if unit != "share" and before:
        share = f"{abs(change / before) * 100:.0f}%"
        size = _("%(size)s (%(share)s)") % {"size": size, "share": share}
    words = _("%(when)s: %(value)s, up %(size)s from %(before)s.")
    if change < 0:
        words = _("%(when)s: %(value)s, down %(size)s from %(before)s.")
    return words % {**values, "size": size}
