"""Every read of imports, as frozen rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from juluo.importers.formats import FORMATS
from juluo.importers.models import ImportRun

LISTED = 50


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One import as a page shows it; ``counts`` is its summary once it is done."""

    id: int
    title: str
    label: str
    source: str
    status: str
    status_label: str
    asked_at: datetime
    finished_at: datetime | None
    is_over: bool
    done: int
    total: int | None
    timezone: str
    refusal: str
    counts: dict[str, Any]
    problems: list[dict[str, str]]

    @property
    def first(self) -> datetime | None:
        """When the first message was sent; None where there is none."""
        return _moment(self.counts.get("first"))

    @property
    def last(self) -> datetime | None:
        """When the last message was sent; None where there is none."""
        return _moment(self.counts.get("last"))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def latest_runs(*, limit: int = LISTED) -> list[RunRow]:
    """Return the latest imports, newest first."""
    return [_row(run) for run in ImportRun.objects.order_by("-asked_at", "-id")[:limit]]


def run_row(*, run_id: int) -> RunRow | None:
    """Return one import, or None if there is none with this id."""
    run = ImportRun.objects.filter(pk=run_id).first()
    return _row(run) if run else None


def _row(run: ImportRun) -> RunRow:
    known = FORMATS.get(run.format)
    return RunRow(
        id=run.pk,
        title=known.TITLE if known else run.format,
        label=run.label,
        source=run.source,
        status=run.status,
        status_label=run.get_status_display(),
        asked_at=run.asked_at,
        finished_at=run.finished_at,
        is_over=run.is_over,
        done=run.done,
        total=run.total,
        timezone=run.timezone,
        refusal=run.refusal,
        counts=run.counts,
        problems=run.problems,
    )
