"""Write the content plan: what is published when, by whom."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from juluo.domains.discussions import queries as discussions
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell
from juluo.domains.planning.models import ContentLine, ContentSlot, Task, TaskLink
from juluo.domains.planning.queries.link_kinds import AWAITED
from juluo.domains.planning.rules.content import Cadence, slot_days, waits_from
from juluo.domains.planning.rules.links import Awaited
from juluo.domains.planning.services.changes import in_open_plan, open_plan
from juluo.domains.planning.services.links import look_back
from juluo.domains.planning.services.tasks import OPEN, drop_task, write_task
from juluo.events.base import reference
from juluo.events.schedule import ContentLineAdded, ContentLineDropped

LINE_ASSIGNED = "planning.content_line_assigned"


class SpaceGone(Exception):
    """There is no such space."""


@transaction.atomic
def add_content_line(
    *,
    plan_id: int,
    theme: str,
    format: str,  # noqa: A002 - the word of the subject
    space_id: int,
    author_id: int | None = None,
    only_author: bool = False,
    title_words: Sequence[str] = (),
    cadence: Cadence,
    start: date,
    planned_minutes: int = 0,
    actor_id: int,
    at: datetime,
) -> int:
    """Add a line with a slot for each of its days up to the plan's end; return its id.

    Each slot is a task of the author, closed by what is published.

    :raises SpaceGone: if there is no such space.
    :raises PlanIsClosed: if the plan is closed.
    """
    if not discussions.space_names([space_id]):
        raise SpaceGone
    plan = open_plan(plan_id)
    line = ContentLine.objects.create(
        plan=plan,
        theme=theme,
        format=format,
        space_id=space_id,
        author_id=author_id,
        only_author=only_author and author_id is not None,
        title_words=list(title_words),
        rhythm=cadence.rhythm,
        every=cadence.every,
        weekday=cadence.weekday,
        nth=cadence.nth,
        start=start,
        planned_minutes=planned_minutes,
        created_at=at,
    )
    days = slot_days(cadence, start=start, end=plan.end)
    _add_slots(line, days, actor_id, at)
    _tell_author(line, len(days), actor_id, at)
    record_audited(
        ContentLineAdded(line_id=line.pk, plan_id=plan_id, value=len(days)),
        subject=reference("plan", plan_id),
        actor_id=actor_id,
        action="content.line_added",
        details={"line": line.pk, "slots": len(days)},
        at=at,
    )
    look_back(now=at)
    return line.pk


def _add_slots(line: ContentLine, days: list[date], actor_id: int, at: datetime) -> None:
    awaited = _awaited(line)
    for day, before in zip(days, [None, *days], strict=False):
        values = {
            "plan_id": line.plan_id,
            "title": line.theme,
            "owner_id": line.author_id,
            "start": waits_from(day, before),
            "due": day,
            "planned_minutes": line.planned_minutes,
        }
        origin = f"content:{line.pk}:{day.isoformat()}"
        task, _is_new = write_task(values, origin=origin, actor_id=actor_id, at=at)
        ContentSlot.objects.create(line=line, task=task, day=day)
        TaskLink.objects.create(task=task, kind=AWAITED, ref=awaited.ref, awaited=awaited.as_json())


def _tell_author(line: ContentLine, slots: int, actor_id: int, at: datetime) -> None:
    if line.author_id is None or line.author_id == actor_id or not slots:
        return
    tell(
        member_id=line.author_id,
        kind=LINE_ASSIGNED,
        key=f"content_line:{line.pk}",
        facts={"title": line.theme, "count": slots},
        url=reverse("planning:content", args=[line.plan_id]),
        at=at,
    )


def _awaited(line: ContentLine) -> Awaited:
    is_question = line.format == ContentLine.Format.QUESTION
    return Awaited(
        space_id=line.space_id,
        member_id=line.author_id if line.only_author else None,
        words=tuple(line.title_words),
        format="question" if is_question else "post",
    )


@transaction.atomic
def drop_content_line(*, line_id: int, actor_id: int, at: datetime) -> bool:
    """End a line and return whether that was news.

    What was published stays; what is still open is dropped.

    :raises PlanIsClosed: if its plan is closed.
    """
    in_open_plan(ContentLine.objects.select_for_update().get(pk=line_id).plan_id)
    changed = ContentLine.objects.filter(pk=line_id, dropped_at=None).update(dropped_at=at)
    if not changed:
        return False
    waiting = Task.objects.filter(slot__line_id=line_id, status__in=OPEN).order_by("pk")
    for task_id in list(waiting.values_list("pk", flat=True)):
        drop_task(task_id=task_id, actor_id=actor_id, at=at)
    record_audited(
        ContentLineDropped(line_id=line_id),
        subject=reference("content_line", line_id),
        actor_id=actor_id,
        action="content.line_dropped",
        details={},
        at=at,
    )
    return True
