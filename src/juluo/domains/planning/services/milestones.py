"""Write milestones: days by which something must stand."""

from datetime import date, datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import Milestone, Phase
from juluo.domains.planning.services.changes import in_open_plan
from juluo.domains.planning.services.tasks import OtherPlan
from juluo.events.base import Event, reference
from juluo.events.schedule import (
    MilestoneAdded,
    MilestoneChanged,
    MilestoneReached,
    MilestoneReopened,
)


@transaction.atomic
def add_milestone(
    *,
    plan_id: int,
    phase_id: int | None = None,
    title: str,
    owner_id: int,
    due: date,
    actor_id: int,
    at: datetime,
) -> int:
    """Set a milestone and return its id.

    :raises OtherPlan: if the phase is another plan's.
    :raises PlanIsClosed: if the plan is closed.
    """
    in_open_plan(plan_id)
    _check_phase(plan_id, phase_id)
    milestone = Milestone.objects.create(
        plan_id=plan_id, phase_id=phase_id, title=title, owner_id=owner_id, due=due
    )
    event = MilestoneAdded(milestone_id=milestone.pk, plan_id=plan_id)
    _tell_log(event, "milestone.added", milestone.pk, actor_id, at)
    return milestone.pk


def _free(milestone_id: int) -> Milestone:
    """Return a milestone that may change, locked for this transaction."""
    milestone = Milestone.objects.select_for_update().get(pk=milestone_id)
    in_open_plan(milestone.plan_id)
    return milestone


def _check_phase(plan_id: int, phase_id: int | None) -> None:
    if phase_id is not None and not Phase.objects.filter(pk=phase_id, plan_id=plan_id).exists():
        raise OtherPlan


@transaction.atomic
def change_milestone(
    *,
    milestone_id: int,
    phase_id: int | None,
    title: str,
    owner_id: int,
    due: date,
    actor_id: int,
    at: datetime,
) -> None:
    """Set what a milestone says; nothing new changes nothing.

    :raises OtherPlan: if the phase is another plan's.
    :raises PlanIsClosed: if its plan is closed.
    """
    milestone = _free(milestone_id)
    _check_phase(milestone.plan_id, phase_id)
    values = {"phase_id": phase_id, "title": title, "owner_id": owner_id, "due": due}
    changed = [name for name, value in values.items() if getattr(milestone, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(milestone, name, values[name])
    milestone.save(update_fields=changed)
    event = MilestoneChanged(milestone_id=milestone_id)
    _tell_log(event, "milestone.changed", milestone_id, actor_id, at)


@transaction.atomic
def move_milestone(*, milestone_id: int, due: date, actor_id: int, at: datetime) -> None:
    """Give a milestone another day.

    :raises PlanIsClosed: if its plan is closed.
    """
    _free(milestone_id)
    if Milestone.objects.filter(pk=milestone_id).exclude(due=due).update(due=due):
        event = MilestoneChanged(milestone_id=milestone_id)
        _tell_log(event, "milestone.changed", milestone_id, actor_id, at)


@transaction.atomic
def reach_milestone(*, milestone_id: int, actor_id: int, at: datetime) -> bool:
    """Say that it stands; return whether that was news.

    :raises PlanIsClosed: if its plan is closed.
    """
    _free(milestone_id)
    if not Milestone.objects.filter(pk=milestone_id, reached_at=None).update(reached_at=at):
        return False
    event = MilestoneReached(milestone_id=milestone_id)
    _tell_log(event, "milestone.reached", milestone_id, actor_id, at)
    return True


@transaction.atomic
def reopen_milestone(*, milestone_id: int, actor_id: int, at: datetime) -> bool:
    """Say that it does not stand after all; return whether that was news.

    :raises PlanIsClosed: if its plan is closed.
    """
    _free(milestone_id)
    reached = Milestone.objects.filter(pk=milestone_id).exclude(reached_at=None)
    if not reached.update(reached_at=None):
        return False
    event = MilestoneReopened(milestone_id=milestone_id)
    _tell_log(event, "milestone.reopened", milestone_id, actor_id, at)
    return True


def _tell_log(event: Event, action: str, milestone_id: int, actor_id: int, at: datetime) -> None:
    subject = reference("milestone", milestone_id)
    record_audited(event, subject=subject, actor_id=actor_id, action=action, details={}, at=at)
