"""Read the lake by its manifest, keep its files few, and its rollups current."""

import hashlib
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone as clock

from juluo.analytics.log import ROLLUP_VERSION, EventLog, MonthFiles
from juluo.eventlog.lake import lake_folder, only_roller, write_parquet
from juluo.eventlog.models import EventRecord, LakeBatch, LakeFile, RollupMonth
from juluo.eventlog.relation import to_table
from juluo.lib.durable_files import replace_durably

if TYPE_CHECKING:
    import pyarrow as pa

COMPACT_FROM_FILES = 8
# Replaced files stay this long for readers that opened the manifest before.
GRACE = timedelta(minutes=15)


def open_log(
    *, people: "pa.Table", timezone: str, same_people: tuple[tuple[int, int], ...] = ()
) -> EventLog:
    """Return all events up to now: the lake by its manifest, and the tail from the table.

    The tail is what no batch of *this* manifest holds, so that a batch finished in between is
    neither missed nor counted twice.
    """
    done = LakeBatch.objects.exclude(done_at=None).order_by("id")
    newest = done.aggregate(newest=Max("id"))["newest"] or 0
    undone = list(
        LakeBatch.objects.filter(done_at=None, pk__lte=newest).values_list("pk", flat=True)
    )
    files = list(
        LakeFile.objects.filter(replaced_at=None, batch_id__lte=newest).order_by("month", "name")
    )
    tail = to_table(
        EventRecord.objects.filter(
            Q(batch=None) | Q(batch_id__gt=newest) | Q(batch_id__in=undone)
        ).order_by("occurred_at", "key")
    )
    digest = done.filter(pk=newest).values_list("digest", flat=True).first() or "empty"
    return EventLog(
        months=_months(files, timezone),
        tail=tail,
        people=people,
        timezone=timezone,
        data_version=f"{digest[:12]}+{tail.num_rows}{_in_a_word(same_people)}",
        lake_folder=lake_folder(),
        same_people=same_people,
    )


def _in_a_word(same_people: tuple[tuple[int, int], ...]) -> str:
    """Return what tells one state of who is whom from another; nothing where nobody is."""
    if not same_people:
        return ""
    return "+" + hashlib.sha256(repr(same_people).encode()).hexdigest()[:8]


def _months(files: list[LakeFile], timezone: str) -> tuple[MonthFiles, ...]:
    by_month: dict[str, list[LakeFile]] = defaultdict(list)
    for file in files:
        by_month[file.month].append(file)
    rollups = {rollup.month: rollup for rollup in RollupMonth.objects.all()}
    folder = lake_folder()
    return tuple(
        MonthFiles(
            month=month,
            files=tuple(folder / file.name for file in group),
            rollup=_current(rollups.get(month), group, timezone),
        )
        for month, group in sorted(by_month.items())
    )


def _current(rollup: RollupMonth | None, files: list[LakeFile], timezone: str) -> Path | None:
    if rollup is None or rollup.made_from != fingerprint(files, timezone):
        return None
    return lake_folder() / rollup.name


def fingerprint(files: list[LakeFile], timezone: str) -> str:
    """Return what a month's rollup was made from, in one word."""
    parts = [str(ROLLUP_VERSION), timezone, *sorted(file.digest for file in files)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def refresh_rollups(*, timezone: str) -> int:
    """Rebuild the member-day rollup of every month whose files changed; return how many."""
    from juluo.analytics.rollup import build_month

    rebuilt = 0
    with only_roller() as mine:
        if not mine:
            return 0
        current = dict(RollupMonth.objects.values_list("month", "made_from"))
        for month, files in _files_by_month().items():
            made_from = fingerprint(files, timezone)
            if current.get(month) == made_from:
                continue
            name = f"rollups/month={month}/rollup-{made_from[:16]}.parquet"
            path = lake_folder() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".parquet.tmp")
            rows = build_month(
                tuple(lake_folder() / file.name for file in files),
                timezone=timezone,
                destination=draft,
            )
            replace_durably(draft, path)
            RollupMonth.objects.update_or_create(
                month=month,
                defaults={
                    "timezone": timezone,
                    "name": name,
                    "made_from": made_from,
                    "rows": rows,
                },
            )
            rebuilt += 1
    return rebuilt


def forget_rollups() -> int:
    """Forget every rollup, so that the next refresh makes them all anew from the log's files.

    Meanwhile figures are computed from the files themselves. Returns how many were forgotten.
    """
    forgotten, _ = RollupMonth.objects.all().delete()
    return forgotten


def _files_by_month() -> dict[str, list[LakeFile]]:
    by_month: dict[str, list[LakeFile]] = defaultdict(list)
    for file in LakeFile.objects.filter(replaced_at=None, batch__done_at__isnull=False):
        by_month[file.month].append(file)
    return dict(sorted(by_month.items()))


def compact(*, at: datetime, from_files: int = COMPACT_FROM_FILES) -> int:
    """Join the files of months that have many; return how many months were joined.

    The same rule as for rolling: the new file is whole before the manifest names it, and the
    old ones stay until no reader can still hold them.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    joined = 0
    with only_roller() as mine:
        if not mine:
            return 0
        for month, files in _files_by_month().items():
            if len(files) < from_files:
                continue
            parts = [pq.read_table(lake_folder() / file.name) for file in files]
            table = pa.concat_tables(parts).sort_by([("occurred_at", "ascending")])
            last = max(file.batch_id for file in files)
            name = f"events/month={month}/compact-{last:010d}.parquet"
            digest = write_parquet(table, lake_folder() / name)
            with transaction.atomic():
                LakeFile.objects.filter(pk__in=[file.pk for file in files]).update(replaced_at=at)
                LakeFile.objects.create(
                    month=month, name=name, batch_id=last, rows=table.num_rows, digest=digest
                )
            joined += 1
    return joined


def remove_leftovers(*, at: datetime) -> int:
    """Delete files that the manifest no longer names and no reader can still hold."""
    kept = set(LakeFile.objects.filter(replaced_at=None).values_list("name", flat=True))
    kept |= set(LakeFile.objects.filter(replaced_at__gt=at - GRACE).values_list("name", flat=True))
    kept |= set(RollupMonth.objects.values_list("name", flat=True))
    folder = lake_folder()
    removed = 0
    with only_roller() as mine:
        if not mine:
            return 0
        for path in [*folder.rglob("*.parquet"), *folder.rglob("*.parquet.tmp")]:
            age = at.timestamp() - path.stat().st_mtime
            if str(path.relative_to(folder)) not in kept and age > GRACE.total_seconds():
                path.unlink()
                removed += 1
    return removed


def roll_everything(*, timezone: str) -> int:
    """Roll, compact, refresh the rollups and tidy up; return how many events were moved."""
    from juluo.eventlog.lake import roll

    moved = roll(timezone=timezone).events
    now = clock.now()
    compact(at=now)
    refresh_rollups(timezone=timezone)
    remove_leftovers(at=now)
    return moved
