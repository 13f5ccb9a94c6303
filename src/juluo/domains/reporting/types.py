"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import date

from juluo.domains.reporting.rules import NotACycle, cycle_days

__all__ = ["EARLIEST", "LATEST", "LONGEST_DAYS", "NotACycle", "ReportRequest", "cycle_days"]

LONGEST_DAYS = 366 * 10
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """What a report covers: local days ``[start, end)``, in ``zh`` or ``en``."""

    start: date
    end: date
    language: str

    @property
    def is_within_reach(self) -> bool:
        """Whether it has ten years at the most, and windows before it can be compared with."""
        return self.days <= LONGEST_DAYS and self.start >= EARLIEST and self.end <= LATEST

    @property
    def days(self) -> int:
        """The number of days covered."""
        return (self.end - self.start).days
