"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import date

from juluo.domains.reporting.rules import (
    CYCLES,
    Kind,
    NotACycle,
    cycle_days,
    cycle_of,
    kind_of,
    last_cycle,
)

__all__ = [
    "CYCLES",
    "EARLIEST",
    "LANGUAGES",
    "LATEST",
    "LONGEST_DAYS",
    "Kind",
    "NotACycle",
    "ReportRequest",
    "cycle_days",
    "cycle_of",
    "kind_of",
    "last_cycle",
]

LANGUAGES = ("zh", "en")
LONGEST_DAYS = 366 * 10
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """What a report covers: local days ``[start, end)``, in ``zh`` or ``en``.

    ``plan_id`` narrows goals, work and money to one plan and those below it (an activity's report
    is on its plan). Money is told only ``with_money``.
    """

    start: date
    end: date
    language: str
    kind: Kind = Kind.WINDOW
    plan_id: int | None = None
    with_money: bool = False

    @property
    def is_within_reach(self) -> bool:
        """Whether it has ten years at the most, and windows before it can be compared with."""
        return self.days <= LONGEST_DAYS and self.start >= EARLIEST and self.end <= LATEST

    @property
    def days(self) -> int:
        """The number of days covered."""
        return (self.end - self.start).days
