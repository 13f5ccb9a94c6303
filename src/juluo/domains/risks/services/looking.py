"""Look at leading indicators, and act on what they find: once for each episode."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from juluo.analytics.catalog import METRICS
from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.insights.types import Look
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.domains.risks.models import Episode, Indicator, Risk, RiskScore
from juluo.domains.risks.rules import scores
from juluo.domains.risks.services.mitigations import begin
from juluo.events.base import reference
from juluo.events.risks import IndicatorCalmed, IndicatorFired, RiskRaised

# After a pause, no more periods than this are looked at one by one.
MOST_PERIODS = 14
RAISED = "risks.raised"
FIRED = "risks.indicator_fired"
CALMED = "risks.may_be_lowered"


def look_at_indicators(*, now: datetime) -> int:
    """Look at every period that has become complete; return how many episodes began.

    Nothing is said of days that nothing was recorded on any more: an archive is not a fall.
    """
    last_day = insights.last_local_day()
    if last_day is None:
        return 0
    watching = Indicator.objects.filter(ended_at=None, metric__in=METRICS)
    watching = watching.exclude(risk__status__in=Risk.ENDED)
    return sum(_look(each, last_day, now) for each in watching.order_by("id"))


def _look(indicator: Indicator, last_day: date, now: datetime) -> int:
    until = insights.running_period(Grain(indicator.grain), now=now)
    if indicator.looked_until >= until:
        return 0
    found = insights.looks(
        indicator, since=indicator.looked_until, until=until, last_day=last_day, now=now
    )
    began = sum(
        _keep(indicator.pk, start, observed, each, now)
        for start, observed, each in found[-MOST_PERIODS:]
    )
    Indicator.objects.filter(pk=indicator.pk, looked_until__lt=until).update(looked_until=until)
    return began


@transaction.atomic
def _keep(
    indicator_id: int, start: date, observed: float | None, found: Look, at: datetime
) -> bool:
    """Keep one look at one period; return whether an episode began.

    Two workers take turns at the row, and whoever comes second finds the period looked at.
    """
    indicator = Indicator.objects.select_for_update().get(pk=indicator_id)
    if start < indicator.looked_until or indicator.ended_at is not None:
        return False
    indicator.looked_until = insights.periods_before(start, Grain(indicator.grain), -1)
    indicator.save(update_fields=["looked_until"])
    if observed is None or found.fires is None:
        return False
    going_on = indicator.episodes.filter(over_at=None).first()
    if not found.fires:
        _calm(indicator, going_on, at)
        return False
    if going_on is not None:
        going_on.last = start
        going_on.save(update_fields=["last"])
        return False
    return _begin(indicator, start, observed, found, at)


def _begin(indicator: Indicator, start: date, observed: float, found: Look, at: datetime) -> bool:
    """Begin an episode: raise the risk, start the response, tell the owner."""
    risk = Risk.objects.select_for_update().get(pk=indicator.risk_id)
    if not risk.is_open:
        return False
    before = risk.probability
    after = scores.raised(before, raise_to=indicator.raise_to, by_one=indicator.raise_by_one)
    episode, is_new = Episode.objects.get_or_create(
        indicator=indicator,
        since=start,
        defaults={
            "last": start,
            "observed": observed,
            "expected": found.expected,
            "low": found.low,
            "high": found.high,
            "data_version": insights.current_log().data_version,
            "raised_from": before,
            "raised_to": after,
            "began_at": at,
        },
    )
    if not is_new:
        return False
    _withdraw_proposals(indicator, at)
    fired = IndicatorFired(risk_id=risk.pk, indicator_id=indicator.pk, episode_id=episode.pk)
    record_audited(fired, subject=reference("risk", risk.pk), actor_id=None, at=at)
    if after > before:
        _raise(risk, indicator, episode, at)
    if indicator.response_id is not None:
        begin(risk, indicator.response_id, actor_id=None, at=at, indicator=indicator)
    _notify(risk, RAISED if after > before else FIRED, f"risks.episode:{episode.pk}", at)
    return True


def _withdraw_proposals(indicator: Indicator, at: datetime) -> None:
    """Take back what calm proposed: a new episode answers it."""
    waiting = indicator.episodes.filter(proposed_at__isnull=False, answered_at=None)
    waiting.update(answered_at=at)


def _raise(risk: Risk, indicator: Indicator, episode: Episode, at: datetime) -> None:
    risk.probability = episode.raised_to
    risk.save(update_fields=["probability"])
    RiskScore.objects.create(
        risk=risk,
        probability=risk.probability,
        impact=risk.impact,
        cause=RiskScore.Cause.INDICATOR,
        episode=episode,
        scored_at=at,
    )
    event = RiskRaised(
        risk_id=risk.pk,
        indicator_id=indicator.pk,
        raised_from=episode.raised_from,
        raised_to=episode.raised_to,
    )
    record_audited(event, subject=reference("risk", risk.pk), actor_id=None, at=at)


def _calm(indicator: Indicator, going_on: Episode | None, at: datetime) -> None:
    """Count a period within bounds: it ends an episode, and enough of them propose to lower."""
    episode = going_on or indicator.episodes.order_by("-since").first()
    if episode is None or episode.proposed_at is not None:
        return
    episode.over_at = episode.over_at or at
    episode.calm += 1
    risk = Risk.objects.get(pk=indicator.risk_id)
    enough = episode.calm >= indicator.calm_after
    was_raised = episode.raised_to > episode.raised_from < risk.probability
    if enough and was_raised:
        episode.proposed_at = at
    episode.save(update_fields=["over_at", "calm", "proposed_at"])
    if episode.proposed_at is not None:
        event = IndicatorCalmed(risk_id=risk.pk, indicator_id=indicator.pk, episode_id=episode.pk)
        record_audited(event, subject=reference("risk", risk.pk), actor_id=None, at=at)
        _notify(risk, CALMED, f"risks.calm:{episode.pk}", at)


def _notify(risk: Risk, kind: str, key: str, at: datetime) -> None:
    notify(
        member_id=risk.owner_id,
        kind=kind,
        key=key,
        facts={"risk": risk.event},
        url=reverse("risks:risk", args=[risk.pk]),
        at=at,
    )
