"""Score risks, look at them again, and answer what calm indicators propose."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from juluo.domains.members.services import record_audited
from juluo.domains.risks.models import Episode, Review, Risk, RiskScore
from juluo.domains.risks.services.changes import open_risk
from juluo.events.base import reference
from juluo.events.risks import RiskReviewed, RiskScored


@transaction.atomic
def score_risk(
    *, risk_id: int, probability: int, impact: int, words: str = "", actor_id: int, at: datetime
) -> bool:
    """Give a risk another probability and impact; return whether that was news.

    :raises RiskIsClosed: if it occurred or was closed.
    """
    risk = open_risk(risk_id)
    if (risk.probability, risk.impact) == (probability, impact):
        return False
    _score(risk, probability, impact, RiskScore.Cause.STATED, words, actor_id, at)
    return True


@transaction.atomic
def review_risk(
    *,
    risk_id: int,
    probability: int,
    impact: int,
    words: str = "",
    review_on: date,
    actor_id: int,
    at: datetime,
) -> Review:
    """Keep a second look: whether it still stands so, its score now, and the next look.

    :raises RiskIsClosed: if it occurred or was closed.
    """
    risk = open_risk(risk_id)
    is_same = (risk.probability, risk.impact) == (probability, impact)
    verdict = Review.Verdict.SAME if is_same else Review.Verdict.CHANGED
    review = Review.objects.create(
        risk=risk,
        verdict=verdict,
        probability=probability,
        impact=impact,
        words=words.strip(),
        reviewed_by_id=actor_id,
        reviewed_at=at,
    )
    risk.review_on = review_on
    risk.save(update_fields=["review_on"])
    if is_same:
        _answer_proposals(risk, at)
    else:
        _score(risk, probability, impact, RiskScore.Cause.REVIEW, words, actor_id, at)
    event = RiskReviewed(risk_id=risk_id, verdict=verdict.value)
    record_audited(event, subject=reference("risk", risk_id), actor_id=actor_id, at=at)
    return review


@transaction.atomic
def answer_proposal(
    *, episode_id: int, lower: bool, words: str = "", actor_id: int, at: datetime
) -> bool:
    """Lower a risk to what it was before an episode, or keep it; return whether that was asked.

    :raises Episode.DoesNotExist: if there is no such episode.
    :raises RiskIsClosed: if its risk occurred or was closed.
    """
    episode = Episode.objects.select_related("indicator").get(pk=episode_id)
    risk = open_risk(episode.indicator.risk_id)
    if not _waiting(risk).filter(pk=episode_id).exists():
        return False
    cause = RiskScore.Cause.LOWERED if lower else RiskScore.Cause.STATED
    probability = min(risk.probability, episode.raised_from) if lower else risk.probability
    _score(risk, probability, risk.impact, cause, words, actor_id, at)
    return True


def _score(
    risk: Risk,
    probability: int,
    impact: int,
    cause: RiskScore.Cause,
    words: str,
    actor_id: int,
    at: datetime,
) -> None:
    """Write a score that a person gives; whoever scores has answered what was proposed."""
    risk.probability, risk.impact = probability, impact
    risk.save(update_fields=["probability", "impact"])
    RiskScore.objects.create(
        risk=risk,
        probability=probability,
        impact=impact,
        cause=cause,
        words=words.strip()[:1000],
        scored_by_id=actor_id,
        scored_at=at,
    )
    _answer_proposals(risk, at)
    event = RiskScored(risk_id=risk.pk, probability=probability, impact=impact)
    record_audited(event, subject=reference("risk", risk.pk), actor_id=actor_id, at=at)


def _waiting(risk: Risk) -> QuerySet[Episode]:
    return Episode.objects.filter(indicator__risk=risk, proposed_at__isnull=False, answered_at=None)


def _answer_proposals(risk: Risk, at: datetime) -> None:
    _waiting(risk).update(answered_at=at)
