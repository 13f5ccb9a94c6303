"""Every write to imports: ask for one, run it, and tell how far it is."""

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from juluo.domains.members.services import audit
from juluo.eventlog.recording import record
from juluo.events.importing import ImportFinished
from juluo.importers.models import ImportRun
from juluo.importers.reading import Counts, read_export
from juluo.importers.sources import opened
from juluo.importers.spool import Spool
from juluo.importers.stream import Options, Refused
from juluo.importers.writing import write_spool

# (phase, done, total): what a person who waits may see.
Watch = Callable[[str, int, int | None], None]
PROGRESS_EVERY_SECONDS = 1.0


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """What to import: a format's name, a path, the zone of local times, a community's name."""

    format: str
    path: Path
    zone: ZoneInfo
    name: str = ""

    @property
    def source(self) -> str:
        """The source that rows and events carry: the format, or ``format/NAME``."""
        return f"{self.format}/{self.name}"[:40] if self.name else self.format


@transaction.atomic
def ask_for_import(
    *,
    request: ImportRequest,
    label: str,
    at: datetime,
    asked_by_id: int | None = None,
    upload: str = "",
) -> ImportRun:
    """Note down an import that is to be run; :func:`run_import` runs it."""
    run = ImportRun.objects.create(
        format=request.format,
        source=request.source,
        label=label[:200],
        upload=upload,
        timezone=request.zone.key,
        asked_by_id=asked_by_id,
        asked_at=at,
    )
    if asked_by_id is not None:
        # From the console: on the command line there is no member to name.
        details = {"format": request.format, "source": request.source}
        subject = f"import:{run.pk}"
        audit(actor_id=asked_by_id, action="import.asked", subject=subject, details=details, at=at)
    return run


def run_import(
    *, run_id: int, request: ImportRequest, watch: Watch | None = None
) -> dict[str, Any]:
    """Run an import to its end and return its summary; running it again is safe.

    :raises Refused: if the export cannot be imported; the run says why.
    """
    started = time.monotonic()
    progress = _Progress(run_id, watch)
    _update(run_id, status=ImportRun.Status.READING, started_at=timezone.now(), refusal="")
    try:
        with _alone(request.source):
            counts, summary = _read_and_write(request, progress)
    except Refused as refusal:
        refuse_run(run_id=run_id, reason=str(refusal), at=timezone.now())
        raise
    summary["seconds"] = round(time.monotonic() - started, 2)
    finish_run(run_id=run_id, summary=summary, problems=counts.problems, at=timezone.now())
    return summary | {"problems": counts.problems}


def _read_and_write(request: ImportRequest, progress: "_Progress") -> tuple[Counts, dict[str, Any]]:
    options = Options(zone=request.zone, name=request.name)
    spool = Spool(scratch_folder())
    try:
        with opened(request.path) as source:
            counts = read_export(
                format_name=request.format,
                source=source,
                options=options,
                spool=spool,
                tell=lambda done: progress(ImportRun.Status.READING, done, None),
            )
        added = write_spool(
            spool=spool,
            source=request.source,
            last=counts.last or timezone.now(),
            tell=lambda done, total: progress(ImportRun.Status.WRITING, done, total),
        )
        return counts, _summary(request, counts, spool, added)
    finally:
        spool.close()


def _summary(request: ImportRequest, counts: Counts, spool: Spool, added: int) -> dict[str, Any]:
    return {
        "format": request.format,
        "source": request.source,
        "spaces": spool.count("places"),
        "members": spool.count("people"),
        "authors": spool.authors(),
        "messages": counts.messages,
        "added": added,
        "replies": counts.replies,
        "reactions": counts.reactions,
        "notices": counts.notices,
        "bots": counts.bots,
        "edited": counts.edited,
        "duplicates": counts.duplicates,
        "unreadable": counts.unreadable,
        "records": counts.records,
        "first": counts.first.isoformat() if counts.first else None,
        "last": counts.last.isoformat() if counts.last else None,
        "timezone": request.zone.key,
    }


@transaction.atomic
def finish_run(
    *, run_id: int, summary: dict[str, Any], problems: list[dict[str, str]], at: datetime
) -> None:
    """Mark a run done, with what it counted."""
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    run.status = ImportRun.Status.DONE
    run.finished_at = at
    run.counts = summary
    run.problems = problems
    run.done = run.total = summary["records"]
    run.save()
    event = ImportFinished(run_id=run_id, format=run.format, value=summary["added"])
    # The run's own key: a worker that is cut after this and starts anew tells it once.
    record(event, at=at, actor_id=run.asked_by_id, key=f"native:import_finished:{run_id}")


@transaction.atomic
def refuse_run(*, run_id: int, reason: str, at: datetime) -> None:
    """Mark a run refused, with the reason."""
    ImportRun.objects.filter(pk=run_id).update(
        status=ImportRun.Status.REFUSED, refusal=reason, finished_at=at
    )


@transaction.atomic
def _update(run_id: int, **values: Any) -> None:
    ImportRun.objects.filter(pk=run_id).update(**values)


class _Progress:
    """Tells the one who watches, and the run's row, at most once a second."""

    def __init__(self, run_id: int, watch: Watch | None) -> None:
        self._run_id, self._watch, self._told_at = run_id, watch, 0.0

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        if self._watch:
            self._watch(phase, done, total)
        now = time.monotonic()
        if now - self._told_at >= PROGRESS_EVERY_SECONDS:
            self._told_at = now
            _update(self._run_id, status=phase, done=done, total=total)


def scratch_folder() -> Path:
    """Return the folder for what an import holds while it runs, made if missing."""
    folder = Path(settings.HOME) / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def _alone(source: str) -> Iterator[None]:
    """Let one import of a source run at a time; a killed one lets go by itself."""
    name = hashlib.blake2b(source.encode(), digest_size=8).hexdigest()
    with (scratch_folder() / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(f"another import of {source} is running; wait for its end") from error
        yield
