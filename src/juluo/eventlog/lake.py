"""Roll the log to Parquet, each event exactly once, whatever line a crash comes at.

Claim a batch in one transaction; write each month's file beside its place, fsync, rename,
fsync the folder; mark the batch done with rows and digest. Readers use done batches only (the
manifest). A batch that was claimed but not done is finished first, under the same names: the
same rows give the same files, so a repeat overwrites itself.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone as clock

from juluo.eventlog.models import EventRecord, LakeBatch, LakeFile
from juluo.eventlog.relation import month_of, to_table
from juluo.lib.durable_files import fsync_folder, replace_durably, sha256_of
from juluo.lib.home import data_home

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_EVENTS = 20_000


@dataclass(frozen=True, kw_only=True)
class Rolled:
    """What one roll did."""

    events: int
    batches: int


def lake_folder() -> Path:
    """Return the folder of the lake, made if missing."""
    folder = data_home() / "lake"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextmanager
def only_roller() -> Iterator[bool]:
    """Hold the lake for writing; yields False if another process holds it.

    The kernel frees the lock when a process is killed.
    """
    handle = os.open(lake_folder() / "roll.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def roll(*, timezone: str, batch_events: int = BATCH_EVENTS) -> Rolled:
    """Move every event that is not in the lake yet into it; finish what a crash left first.

    Months are cut in ``timezone``, the community's. Does nothing while another process rolls.
    """
    with only_roller() as mine:
        if not mine:
            return Rolled(events=0, batches=0)
        events = batches = 0
        for batch in LakeBatch.objects.filter(done_at=None).order_by("id"):
            events += _write(batch, timezone)
            batches += 1
        while (fresh := claim(limit=batch_events, at=clock.now())) is not None:
            events += _write(fresh, timezone)
            batches += 1
        return Rolled(events=events, batches=batches)


def claim(*, limit: int, at: datetime) -> LakeBatch | None:
    """Mark the next events as one batch's, oldest first; None when nothing waits.

    By mark, never by id: an event that commits late is simply claimed later.
    """
    with transaction.atomic():
        rows = EventRecord.objects.filter(batch=None).order_by("occurred_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        ids = list(rows.values_list("pk", flat=True)[:limit])
        if not ids:
            return None
        batch = LakeBatch.objects.create(claimed_at=at)
        for start in range(0, len(ids), 5000):
            EventRecord.objects.filter(pk__in=ids[start : start + 5000]).update(batch=batch)
    return batch


def _write(batch: LakeBatch, timezone: str) -> int:
    """Write a claimed batch's files and mark it done; return its number of events."""
    table = to_table(EventRecord.objects.filter(batch=batch).order_by("occurred_at", "key"))
    files = [_write_month(batch, month, part) for month, part in _by_month(table, timezone).items()]
    _mark_done(batch, files, rows=table.num_rows)
    return int(table.num_rows)


def _by_month(table: "pa.Table", timezone: str) -> "dict[str, pa.Table]":
    """Split a table, sorted by time, into months of local time."""
    months = month_of(table, timezone)
    return {month: table.filter(months == month) for month in sorted(set(months.tolist()))}


def _write_month(batch: LakeBatch, month: str, table: "pa.Table") -> LakeFile:
    name = f"events/month={month}/part-{batch.pk:010d}.parquet"
    digest = write_parquet(table, lake_folder() / name)
    return LakeFile(month=month, name=name, batch=batch, rows=table.num_rows, digest=digest)


def write_parquet(table: "pa.Table", path: Path) -> str:
    """Write a table so that after a crash the file is whole or absent; return its digest."""
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    fsync_folder(path.parent.parent)
    draft = path.with_suffix(".parquet.tmp")
    pq.write_table(table, draft, compression="zstd", row_group_size=131_072)
    digest = sha256_of(draft)
    replace_durably(draft, path)
    return digest


def _mark_done(batch: LakeBatch, files: list[LakeFile], *, rows: int) -> None:
    with transaction.atomic():
        LakeFile.objects.bulk_create(files)
        before = LakeBatch.objects.exclude(done_at=None).order_by("-id").first()
        LakeBatch.objects.filter(pk=batch.pk, done_at=None).update(
            done_at=clock.now(),
            rows=rows,
            digest=chain(before.digest if before else "", [file.digest for file in files]),
        )


def chain(before: str, digests: list[str]) -> str:
    """Return a batch's digest: of the batch before and of its own files'."""
    return hashlib.sha256("\n".join([before, *digests]).encode()).hexdigest()


def damage() -> list[str]:
    """Compare the lake with its manifest; return what is wrong in words, nothing if whole."""
    found: list[str] = []
    before = ""
    for batch in LakeBatch.objects.exclude(done_at=None).order_by("id"):
        own = batch.files.filter(name__contains="/part-").order_by("name")
        if chain(before, list(own.values_list("digest", flat=True))) != batch.digest:
            found.append(f"batch {batch.pk}: its digest does not follow from the one before")
        before = batch.digest
    for file in LakeFile.objects.filter(replaced_at=None):
        path = lake_folder() / file.name
        if not path.exists():
            found.append(f"{file.name}: missing")
        elif sha256_of(path) != file.digest:
            found.append(f"{file.name}: changed since it was written")
    return found


def waiting_events() -> int:
    """Return how many events are not in the lake yet."""
    return EventRecord.objects.filter(Q(batch=None) | Q(batch__done_at=None)).count()
