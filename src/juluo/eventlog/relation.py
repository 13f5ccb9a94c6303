"""Lines of the log as the relation that analytics reads."""

import json
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from django.db.models import QuerySet

    from juluo.eventlog.models import EventRecord

_CHUNK = 20_000
_REFERENCES = ("subject_id", "thread_id", "parent_id", "channel")


def to_table(records: "QuerySet[EventRecord]") -> "pa.Table":
    """Return the lines as a table of EVENT_SCHEMA; absent references become NULL."""
    import pyarrow as pa

    from juluo.analytics.schemas import EVENT_SCHEMA

    rows = records.values_list(*EVENT_SCHEMA.names).iterator(chunk_size=_CHUNK)
    chunks = iter(lambda: list(islice(rows, _CHUNK)), [])
    batches = [_batch(chunk) for chunk in chunks]
    return pa.Table.from_batches(batches, schema=EVENT_SCHEMA)


def _batch(rows: list[tuple[Any, ...]]) -> "pa.RecordBatch":
    import pyarrow as pa

    from juluo.analytics.schemas import EVENT_SCHEMA

    columns = dict(zip(EVENT_SCHEMA.names, zip(*rows, strict=True), strict=True))
    for name in _REFERENCES:
        columns[name] = _absent_as_null(columns[name])
    columns["payload"] = tuple(_as_text(value) for value in columns["payload"])
    arrays = [pa.array(columns[field.name], type=field.type) for field in EVENT_SCHEMA]
    return pa.RecordBatch.from_arrays(arrays, schema=EVENT_SCHEMA)


def _absent_as_null(values: Iterable[str]) -> tuple[str | None, ...]:
    return tuple(value or None for value in values)


def _as_text(payload: dict[str, Any]) -> str:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def month_of(table: "pa.Table", timezone: str) -> "np.ndarray[Any, Any]":
    """Return each row's month of local time, such as ``2026-03``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    local = table["occurred_at"].cast(pa.timestamp("us", tz=timezone))
    months: np.ndarray[Any, Any] = pc.strftime(local, format="%Y-%m").to_numpy(zero_copy_only=False)
    return months
