"""A tiny log, written row by row, that the analytics tests ask."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from juluo.analytics.log import EventLog, MonthFiles
from juluo.analytics.question import Answer, Filters, Grain, Question, Records
from juluo.analytics.rollup import build_month
from juluo.analytics.schemas import EVENT_SCHEMA, PEOPLE_SCHEMA

NAMES = {
    "post": "discussions.post_published",
    "question": "discussions.question_asked",
    "answer": "discussions.answer_given",
    "comment": "discussions.comment_written",
    "accept": "discussions.answer_accepted",
    "react": "discussions.reacted",
    "message": "messaging.message_sent",
    "join": "members.joined",
    "leave": "members.left",
    "visit": "members.signed_in",
}


@dataclass
class Story:
    """Events as they are told, and the ways to ask about them."""

    timezone: str = "UTC"
    rows: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    folder: Path | None = None

    def tell(self, what: str, who: int | None, at: str, **columns: Any) -> "Story":
        """Add one event; ``at`` is local time, e.g. ``2024-03-01 09:00``."""
        moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)
        key = columns.pop("key", f"e{len(self.rows):05}")
        payload = columns.pop("payload", {})
        if what in {"join", "leave"}:
            payload = {"member_id": who, **payload}
        row: dict[str, Any] = dict.fromkeys(EVENT_SCHEMA.names)
        row |= {
            "key": key,
            "name": NAMES[what],
            "version": 1,
            "occurred_at": moment,
            "recorded_at": moment,
            "actor_id": None if what in {"join", "leave"} else who,
            "source": "native",
            "payload": json.dumps(payload),
        }
        if what in {"post", "question", "answer", "comment", "message"}:
            row |= {"subject_id": key, "thread_id": key}
        self.rows.append(row | columns)
        return self

    def person(self, member: int, kind: str = "person", *, staff: bool = False) -> "Story":
        self.people.append({"member_id": member, "kind": kind, "is_staff": staff})
        return self

    def log(self) -> EventLog:
        """Return the story as a tail alone."""
        return self._log((), self.rows)

    def rolled(
        self,
        name: str = "lake",
        *,
        in_files: Callable[[dict[str, Any]], bool] = lambda _: True,
        rollups: bool = True,
    ) -> EventLog:
        """Return the story as monthly files with rollups, the rest as tail."""
        assert self.folder is not None
        months: dict[str, list[dict[str, Any]]] = {}
        for row in filter(in_files, self.rows):
            local = row["occurred_at"].astimezone(ZoneInfo(self.timezone))
            months.setdefault(f"{local:%Y-%m}", []).append(row)
        made = []
        for month, rows in sorted(months.items()):
            path = self.folder / f"{name}-{month}.parquet"
            pq.write_table(pa.Table.from_pylist(rows, schema=EVENT_SCHEMA), path)
            rollup = self.folder / f"{name}-rollup-{month}.parquet"
            if rollups:
                build_month((path,), self.timezone, rollup)
            made.append(MonthFiles(month=month, files=(path,), rollup=rollup if rollups else None))
        return self._log(tuple(made), [row for row in self.rows if not in_files(row)])

    def _log(self, months: tuple[MonthFiles, ...], tail: list[dict[str, Any]]) -> EventLog:
        return EventLog(
            months=months,
            tail=pa.Table.from_pylist(tail, schema=EVENT_SCHEMA),
            people=pa.Table.from_pylist(self.people, schema=PEOPLE_SCHEMA),
            timezone=self.timezone,
            data_version="story",
            lake_folder=self.folder,
        )

    def question(self, key: str, start: str, end: str, grain: str = "window", *,
                 by: str | None = None, timezone: str | None = None,
                 **filters: Any) -> Question:  # fmt: skip
        return Question(
            key=key,
            start=date.fromisoformat(start),
            end=date.fromisoformat(end),
            grain=Grain(grain),
            timezone=timezone or self.timezone,
            by=by,
            filters=Filters(**filters),
        )

    def ask(self, key: str, start: str, end: str, grain: str = "window", *,
            as_of: str = "2025-12-31 00:00", **options: Any) -> Answer:  # fmt: skip
        from juluo.analytics.engine import answer

        at = datetime.fromisoformat(as_of).replace(tzinfo=ZoneInfo(self.timezone))
        log = self.rolled() if self.folder else self.log()
        return answer(self.question(key, start, end, grain, **options), log=log, as_of=at)

    def values(self, key: str, start: str, end: str, grain: str = "window", **options: Any) -> Any:
        """Return the values of the points, or of each group, in order."""
        return [point.value for point in self.ask(key, start, end, grain, **options).points]

    def groups(self, key: str, start: str, end: str, grain: str = "window", **options: Any) -> Any:
        points = self.ask(key, start, end, grain, **options).points
        return {point.group: point.value for point in points}

    def behind(self, key: str, start: str, end: str, grain: str = "window", *,
               point: str | None = None, group: str | None = None,
               **options: Any) -> Records:  # fmt: skip
        from juluo.analytics.engine import records

        question = self.question(key, start, end, grain, **options)
        begin = date.fromisoformat(point or start)
        log = self.rolled() if self.folder else self.log()
        return records(question, log=log, start=begin, group=group)


@pytest.fixture
def story() -> Callable[..., Story]:
    return Story
