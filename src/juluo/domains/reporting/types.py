"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """What a report covers: local days ``[start, end)``, in ``zh`` or ``en``."""

    start: date
    end: date
    language: str

    @property
    def days(self) -> int:
        """The number of days covered."""
        return (self.end - self.start).days
