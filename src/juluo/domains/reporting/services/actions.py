"""Promise what will be done about a finding, and say whether it was done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from juluo.domains.members.services import record_audited
from juluo.domains.reporting.models import Action, Report
from juluo.domains.reporting.services.changes import NotThatFar, report_in
from juluo.events.base import Event, reference
from juluo.events.reporting import ActionChanged, ActionDecided, ActionPromised

_Status = Action.Status


@transaction.atomic
def promise_action(
    *,
    report_id: int,
    what: str,
    owner_id: int,
    due: date,
    finding: str = "",
    metric: str = "",
    space_ids: Sequence[int] = (),
    baseline: float | None = None,
    target: float | None = None,
    actor_id: int,
    at: datetime,
) -> Action:
    """Add an action to a draft.

    :param metric: what later reports measure, over ``space_ids`` (all spaces if empty).
    :param baseline: what it is in the report's window; ``target``: what it should be.
    :raises NotThatFar: if the report is no draft any more.
    """
    report_in(report_id, Report.Status.DRAFT)
    action = Action.objects.create(
        report_id=report_id,
        finding=finding,
        what=what.strip(),
        owner_id=owner_id,
        due=due,
        metric=metric,
        space_ids=list(space_ids),
        baseline=baseline,
        target=target,
        made_by_id=actor_id,
        made_at=at,
    )
    event = ActionPromised(action_id=action.pk, report_id=report_id, owner_id=owner_id)
    _done(event, action.pk, actor_id, at)
    return action


@transaction.atomic
def change_action(
    *,
    action_id: int,
    what: str,
    owner_id: int,
    due: date,
    target: float | None,
    actor_id: int,
    at: datetime,
) -> None:
    """Change what a draft promises.

    :raises NotThatFar: if the report is no draft any more: what was promised stays promised.
    """
    action = Action.objects.get(pk=action_id)
    report_in(action.report_id, Report.Status.DRAFT)
    action.what, action.owner_id, action.due, action.target = what.strip(), owner_id, due, target
    action.save(update_fields=["what", "owner", "due", "target"])
    _done(ActionChanged(action_id=action_id), action_id, actor_id, at)


@transaction.atomic
def withdraw_action(*, action_id: int, actor_id: int, at: datetime) -> None:
    """Take an action out of a draft.

    :raises NotThatFar: if the report is no draft any more.
    """
    action = Action.objects.get(pk=action_id)
    report_in(action.report_id, Report.Status.DRAFT)
    _done(ActionDecided(action_id=action_id, status="withdrawn"), action_id, actor_id, at)
    action.delete()


@transaction.atomic
def decide_action(
    *, action_id: int, status: str, note: str = "", actor_id: int, at: datetime
) -> None:
    """Say that what an issued report promised is done, dropped, or open again.

    :raises NotThatFar: if the report is not issued yet.
    """
    action = Action.objects.select_for_update().get(pk=action_id)
    if action.report.status != Report.Status.ISSUED:
        raise NotThatFar
    if action.status == status and action.outcome_note == note.strip():
        return
    is_open = status == _Status.OPEN
    action.status, action.outcome_note = status, note.strip()
    action.decided_by_id, action.decided_at = (None, None) if is_open else (actor_id, at)
    action.save(update_fields=["status", "outcome_note", "decided_by", "decided_at"])
    _done(ActionDecided(action_id=action_id, status=status), action_id, actor_id, at)


def _done(event: Event, action_id: int, actor_id: int, at: datetime) -> None:
    subject = reference("action", action_id)
    record_audited(event, subject=subject, actor_id=actor_id, at=at)
