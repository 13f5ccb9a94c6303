"""What a budget line will have cost in the end: what is spent, and what the plan still holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from juluo.lib.money import share_of


class Basis(StrEnum):
    """What says how much of a line is still to come."""

    MONTH = "month"
    TASKS = "tasks"
    TIME = "time"


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """The share of a line's plan that is still to come, and what says so."""

    share: Fraction
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Where a line will end: spent, promised, what is expected besides, and the difference."""

    spent: int
    committed: int
    rest: int
    amount: int

    @property
    def total(self) -> int:
        """What the line is expected to have cost in the end."""
        return self.spent + self.committed + self.rest

    @property
    def over(self) -> int:
        """By how much that is more than planned; negative where it is less."""
        return self.total - self.amount


def next_month(month: date) -> date:
    """Return the first day of the month after one."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def remaining(
    *,
    start: date,
    end: date,
    month: date | None,
    today: date,
    work: tuple[int, int] | None,
) -> Remaining:
    """Return how much of a line's plan is to come, from the best thing known of it.

    The month it is planned for; else the planned minutes of its tasks that are still open
    (``work``: open, all); else the days of the budget that are not over.
    """
    if month is not None:
        return Remaining(share=_time_left(month, next_month(month), today), basis=Basis.MONTH)
    if work is not None and work[1] > 0:
        return Remaining(share=Fraction(*work), basis=Basis.TASKS)
    return Remaining(share=_time_left(start, end, today), basis=Basis.TIME)


def _time_left(start: date, end: date, today: date) -> Fraction:
    """Return the share of the days ``[start, end)`` that begin after today does."""
    whole = (end - start).days
    left = (end - max(today, start)).days
    return Fraction(min(max(left, 0), whole), whole)


def forecast(*, amount: int, spent: int, committed: int, left: Remaining) -> Forecast:
    """Return a line's forecast to complete.

    The rest is the share of the plan still to come, less what is already promised of it.
    """
    rest = max(share_of(amount, left.share) - committed, 0)
    return Forecast(spent=spent, committed=committed, rest=rest, amount=amount)
