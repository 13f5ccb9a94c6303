"""What gates ask for, and passing them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.planning.models import GateCriterion, Phase, PhaseAcceptance
from juluo.domains.planning.models.gates import Gate
from juluo.domains.planning.queries.gates import GateState, gate_state
from juluo.domains.planning.services.changes import in_open_plan
from juluo.events.base import Event, reference
from juluo.events.schedule import (
    CriterionAdded,
    CriterionRemoved,
    CriterionStated,
    GatePassed,
)


class GateClosed(Exception):
    """Something that the gate asks for is missing."""


class GatePassedAlready(Exception):
    """The gate stands open, or the one before it does not."""


class NotTheirs(Exception):
    """Somebody else was named to say so."""


@transaction.atomic
def add_criterion(
    *,
    phase_id: int,
    gate: str,
    kind: str,
    terms: dict[str, Any] | None = None,
    words: str = "",
    person_id: int | None = None,
    actor_id: int,
    at: datetime,
) -> int:
    """Let a gate that nobody has passed ask for one thing more; return the criterion's id.

    :raises GatePassedAlready: if somebody has passed it.
    :raises PlanIsClosed: if its plan is closed.
    """
    _keep_passed_gates(phase_id, gate)
    criterion = GateCriterion.objects.create(
        phase_id=phase_id,
        gate=gate,
        kind=kind,
        terms=terms or {},
        words=words[:200],
        person_id=person_id,
    )
    event = CriterionAdded(phase_id=phase_id, criterion_id=criterion.pk, gate=gate, kind=kind)
    _tell_log(event, "gate.criterion_added", phase_id, actor_id, at, {"gate": gate, "kind": kind})
    return criterion.pk


@transaction.atomic
def remove_criterion(*, criterion_id: int, actor_id: int, at: datetime) -> None:
    """Let a gate ask for one thing less.

    :raises GatePassedAlready: if somebody has passed it.
    :raises PlanIsClosed: if its plan is closed.
    """
    criterion = GateCriterion.objects.get(pk=criterion_id)
    _keep_passed_gates(criterion.phase_id, criterion.gate)
    criterion.delete()
    said = {"gate": criterion.gate, "kind": criterion.kind}
    event = CriterionRemoved(phase_id=criterion.phase_id, criterion_id=criterion_id, **said)
    _tell_log(event, "gate.criterion_removed", criterion.phase_id, actor_id, at, said)


def _free(phase_id: int) -> None:
    """Lock a phase that may change: its plan is open."""
    phase = Phase.objects.select_for_update().get(pk=phase_id)
    in_open_plan(phase.plan_id)


def _keep_passed_gates(phase_id: int, gate: str) -> None:
    _free(phase_id)
    if PhaseAcceptance.objects.filter(phase_id=phase_id, gate=gate).exists():
        raise GatePassedAlready


@transaction.atomic
def state_criterion(
    *, criterion_id: int, holds: bool, note: str = "", actor_id: int, at: datetime
) -> None:
    """Say whether a criterion holds, as the person it was left to.

    :raises NotTheirs: if it was left to somebody else.
    :raises GatePassedAlready: if the gate is passed, so that it no longer matters.
    :raises PlanIsClosed: if its plan is closed.
    """
    criterion = GateCriterion.objects.get(pk=criterion_id)
    if criterion.person_id != actor_id:
        raise NotTheirs
    _keep_passed_gates(criterion.phase_id, criterion.gate)
    criterion.stated, criterion.stated_at, criterion.note = holds, at, note
    criterion.save(update_fields=["stated", "stated_at", "note"])
    event = CriterionStated(phase_id=criterion.phase_id, criterion_id=criterion_id, holds=holds)
    details = {"criterion": criterion_id, "holds": holds}
    _tell_log(event, "gate.criterion_stated", criterion.phase_id, actor_id, at, details)


def pass_gate(
    *, phase_id: int, gate: str, override: str = "", actor_id: int, at: datetime
) -> GateState:
    """Begin a phase (entry) or accept it (exit), and keep what each criterion said.

    ``override`` is the reason of an owner who opens the gate although something is missing.

    :raises GateClosed: if something is missing and nobody overrides it.
    :raises GatePassedAlready: if the phase is not before this gate.
    :raises PlanIsClosed: if its plan is closed.
    """
    # Asking the metric layer takes a while: not while others wait to write.
    state = gate_state(phase_id=phase_id, gate=gate, now=at)
    if not state.is_met and not override:
        raise GateClosed
    _pass(state, override if not state.is_met else "", actor_id, at)
    return state


@transaction.atomic
def _pass(state: GateState, reason: str, actor_id: int, at: datetime) -> None:
    _free(state.phase_id)
    before, after = _steps(state.gate)
    moved = Phase.objects.filter(pk=state.phase_id, status=before).update(status=after)
    if not moved:
        raise GatePassedAlready
    PhaseAcceptance.objects.create(
        phase_id=state.phase_id,
        gate=state.gate,
        decided_by_id=actor_id,
        decided_at=at,
        is_override=bool(reason),
        reason=reason,
        findings=[each.as_json() for each in state.findings],
        data_version=state.data_version,
    )
    event = GatePassed(phase_id=state.phase_id, gate=state.gate, overridden=bool(reason))
    details = {"gate": state.gate, "overridden": bool(reason)}
    _tell_log(event, "gate.passed", state.phase_id, actor_id, at, details)


def _steps(gate: str) -> tuple[str, str]:
    if gate == Gate.ENTRY:
        return Phase.Status.WAITING, Phase.Status.OPEN
    return Phase.Status.OPEN, Phase.Status.ACCEPTED


def _tell_log(
    event: Event,
    action: str,
    phase_id: int,
    actor_id: int,
    at: datetime,
    details: dict[str, Any],
) -> None:
    subject = reference("phase", phase_id)
    record_audited(event, subject=subject, actor_id=actor_id, action=action, details=details, at=at)
