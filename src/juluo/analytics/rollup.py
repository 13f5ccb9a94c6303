"""Build the member-day rollup of one month from that month's event files."""

import os
from pathlib import Path

import pyarrow as pa

from juluo.analytics.calendar import DAY_US, offsets


def build_month(files: tuple[Path, ...], timezone: str, destination: Path) -> int:
    """Write the member-days of all events in ``files`` to ``destination``; return the rows.

    One row per member, local day, space and source; everyone is in it, bots included, since
    what an account is can change later. The file appears whole or not at all.
    """
    import pyarrow.parquet as pq

    from juluo.analytics import relations
    from juluo.analytics.connection import EventView, Inputs, opened

    resolved = tuple(path.resolve() for path in files)
    events = relations.raw_events("month_events")
    span = events.agg(low=events.at_us.min(), high=events.at_us.max())
    with opened(sorted({path.parent for path in resolved})) as connection:
        connection.offer(Inputs(event_views={"month_events": EventView(files=resolved)}))
        low, high = _range(connection.run(relations.sql(span)))
        steps = offsets(timezone, low // DAY_US - 1, high // DAY_US + 2)
        days = relations.rolled_up(relations.with_local_time(events, steps))
        ordered = days.order_by("day", "member_id", "space_id", "source")
        table = connection.run(relations.sql(ordered))
    draft = destination.with_name(destination.name + ".tmp")
    with draft.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(destination)
    return int(table.num_rows)


def _range(table: pa.Table) -> tuple[int, int]:
    low, high = table["low"][0].as_py(), table["high"][0].as_py()
    return low or 0, high or 0
