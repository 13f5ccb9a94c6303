"""Make plans from templates, write them, freeze the community's figures into them, close them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.planning import queries
from juluo.domains.planning.models import Baseline, Plan, PlanSection, Positioning
from juluo.domains.planning.rules.sections import SECTIONS_OF
from juluo.domains.planning.services.changes import open_plan
from juluo.domains.planning.services.links import look_back
from juluo.events.base import reference
from juluo.events.planning import (
    BaselineTaken,
    PlanChanged,
    PlanClosed,
    PlanMade,
    PlanReopened,
    SectionEdited,
)


class SomebodyElseWrote(Exception):
    """The section was written by somebody else since it was read; ``text`` is theirs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


@transaction.atomic
def make_plan(
    *,
    kind: str,
    title: str,
    start: date,
    end: date,
    owner_id: int,
    actor_id: int,
    at: datetime,
    parent_id: int | None = None,
) -> Plan:
    """Begin a plan from its kind's template: its sections, and the latest positioning.

    :param end: the first local day not covered.
    """
    plan = Plan.objects.create(
        kind=kind,
        title=title,
        start=start,
        end=end,
        owner_id=owner_id,
        parent_id=parent_id,
        positioning=Positioning.objects.order_by("-number").first(),
        created_at=at,
        created_by_id=actor_id,
    )
    PlanSection.objects.bulk_create(
        PlanSection(plan=plan, key=key, position=n) for n, key in enumerate(SECTIONS_OF[kind])
    )
    _tell(PlanMade(plan_id=plan.pk, kind=kind), plan.pk, actor_id, at)
    return plan


@transaction.atomic
def change_plan(*, plan_id: int, actor_id: int, at: datetime, **given: Any) -> None:
    """Change a plan's ``title``, ``start``, ``end``, ``owner_id``, ``parent_id`` or positioning.

    ``positioning_id`` ties it to another version of the positioning. What stays is not told.

    :raises PlanIsClosed: if the plan is closed.
    """
    plan = open_plan(plan_id)
    changed = sorted(name for name, value in given.items() if getattr(plan, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(plan, name, given[name])
    plan.save(update_fields=[name.removesuffix("_id") for name in changed])
    words = ",".join(name.removesuffix("_id") for name in changed)
    _tell(PlanChanged(plan_id=plan_id, fields=words), plan_id, actor_id, at)


@transaction.atomic
def write_section(
    *, plan_id: int, key: str, text: str, actor_id: int, at: datetime, read: str | None = None
) -> None:
    """Write one section of a plan.

    :param read: the text that the writer had before them; nothing is overwritten unseen.
    :raises SomebodyElseWrote: if the section is no longer what they read.
    :raises PlanIsClosed: if the plan is closed.
    :raises PlanSection.DoesNotExist: if the plan has no such section.
    """
    open_plan(plan_id)
    section = PlanSection.objects.get(plan_id=plan_id, key=key)
    if section.text == text:
        return
    if read is not None and section.text != read:
        raise SomebodyElseWrote(section.text)
    section.text, section.edited_by_id, section.edited_at = text, actor_id, at
    section.save(update_fields=["text", "edited_by", "edited_at"])
    _tell(SectionEdited(plan_id=plan_id, section=key), plan_id, actor_id, at)


def take_baseline(*, plan_id: int, start: date, end: date, actor_id: int, at: datetime) -> Baseline:
    """Freeze the community's figures of the days ``[start, end)`` into a plan.

    The figures are asked for before the transaction, which stays short.

    :raises PlanIsClosed: if the plan is closed.
    """
    figures, data_version = queries.figures_of_window(start=start, end=end, now=at)
    with transaction.atomic():
        open_plan(plan_id)
        baseline = Baseline.objects.create(
            plan_id=plan_id,
            start=start,
            end=end,
            taken_at=at,
            taken_by_id=actor_id,
            data_version=data_version,
            figures=figures,
        )
        event = BaselineTaken(plan_id=plan_id, baseline_id=baseline.pk)
        _tell(event, plan_id, actor_id, at)
    return baseline


@transaction.atomic
def close_plan(*, plan_id: int, actor_id: int, at: datetime) -> None:
    """Close a plan: nothing in it changes any more.

    :raises PlanIsClosed: if it is closed already.
    """
    plan = open_plan(plan_id)
    plan.status = Plan.Status.CLOSED
    plan.save(update_fields=["status"])
    _tell(PlanClosed(plan_id=plan_id), plan_id, actor_id, at)


@transaction.atomic
def reopen_plan(*, plan_id: int, actor_id: int, at: datetime) -> None:
    """Open a closed plan again, as a draft of its next version; an open one stays as it is."""
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if plan.is_open:
        return
    plan.status = Plan.Status.DRAFT
    plan.save(update_fields=["status"])
    _tell(PlanReopened(plan_id=plan_id), plan_id, actor_id, at)
    # What its tasks waited for may have been published while it was closed.
    look_back(now=at)


def _tell(event: Any, plan_id: int, actor_id: int, at: datetime) -> None:
    record_audited(event, subject=reference("plan", plan_id), actor_id=actor_id, at=at)
