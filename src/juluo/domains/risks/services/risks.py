"""Write risks down and change what is said of them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from juluo.analytics.catalog import metric
from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.domains.risks.models import Risk, RiskScore
from juluo.domains.risks.services.changes import open_risk
from juluo.events.base import reference
from juluo.events.risks import RiskChanged, RiskWritten

REVIEW_AFTER = timedelta(days=30)
ASSIGNED = "risks.assigned"


@transaction.atomic
def write_risk(
    *,
    cause: str,
    event: str,
    consequence: str,
    category: str,
    probability: int,
    impact: int,
    owner_id: int,
    actor_id: int,
    at: datetime,
    plan_id: int | None = None,
    goal_ids: Collection[int] = (),
    note_ids: Collection[int] = (),
    metrics: Sequence[str] = (),
    horizon: date | None = None,
    review_on: date | None = None,
) -> Risk:
    """Enter a risk; it is looked at again after thirty days unless another day is given.

    :raises juluo.analytics.catalog.UnknownMetric: if the catalog lacks one of the metrics.
    """
    risk = Risk.objects.create(
        cause=cause.strip(),
        event=event.strip(),
        consequence=consequence.strip(),
        category=category,
        owner_id=owner_id,
        plan_id=plan_id,
        metrics=[metric(key).key for key in metrics],
        probability=probability,
        impact=impact,
        called_probability=probability,
        horizon=horizon,
        review_on=review_on or insights.local_today(now=at) + REVIEW_AFTER,
        written_at=at,
        written_by_id=actor_id,
    )
    risk.goals.set(goal_ids)
    risk.notes.set(note_ids)
    RiskScore.objects.create(
        risk=risk,
        probability=probability,
        impact=impact,
        cause=RiskScore.Cause.STATED,
        scored_by_id=actor_id,
        scored_at=at,
    )
    written = RiskWritten(risk_id=risk.pk, category=category)
    record_audited(written, subject=reference("risk", risk.pk), actor_id=actor_id, at=at)
    _tell_owner(risk, actor_id, at)
    return risk


@transaction.atomic
def change_risk(
    *,
    risk_id: int,
    actor_id: int,
    at: datetime,
    goal_ids: Collection[int] | None = None,
    note_ids: Collection[int] | None = None,
    **given: Any,
) -> None:
    """Change a risk's words, ``category``, ``owner_id``, ``plan_id``, ``metrics``, days or status.

    ``status`` is one of those of an open risk. What stays as it was is not told.

    :raises RiskIsClosed: if it occurred or was closed.
    """
    risk = open_risk(risk_id)
    changed = sorted(name for name, value in given.items() if getattr(risk, name) != value)
    for name in changed:
        setattr(risk, name, given[name])
    risk.save(update_fields=changed)
    linked = _link(risk, goal_ids=goal_ids, note_ids=note_ids)
    if not changed and not linked:
        return
    fields = ",".join([name.removesuffix("_id") for name in changed] + linked)
    record_audited(
        RiskChanged(risk_id=risk_id, fields=fields),
        subject=reference("risk", risk_id),
        actor_id=actor_id,
        at=at,
    )
    if "owner_id" in changed:
        _tell_owner(risk, actor_id, at)


def _link(
    risk: Risk, *, goal_ids: Collection[int] | None, note_ids: Collection[int] | None
) -> list[str]:
    """Point a risk at these goals and notes, and return which of the two that changed."""
    linked = []
    for name, field, ids in (("goals", risk.goals, goal_ids), ("notes", risk.notes, note_ids)):
        if ids is not None and set(ids) != set(field.values_list("pk", flat=True)):
            field.set(ids)
            linked.append(name)
    return linked


def _tell_owner(risk: Risk, actor_id: int, at: datetime) -> None:
    if risk.owner_id != actor_id:
        notify(
            member_id=risk.owner_id,
            kind=ASSIGNED,
            key=f"risk:{risk.pk}:assigned:{at.isoformat()}",
            facts={"risk": risk.event},
            url=reverse("risks:risk", args=[risk.pk]),
            at=at,
        )
