"""The one door to DuckDB: opened for reading our own files, with a memory limit, then locked."""

import os
import tempfile
import uuid
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "512MB"
TAIL = "tail_events"


@dataclass(frozen=True, kw_only=True)
class EventView:
    """The events of some files, and of the tail where there is one, in ``[low, high)``."""

    files: tuple[Path, ...]
    low: datetime | None = None
    high: datetime | None = None


@dataclass
class Inputs:
    """What a query may read: tables in memory, views over event files and rollup files.

    ``derived`` are queries over the event views, offered under a name of their own.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    event_views: dict[str, EventView] = field(default_factory=dict)
    rollup_views: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    tail: pa.Table | None = None


class Connection:
    """An open database that can see the given folders and nothing else outside itself."""

    def __init__(self, raw: "duckdb.DuckDBPyConnection") -> None:
        self._raw = raw

    def offer(self, inputs: Inputs) -> None:
        """Make the inputs readable under their names."""
        if inputs.tail is not None:
            self._raw.register(TAIL, inputs.tail)
        for name, table in inputs.tables.items():
            self._raw.register(name, table)
        for name, view in inputs.event_views.items():
            self._raw.execute(_event_view(name, view, with_tail=inputs.tail is not None))
        for name, files in inputs.rollup_views.items():
            self._raw.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {_read(files)}")
        for name, sql in inputs.derived.items():
            self._raw.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def run(self, sql: str) -> pa.Table:
        """Run one SELECT and return its rows."""
        return self._raw.sql(sql).to_arrow_table()


@contextmanager
def opened(folders: Sequence[Path]) -> Iterator[Connection]:
    """Open a connection that may read files below ``folders`` only, and sees no other's tables.

    The database behind it, which holds nothing by itself, is kept for the next ones.
    """
    allowed = tuple(str(folder) for folder in folders)
    raw = _database(allowed).cursor()
    try:
        yield Connection(raw)
    except BaseException:
        # Whatever it was, the next question does not meet a database that may have been broken.
        _databases.pop(_key(allowed), None)
        raise
    finally:
        raw.close()


# Opening one takes longer than most questions. One per set of folders, of this process only.
_databases: "OrderedDict[tuple[int, tuple[str, ...]], duckdb.DuckDBPyConnection]" = OrderedDict()
_opening = Lock()
_MOST_DATABASES = 3


def _key(allowed: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return os.getpid(), allowed


def _database(allowed: tuple[str, ...]) -> "duckdb.DuckDBPyConnection":
    with _opening:
        key = _key(allowed)
        found = _databases.get(key) or _new_database(allowed)
        _databases[key] = found
        _databases.move_to_end(key)
        if len(_databases) > _MOST_DATABASES:
            # It closes by itself when the last question to it is answered.
            _databases.popitem(last=False)
        return found


def _new_database(allowed: tuple[str, ...]) -> "duckdb.DuckDBPyConnection":
    import duckdb

    raw = duckdb.connect(":memory:")
    # One of its own: databases that share a folder overwrite each other's spilled pages.
    scratch = Path(tempfile.gettempdir()) / f"juluo-duckdb-{uuid.uuid4().hex}"
    listed = ", ".join(_quoted(folder) for folder in [*allowed, str(scratch)])
    raw.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    raw.execute(f"SET temp_directory = {_quoted(str(scratch))}")
    raw.execute("SET GLOBAL TimeZone = 'UTC'")
    raw.execute("SET GLOBAL preserve_insertion_order = false")
    # Kept files would be memory that stays taken between questions.
    raw.execute("SET GLOBAL enable_external_file_cache = false")
    raw.execute(f"SET allowed_directories = [{listed}]")
    raw.execute("SET enable_external_access = false")
    raw.execute("SET lock_configuration = true")
    return raw


def _event_view(name: str, view: EventView, *, with_tail: bool) -> str:
    parts = [_read(view.files)] if view.files else []
    if with_tail or not view.files:
        parts.append(f"SELECT * FROM {TAIL}")  # noqa: S608 - our own name
    union = " UNION ALL ".join(parts)
    bounds = [("<", view.high), (">=", view.low)]
    within = " AND ".join(
        f"occurred_at {sign} TIMESTAMPTZ {_quoted(at.isoformat())}" for sign, at in bounds if at
    )
    return (
        f"CREATE OR REPLACE TEMP VIEW {name} AS "  # noqa: S608 - our own names
        f"SELECT *, epoch_us(occurred_at) AS at_us FROM ({union}) "
        f"WHERE {within or 'true'}"
    )


def _read(files: tuple[Path, ...]) -> str:
    listed = ", ".join(_quoted(str(path)) for path in files)
    # Our folders are called month=…, which DuckDB would turn into one more column.
    options = "hive_partitioning = false"
    return f"SELECT * FROM read_parquet([{listed}], {options})"  # noqa: S608 - quoted names


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
