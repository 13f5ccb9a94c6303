"""A plan's schedule over HTTP: its phases with their gates, and its milestones."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from juluo.api.authentication import allow
from juluo.domains.insights.queries import local_today
from juluo.domains.planning import permissions, queries

router = Router(tags=["schedule"])
# The two ends of a phase, in order.
GATES = ("entry", "exit")


class FindingOut(Schema):
    """What a gate asks for, and what that says: now, or when the gate was passed."""

    kind: str
    words: str
    met: bool
    says: str


class GateOut(Schema):
    """One end of a phase."""

    gate: str
    is_met: bool
    passed_at: datetime | None
    passed_by_id: int | None
    is_override: bool
    reason: str
    findings: list[FindingOut]


class MilestoneOut(Schema):
    """A day by which something must stand."""

    id: int
    title: str
    due: date
    owner_id: int
    phase_id: int | None
    reached_at: datetime | None
    is_late: bool
    tasks_done: int
    tasks: int


class PhaseOut(Schema):
    """A phase with both its gates and how far its tasks are; ``last`` is its last day."""

    id: int
    kind: str
    status: str
    first: date
    last: date
    is_current: bool
    is_late: bool
    tasks_done: int
    tasks: int
    tasks_late: int
    gates: list[GateOut]


class ScheduleOut(Schema):
    """What is due when. The tasks themselves: ``/tasks/?plan=``."""

    phases: list[PhaseOut]
    milestones: list[MilestoneOut] = Field(description="Of phases and of none, soonest first.")


@router.get("/{int:plan_id}/schedule/", response=ScheduleOut, summary="Read a plan's schedule")
def schedule(request: HttpRequest, plan_id: int) -> Any:
    """Return phases with what their gates say now, and milestones."""
    allow(request, permissions.can_see_plans)
    if not queries.plan_titles([plan_id]):
        raise Http404
    now = timezone.now()
    found = queries.plan_schedule(plan_id=plan_id, today=local_today(now=now))
    passed = queries.acceptances([each.id for each in found.phases])
    return {
        "phases": [_phase(each, passed.get(each.id, []), now) for each in found.phases],
        "milestones": sorted(found.all_milestones, key=lambda each: (each.due, each.id)),
    }


def _phase(
    row: queries.PhaseRow, passed: list[queries.Acceptance], now: datetime
) -> dict[str, Any]:
    by_gate = {each.gate: each for each in passed}
    return {
        **vars(row),
        "tasks_done": row.done,
        "tasks": row.kept,
        "tasks_late": row.late,
        "gates": [
            _passed(by_gate[gate]) if gate in by_gate else _waiting(row.id, gate, now)
            for gate in GATES
        ],
    }


def _passed(kept: queries.Acceptance) -> dict[str, Any]:
    """Return a gate as it was passed: its criteria are not asked again."""
    return {
        "gate": kept.gate,
        "is_met": all(each["met"] for each in kept.findings),
        "passed_at": kept.decided_at,
        "passed_by_id": kept.decided_by_id,
        "is_override": kept.is_override,
        "reason": kept.reason,
        "findings": [dict(each) for each in kept.findings],
    }


def _waiting(phase_id: int, gate: str, now: datetime) -> dict[str, Any]:
    state = queries.gate_state(phase_id=phase_id, gate=gate, now=now)
    return {
        "gate": gate,
        "is_met": state.is_met,
        "passed_at": None,
        "passed_by_id": None,
        "is_override": False,
        "reason": "",
        "findings": [each.as_json() for each in state.findings],
    }
