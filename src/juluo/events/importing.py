"""What can happen when talk from elsewhere is brought in."""

from dataclasses import dataclass
from typing import ClassVar

from juluo.events.base import Event


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Event):
    """An import ended; ``value`` is how many messages were new to the store."""

    name: ClassVar[str] = "importing.import_finished"
    run_id: int
    format: str
    value: float
