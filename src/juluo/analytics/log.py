"""The event log as analytics sees it: files, a tail, and the people behind the ids."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

# What a rollup's columns mean (see relations.ROLLUP): those of another version are stale.
ROLLUP_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class MonthFiles:
    """One month of the lake, a month being cut in the community's time zone.

    ``rollup`` is the member-day rollup made from exactly these files, or None when there is
    none that is current.
    """

    month: str
    files: tuple[Path, ...]
    rollup: Path | None = None


@dataclass(frozen=True, kw_only=True)
class EventLog:
    """All events up to one moment: the lake's months, oldest first, plus the tail.

    ``tail`` has EVENT_SCHEMA and holds what the lake does not hold yet. ``timezone`` is the
    community's, the one the rollups were cut in. ``data_version`` names this state: the same
    words mean the same events.
    """

    months: tuple[MonthFiles, ...]
    tail: "pa.Table"
    people: "pa.Table"
    timezone: str
    data_version: str
    lake_folder: Path | None = field(default=None)
    # Ids of the log that turned out to be someone else: (id, who it is). Nobody is mapped twice.
    same_people: tuple[tuple[int, int], ...] = ()
