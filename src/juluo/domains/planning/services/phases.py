"""Cut a plan into phases, and move them."""

from datetime import date, datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import GateCriterion, Phase
from juluo.domains.planning.models.gates import Gate
from juluo.domains.planning.rules.schedule import phase_days
from juluo.domains.planning.services.changes import in_open_plan, open_plan
from juluo.events.base import reference
from juluo.events.schedule import PhaseChanged, PhasesMade


class OutsidePlan(Exception):
    """The days are not days of the plan, or the wrong way round."""


@transaction.atomic
def make_phases(*, plan_id: int, actor_id: int, at: datetime) -> bool:
    """Cut the plan's days into phases by proportion; a plan that has some keeps them.

    Each may be accepted when its work is done; the execution begins with a plan that is signed
    off. All of that can be changed. Return whether phases were made.

    :raises PlanIsClosed: if the plan is closed.
    """
    plan = open_plan(plan_id)
    if plan.phases.exists():
        return False
    phases = Phase.objects.bulk_create(
        Phase(plan=plan, kind=each.kind, start=each.start, end=each.end, position=n)
        for n, each in enumerate(phase_days(plan.start, plan.end))
    )
    GateCriterion.objects.bulk_create(_usual_criteria(phases))
    record_audited(
        PhasesMade(plan_id=plan_id),
        subject=reference("plan", plan_id),
        actor_id=actor_id,
        action="plan.phases_made",
        details={},
        at=at,
    )
    return True


def _usual_criteria(phases: list[Phase]) -> list[GateCriterion]:
    done = [
        GateCriterion(phase=phase, gate=Gate.EXIT, kind=GateCriterion.Kind.WORK_DONE)
        for phase in phases
    ]
    signed_off = [
        GateCriterion(
            phase=phase,
            gate=Gate.ENTRY,
            kind=GateCriterion.Kind.CHECK,
            terms={"check": "plan_signed_off"},
        )
        for phase in phases
        if phase.kind == Phase.Kind.EXECUTION
    ]
    return done + signed_off


@transaction.atomic
def change_phase(*, phase_id: int, start: date, end: date, actor_id: int, at: datetime) -> None:
    """Give a phase other days ``[start, end)``.

    :raises OutsidePlan: if they are not within the plan's.
    :raises PlanIsClosed: if the plan is closed.
    """
    phase = Phase.objects.select_for_update().select_related("plan").get(pk=phase_id)
    in_open_plan(phase.plan_id)
    if not phase.plan.start <= start < end <= phase.plan.end:
        raise OutsidePlan
    if (phase.start, phase.end) == (start, end):
        return
    phase.start, phase.end = start, end
    phase.save(update_fields=["start", "end"])
    record_audited(
        PhaseChanged(phase_id=phase_id),
        subject=reference("phase", phase_id),
        actor_id=actor_id,
        action="phase.changed",
        details={"first": start.isoformat(), "end": end.isoformat()},
        at=at,
    )
