"""Prepare responses, start them as tasks of the schedule, and give them up."""

from datetime import datetime, timedelta

from django.db import transaction

from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.planning import queries as planning
from juluo.domains.planning import services as schedule
from juluo.domains.risks.models import Indicator, Mitigation, Risk
from juluo.domains.risks.services.changes import open_risk
from juluo.events.base import reference
from juluo.events.risks import MitigationDropped, MitigationPrepared, MitigationStarted


class MitigationIsDropped(Exception):
    """The response was given up."""


@transaction.atomic
def prepare_mitigation(
    *,
    risk_id: int,
    strategy: str,
    title: str,
    owner_id: int,
    residual_probability: int,
    residual_impact: int,
    actor_id: int,
    at: datetime,
    details: str = "",
    days: int = 7,
    planned_minutes: int = 0,
    cost: int | None = None,
    currency: str = "",
) -> Mitigation:
    """Prepare a response: nothing begins before somebody, or an indicator, starts it.

    :param cost: in the smallest unit of the currency.
    :raises RiskIsClosed: if the risk occurred or was closed.
    """
    risk = open_risk(risk_id)
    mitigation = Mitigation.objects.create(
        risk=risk,
        strategy=strategy,
        title=title.strip(),
        details=details.strip(),
        owner_id=owner_id,
        days=days,
        planned_minutes=planned_minutes,
        cost=cost,
        currency=currency if cost is not None else "",
        residual_probability=residual_probability,
        residual_impact=residual_impact,
        prepared_at=at,
        prepared_by_id=actor_id,
    )
    event = MitigationPrepared(risk_id=risk_id, mitigation_id=mitigation.pk, strategy=strategy)
    record_audited(event, subject=reference("risk", risk_id), actor_id=actor_id, at=at)
    return mitigation


@transaction.atomic
def start_mitigation(*, mitigation_id: int, actor_id: int, at: datetime) -> bool:
    """Start a response by hand; return whether that was news: one under way goes on.

    :raises Mitigation.DoesNotExist: if there is no such response.
    :raises RiskIsClosed: if its risk occurred or was closed.
    :raises MitigationIsDropped: if it was given up.
    """
    risk_id = Mitigation.objects.values_list("risk_id", flat=True).get(pk=mitigation_id)
    return begin(open_risk(risk_id), mitigation_id, actor_id=actor_id, at=at)


def begin(
    risk: Risk,
    mitigation_id: int,
    *,
    actor_id: int | None,
    at: datetime,
    indicator: Indicator | None = None,
) -> bool:
    """Start a response of a locked risk; return whether that was news.

    A task that ended is followed by a new one; to accept a risk takes no task.
    """
    mitigation = Mitigation.objects.select_for_update().get(pk=mitigation_id)
    if mitigation.dropped_at is not None:
        raise MitigationIsDropped
    if _is_under_way(mitigation):
        return False
    if mitigation.strategy == Mitigation.Strategy.ACCEPT:
        mitigation.started_at = at
        mitigation.save(update_fields=["started_at"])
        _turn(risk, Risk.Status.WATCHING)
    else:
        mitigation.task_id = _add_task(risk, mitigation, actor_id, at)
        mitigation.started_at = at
        mitigation.save(update_fields=["task", "started_at"])
        _turn(risk, Risk.Status.TREATED)
    event = MitigationStarted(
        risk_id=risk.pk,
        mitigation_id=mitigation.pk,
        task_id=mitigation.task_id,
        indicator_id=indicator.pk if indicator else None,
    )
    record_audited(event, subject=reference("risk", risk.pk), actor_id=actor_id, at=at)
    return True


def _is_under_way(mitigation: Mitigation) -> bool:
    if mitigation.started_at is None:
        return False
    if mitigation.task is None:
        return True
    return mitigation.task.status in {"todo", "doing"}


def _add_task(risk: Risk, mitigation: Mitigation, actor_id: int | None, at: datetime) -> int:
    today = insights.local_today(now=at)
    origin = f"risk:{risk.pk}:mitigation:{mitigation.pk}"
    if mitigation.task_id is not None:
        origin = f"{origin}:after:{mitigation.task_id}"
    return schedule.add_task(
        plan_id=risk.plan_id if _takes_tasks(risk) else None,
        title=mitigation.title,
        details=mitigation.details,
        owner_id=mitigation.owner_id,
        start=today,
        due=today + timedelta(days=mitigation.days),
        planned_minutes=mitigation.planned_minutes,
        origin=origin,
        actor_id=actor_id,
        at=at,
    )


def _takes_tasks(risk: Risk) -> bool:
    """Whether the risk's plan is open; the task of a closed plan stands alone."""
    return risk.plan_id in dict(planning.plan_choices())


def _turn(risk: Risk, status: Risk.Status) -> None:
    risk.status = status
    risk.save(update_fields=["status"])


@transaction.atomic
def drop_mitigation(*, mitigation_id: int, actor_id: int, at: datetime) -> bool:
    """Give a response up: its open task is dropped, and indicators start it no more.

    :raises Mitigation.DoesNotExist: if there is no such response.
    """
    # Indicators first, as those who look at them do: nobody waits in a circle.
    starters = Indicator.objects.select_for_update().filter(response_id=mitigation_id)
    indicator_ids = [each.pk for each in starters.order_by("pk")]
    mitigation = Mitigation.objects.select_for_update().get(pk=mitigation_id)
    if mitigation.dropped_at is not None:
        return False
    mitigation.dropped_at = at
    mitigation.save(update_fields=["dropped_at"])
    if mitigation.task_id is not None:
        schedule.drop_task(task_id=mitigation.task_id, actor_id=actor_id, at=at)
    Indicator.objects.filter(pk__in=indicator_ids).update(response=None)
    event = MitigationDropped(risk_id=mitigation.risk_id, mitigation_id=mitigation_id)
    record_audited(event, subject=reference("risk", mitigation.risk_id), actor_id=actor_id, at=at)
    return True
