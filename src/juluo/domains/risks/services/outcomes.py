"""Say what became of a risk: calibration lives on it."""

from datetime import date, datetime

from django.db import transaction

from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.members.services import record_audited
from juluo.domains.risks.models import Indicator, Risk, RiskOutcome
from juluo.domains.risks.services.changes import open_risk
from juluo.events.base import reference
from juluo.events.risks import RiskClosed, RiskOutcomeStated, RiskReopened

_WORDS = {True: "occurred", False: "absent", None: "unknown"}


@transaction.atomic
def state_outcome(
    *,
    risk_id: int,
    occurred: bool | None,
    words: str = "",
    next_horizon: date | None = None,
    actor_id: int,
    at: datetime,
) -> RiskOutcome:
    """Say whether a risk occurred by its horizon; None where nobody can say.

    With a next horizon the risk stays in the register as a new call from its present
    probability; without one it is closed.

    :raises RiskIsClosed: if it was closed before.
    """
    risk = open_risk(risk_id)
    outcome = RiskOutcome.objects.create(
        risk=risk,
        occurred=occurred,
        called_probability=risk.called_probability,
        last_probability=risk.probability,
        horizon=risk.horizon,
        words=words.strip(),
        stated_by_id=actor_id,
        stated_at=at,
    )
    event = RiskOutcomeStated(risk_id=risk_id, outcome=_WORDS[occurred])
    record_audited(event, subject=reference("risk", risk_id), actor_id=actor_id, at=at)
    if next_horizon is None:
        _close(risk, occurred=occurred is True, actor_id=actor_id, at=at)
    else:
        risk.horizon, risk.called_probability = next_horizon, risk.probability
        risk.save(update_fields=["horizon", "called_probability"])
    return outcome


def _close(risk: Risk, *, occurred: bool, actor_id: int, at: datetime) -> None:
    risk.status = Risk.Status.OCCURRED if occurred else Risk.Status.CLOSED
    risk.ended_at = at
    risk.save(update_fields=["status", "ended_at"])
    event = RiskClosed(risk_id=risk.pk, status=risk.status)
    record_audited(event, subject=reference("risk", risk.pk), actor_id=actor_id, at=at)


@transaction.atomic
def reopen_risk(*, risk_id: int, actor_id: int, at: datetime) -> bool:
    """Put a risk back into the register as a new call; return whether that was news.

    Its indicators go on from now: what they would have found meanwhile is past.
    """
    # Indicators first, as those who look at them do: nobody waits in a circle.
    watching = Indicator.objects.select_for_update().filter(risk_id=risk_id).order_by("pk")
    indicators = list(watching)
    risk = Risk.objects.select_for_update().get(pk=risk_id)
    if risk.is_open:
        return False
    risk.status, risk.ended_at, risk.horizon = Risk.Status.OPEN, None, None
    risk.called_probability = risk.probability
    risk.save(update_fields=["status", "ended_at", "horizon", "called_probability"])
    for indicator in indicators:
        indicator.looked_until = insights.running_period(Grain(indicator.grain), now=at)
        indicator.save(update_fields=["looked_until"])
    record_audited(
        RiskReopened(risk_id=risk_id), subject=reference("risk", risk_id), actor_id=actor_id, at=at
    )
    return True
