"""Tasks that run by the clock. Each slot is asked for once, whatever the number of workers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cronsim import CronSim
from django.db import transaction
from django_tasks.base import Task

from juluo.jobs.models import CronMark


@dataclass(frozen=True)
class Entry:
    """A task and the cron expression that asks for it (UTC)."""

    name: str
    expression: str
    task: Task[..., Any]


_ENTRIES: dict[str, Entry] = {}


def every(expression: str, task: Task[..., Any]) -> None:
    """Ask for the task by a cron expression such as ``*/5 * * * *`` (UTC)."""
    name = task.module_path
    _ENTRIES[name] = Entry(name, expression, task)


def ask_due(*, now: datetime) -> int:
    """Enqueue what the clock asks for since the last look; return how many tasks that is.

    Slots missed while no worker ran are asked for once, not once each.
    """
    return sum(_ask_if_due(entry, now) for entry in _ENTRIES.values())


def _ask_if_due(entry: Entry, now: datetime) -> bool:
    with transaction.atomic():
        mark, is_new = CronMark.objects.select_for_update().get_or_create(
            name=entry.name, defaults={"last_asked_at": now}
        )
        if is_new or next(CronSim(entry.expression, mark.last_asked_at)) > now:
            return False
        mark.last_asked_at = now
        mark.save()
        entry.task.enqueue()
    return True
