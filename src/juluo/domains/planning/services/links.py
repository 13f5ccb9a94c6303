"""Tie tasks to real objects, and close them when those are done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from juluo.domains.community import queries as community
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell
from juluo.domains.planning.models import ContentSlot, Task, TaskLink
from juluo.domains.planning.queries.links import kinds_closed_by, link_kinds, open_links
from juluo.domains.planning.services.changes import PlanIsClosed
from juluo.domains.planning.services.tasks import CLOSED, finish_task, free_task
from juluo.domains.planning.types import Closing
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference
from juluo.events.schedule import SlotFilled, TaskLinked, TaskUnlinked


@transaction.atomic
def link_task(
    *,
    task_id: int,
    kind: str,
    ref: str,
    awaited: dict[str, Any] | None = None,
    actor_id: int,
    at: datetime,
) -> bool:
    """Tie a task to a real object, or to the first one that fits a rule.

    What is done already closes the task at once; return whether it did.

    :raises PlanIsClosed: if its plan is closed.
    """
    free_task(task_id)
    link = TaskLink.objects.create(task_id=task_id, kind=kind, ref=ref, awaited=awaited or {})
    event = TaskLinked(task_id=task_id, kind=kind, ref=ref)
    _kept(event, "task.linked", actor_id, at)
    closed = _look_up(kinds=[kind], ids=[link.pk], now=at)
    return bool(closed)


@transaction.atomic
def unlink_task(*, link_id: int, actor_id: int, at: datetime) -> bool:
    """Untie a task from an object that has not closed it; return whether it was tied.

    :raises PlanIsClosed: if its plan is closed.
    """
    link = TaskLink.objects.select_for_update().filter(pk=link_id, closed_at=None).first()
    if link is None:
        return False
    free_task(link.task_id)
    link.delete()
    event = TaskUnlinked(task_id=link.task_id, kind=link.kind, ref=link.ref)
    _kept(event, "task.unlinked", actor_id, at)
    return True


def _kept(event: TaskLinked | TaskUnlinked, action: str, actor_id: int, at: datetime) -> None:
    subject = reference("task", event.task_id)
    details = {"kind": event.kind, "ref": event.ref}
    record_audited(event, subject=subject, actor_id=actor_id, action=action, details=details, at=at)


def hear(event: Event, *, at: datetime, now: datetime) -> int:
    """Close the links that an event closes; return how many. One query where there are none."""
    kinds = {kind.key: kind for kind in kinds_closed_by(type(event))}
    refs = {ref for kind in kinds.values() for ref in kind.refs(event)}
    links = open_links(kinds=list(kinds), refs=refs)
    closings: list[Closing] = []
    for key, kind in kinds.items():
        mine = [link for link in links if link.kind == key and link.ref in kind.refs(event)]
        closings += kind.heard(event, mine, at) if mine else []
    return _close_all(closings, now)


def look_back(*, now: datetime) -> int:
    """Close the links whose objects are done already; return how many.

    Asked after an import, which brings in a past that nobody told of line by line.
    """
    kinds = [kind.key for kind in link_kinds() if kind.looked_up is not None]
    return _look_up(kinds=kinds, ids=[], now=now)


def _look_up(*, kinds: list[str], ids: list[int], now: datetime) -> int:
    links = open_links(kinds=kinds, ids=ids)
    closings: list[Closing] = []
    for kind in link_kinds():
        mine = [link for link in links if link.kind == kind.key]
        closings += kind.looked_up(mine) if mine and kind.looked_up else []
    return _close_all(closings, now)


def _close_all(closings: Iterable[Closing], now: datetime) -> int:
    return sum(_closed(closing, now) for closing in closings)


def _closed(closing: Closing, now: datetime) -> bool:
    try:
        return _close(closing, now)
    except PlanIsClosed:
        # It was closed just now. Should it open again, the next look back closes the link.
        return False


@transaction.atomic
def _close(closing: Closing, now: datetime) -> bool:
    """Close one link, once; its task is done with the last of its links."""
    waiting = TaskLink.objects.filter(pk=closing.link_id, closed_at=None)
    if not waiting.update(closed_at=closing.at):
        return False
    task = free_task(Task.objects.only("pk").get(links__pk=closing.link_id).pk)
    _fill_slot(task.pk, closing)
    if task.links.filter(closed_at=None).exists():
        return True
    done = finish_task(task_id=task.pk, actor_id=None, at=closing.at, closed_by_ref=closing.ref)
    if done and task.owner_id is not None:
        tell(
            member_id=task.owner_id,
            kind=CLOSED,
            key=f"task:{task.pk}:closed:{closing.ref}",
            facts={"title": task.title},
            url=reverse("planning:task", args=[task.pk]),
            at=now,
        )
    return True


def _fill_slot(task_id: int, closing: Closing) -> None:
    zone = ZoneInfo(community.settings().timezone)
    slot = ContentSlot.objects.filter(task_id=task_id, published_ref=None).first()
    if slot is None:
        return
    slot.published_ref = closing.ref
    slot.published_on = closing.at.astimezone(zone).date()
    slot.save(update_fields=["published_ref", "published_on"])
    event = SlotFilled(slot_id=slot.pk, line_id=slot.line_id, ref=closing.ref)
    record(event, at=closing.at)
