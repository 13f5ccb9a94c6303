"""The kinds of real objects a task can be linked to, and the links that wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from juluo.domains.community import queries as community
from juluo.domains.planning.models import Plan, Task, TaskLink
from juluo.domains.planning.types import LinkKind, OpenLink
from juluo.events.base import Event

_KINDS: dict[str, LinkKind] = {}
OPEN = (Task.Status.TO_DO, Task.Status.DOING)


@dataclass(frozen=True, kw_only=True)
class LinkRow:
    """One link as a task's page shows it."""

    id: int
    kind: str
    kind_label: str
    title: str
    url: str
    closed_at: datetime | None


def tasks_to_do() -> QuerySet[Task]:
    """Return the tasks that can still be done: open ones, and none of a closed plan."""
    return Task.objects.filter(status__in=OPEN).exclude(plan__status=Plan.Status.CLOSED)


def register_link_kind(kind: LinkKind) -> None:
    """Let tasks be linked to this kind of object; called from ``apps.ready()``."""
    _KINDS[kind.key] = kind


def link_kinds() -> list[LinkKind]:
    """Return the kinds in the order they came."""
    return list(_KINDS.values())


def link_kind(key: str) -> LinkKind | None:
    """Return the kind of this key, or None where no part of the product knows it."""
    return _KINDS.get(key)


def kinds_closed_by(event_type: type[Event]) -> list[LinkKind]:
    """Return the kinds of links that events of this type may close."""
    return [kind for kind in _KINDS.values() if event_type in kind.closes_on]


def open_links(
    *, kinds: Collection[str], refs: Collection[str] | None = None, ids: Collection[int] = ()
) -> list[OpenLink]:
    """Return the links that wait: at these references, or with these ids, or all. One query.

    A slot of the content plan waits for what fills it even where its task was ticked off. In a
    plan that is closed nothing waits.
    """
    unfilled = Q(task__status=Task.Status.DONE, task__slot__published_ref=None)
    rows = TaskLink.objects.filter(
        Q(task__status__in=OPEN) | unfilled & Q(task__slot__isnull=False),
        closed_at=None,
        kind__in=kinds,
    ).exclude(task__plan__status=Plan.Status.CLOSED)
    if refs is not None:
        rows = rows.filter(ref__in=refs)
    if ids:
        rows = rows.filter(pk__in=ids)
    found = list(rows.select_related("task", "task__slot").order_by("pk"))
    zone = ZoneInfo(community.settings().timezone) if found else None
    return [_open_link(row, zone) for row in found]


def _open_link(row: TaskLink, zone: ZoneInfo | None) -> OpenLink:
    slot = getattr(row.task, "slot", None)
    return OpenLink(
        id=row.pk,
        task_id=row.task_id,
        kind=row.kind,
        ref=row.ref,
        awaited=row.awaited,
        since=_since(row.task, zone),
        slot_due=slot.day if slot else None,
    )


def _since(task: Task, zone: ZoneInfo | None) -> date:
    """Return the first local day that counts: the task's start, or when it was written down."""
    return task.start or task.created_at.astimezone(zone).date()


def links_of(task_id: int) -> list[LinkRow]:
    """Return a task's links with their words; a query for each."""
    return [_row(link) for link in TaskLink.objects.filter(task_id=task_id).order_by("pk")]


def _row(link: TaskLink) -> LinkRow:
    kind = _KINDS.get(link.kind)
    return LinkRow(
        id=link.pk,
        kind=link.kind,
        kind_label=str(kind.label) if kind else link.kind,
        title=(kind.title(link.ref, link.awaited) if kind else "") or link.ref,
        url=kind.url(link.ref) if kind else "",
        closed_at=link.closed_at,
    )


def number_in(ref: str, kind: str) -> int | None:
    """Return the number of a reference of this kind ("post:12"), or None."""
    name, _colon, number = ref.partition(":")
    return int(number) if name == kind and number.isdecimal() and len(number) < 19 else None
