"""The event log as analytics sees it: files, a tail, and the people behind the ids."""

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

UTC_MICROSECONDS = pa.timestamp("us", tz="UTC")

# One row of the event relation, in the lake's files and in the tail alike. References and
# choices that are absent are NULL, never "".
EVENT_SCHEMA = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("version", pa.int16(), nullable=False),
        pa.field("occurred_at", UTC_MICROSECONDS, nullable=False),
        pa.field("recorded_at", UTC_MICROSECONDS, nullable=False),
        pa.field("actor_id", pa.int64()),
        pa.field("space_id", pa.int64()),
        pa.field("subject_id", pa.string()),
        pa.field("thread_id", pa.string()),
        pa.field("parent_id", pa.string()),
        pa.field("recipient_id", pa.int64()),
        pa.field("channel", pa.string()),
        pa.field("source", pa.string(), nullable=False),
        pa.field("value", pa.float64()),
        # The event's own fields as JSON text, e.g. {"language": "zh", "emoji": "+1"}.
        pa.field("payload", pa.string(), nullable=False),
    ]
)

# Everyone the community knows, one row each.
PEOPLE_SCHEMA = pa.schema(
    [
        pa.field("member_id", pa.int64(), nullable=False),
        # person, bot, system or test
        pa.field("kind", pa.string(), nullable=False),
        pa.field("is_staff", pa.bool_(), nullable=False),
    ]
)


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
    tail: pa.Table
    people: pa.Table
    timezone: str
    data_version: str
    lake_folder: Path | None = field(default=None)
