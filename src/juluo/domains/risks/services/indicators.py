"""Set leading indicators over risks, and switch them off."""

from datetime import datetime
from typing import Any

from django.db import transaction

from juluo.analytics.catalog import metric
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.risks.models import Indicator, Mitigation
from juluo.domains.risks.services.changes import open_risk
from juluo.events.base import reference
from juluo.events.risks import IndicatorAdded, IndicatorEnded


class ResponseOfAnotherRisk(Exception):
    """An indicator starts responses of its own risk only."""


@transaction.atomic
def add_indicator(
    *,
    risk_id: int,
    metric_key: str,
    grain: str,
    rule: str,
    side: str,
    value: float,
    actor_id: int,
    at: datetime,
    filters: dict[str, Any] | None = None,
    raise_by_one: bool = False,
    raise_to: int | None = None,
    response_id: int | None = None,
    calm_after: int = 3,
) -> Indicator:
    """Let a metric watch over a risk from now on: periods that are complete are not told.

    :raises juluo.analytics.catalog.UnknownMetric: if the catalog has no such metric.
    :raises RiskIsClosed: if the risk occurred or was closed.
    :raises ResponseOfAnotherRisk: if the response is none of this risk.
    """
    metric(metric_key)
    risk = open_risk(risk_id)
    if response_id is not None:
        own = Mitigation.objects.filter(pk=response_id, risk=risk, dropped_at=None)
        if not own.exists():
            raise ResponseOfAnotherRisk
    indicator = Indicator.objects.create(
        risk=risk,
        metric=metric_key,
        filters=filters or {},
        grain=grain,
        rule=rule,
        side=side,
        value=value,
        raise_by_one=raise_by_one,
        raise_to=raise_to,
        response_id=response_id,
        calm_after=calm_after,
        made_by_id=actor_id,
        made_at=at,
        looked_until=insights.running_period(Grain(grain), now=at),
    )
    event = IndicatorAdded(risk_id=risk_id, indicator_id=indicator.pk, metric=metric_key, rule=rule)
    record_audited(event, subject=reference("risk", risk_id), actor_id=actor_id, at=at)
    return indicator


@transaction.atomic
def end_indicator(*, indicator_id: int, actor_id: int, at: datetime) -> bool:
    """Switch an indicator off; its episodes stay. Return whether that was news.

    :raises Indicator.DoesNotExist: if there is no such indicator.
    """
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    if indicator.ended_at is not None:
        return False
    indicator.ended_at = at
    indicator.save(update_fields=["ended_at"])
    indicator.episodes.filter(over_at=None).update(over_at=at)
    event = IndicatorEnded(risk_id=indicator.risk_id, indicator_id=indicator_id)
    record_audited(event, subject=reference("risk", indicator.risk_id), actor_id=actor_id, at=at)
    return True
