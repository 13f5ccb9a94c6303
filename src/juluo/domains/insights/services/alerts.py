"""Set alerts, look at what they watch, and keep what became of each episode."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from juluo.analytics.catalog import metric
from juluo.analytics.question import Grain
from juluo.domains.insights import queries
from juluo.domains.insights.models import Alert, Firing
from juluo.domains.insights.rules import Look
from juluo.domains.members.services import record_audited
from juluo.domains.notifications.services import tell as notify
from juluo.eventlog.recording import record
from juluo.events.base import Event, reference
from juluo.events.insights import (
    AlertChanged,
    AlertDecided,
    AlertEnded,
    AlertMade,
    AlertMuted,
    AlertOver,
    AlertRaised,
)

# After a pause, no more periods than this are looked at one by one.
MOST_PERIODS = 14


class NotOpen(Exception):
    """The alert was ended, or the episode was decided by somebody else."""


@transaction.atomic
def make_alert(
    *,
    title: str,
    metric_key: str,
    grain: str,
    rule: str,
    side: str,
    value: float,
    owner_id: int,
    actor_id: int,
    at: datetime,
    filters: dict[str, Any] | None = None,
) -> Alert:
    """Watch a metric from now on: periods that are complete already are not told.

    :raises juluo.analytics.catalog.UnknownMetric: if the catalog has no such metric.
    """
    metric(metric_key)
    alert = Alert.objects.create(
        title=title.strip(),
        metric=metric_key,
        filters=filters or {},
        grain=grain,
        rule=rule,
        side=side,
        value=value,
        owner_id=owner_id,
        made_by_id=actor_id,
        made_at=at,
        looked_until=queries.running_period(Grain(grain), now=at),
    )
    _tell(AlertMade(alert_id=alert.pk, metric=metric_key, rule=rule), alert.pk, actor_id, at)
    return alert


@transaction.atomic
def change_alert(*, alert_id: int, actor_id: int, at: datetime, **given: Any) -> None:
    """Change an alert's ``title``, ``rule``, ``side``, ``value`` or ``owner_id``.

    :raises NotOpen: if it was ended.
    """
    alert = _open(alert_id)
    changed = sorted(name for name, value in given.items() if getattr(alert, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(alert, name, given[name])
    alert.save()
    words = ",".join(name.removesuffix("_id") for name in changed)
    _tell(AlertChanged(alert_id=alert_id, fields=words), alert_id, actor_id, at)


@transaction.atomic
def mute_alert(*, alert_id: int, hours: int, actor_id: int, at: datetime) -> None:
    """Keep an alert from telling anybody for some hours; 0 lets it speak again.

    It goes on looking: what it finds is kept, and shown on its page.

    :raises NotOpen: if it was ended.
    """
    alert = _open(alert_id)
    alert.muted_until = at + timedelta(hours=hours) if hours else None
    alert.save(update_fields=["muted_until"])
    _tell(AlertMuted(alert_id=alert_id, hours=hours), alert_id, actor_id, at)


@transaction.atomic
def end_alert(*, alert_id: int, actor_id: int, at: datetime) -> None:
    """Switch an alert off; its episodes stay.

    :raises NotOpen: if it was ended before.
    """
    alert = _open(alert_id)
    alert.ended_at = at
    alert.save(update_fields=["ended_at"])
    alert.firings.filter(over_at=None).update(over_at=at)
    _tell(AlertEnded(alert_id=alert_id), alert_id, actor_id, at)


@transaction.atomic
def decide(*, firing_id: int, outcome: str, note: str = "", actor_id: int, at: datetime) -> None:
    """Say what an episode was worth; a second opinion replaces the first.

    :raises Firing.DoesNotExist: if there is no such episode.
    """
    firing = Firing.objects.select_for_update().get(pk=firing_id)
    firing.outcome, firing.note = outcome, note.strip()
    firing.decided_by_id, firing.decided_at = actor_id, at
    firing.save(update_fields=["outcome", "note", "decided_by", "decided_at"])
    event = AlertDecided(alert_id=firing.alert_id, firing_id=firing_id, outcome=outcome)
    _tell(event, firing.alert_id, actor_id, at)


def look_at_alerts(*, now: datetime) -> int:
    """Look at every period that has become complete; return how many episodes began.

    Nothing is said of days that nothing was recorded on any more: an archive is not a fall.
    """
    last_day = queries.last_local_day()
    began = 0
    for alert in Alert.objects.filter(ended_at=None).order_by("id"):
        until = queries.running_period(Grain(alert.grain), now=now)
        if alert.looked_until >= until or last_day is None:
            continue
        found = queries.looks(
            alert, since=alert.looked_until, until=until, last_day=last_day, now=now
        )
        for start, observed, each in found[-MOST_PERIODS:]:
            began += _keep(alert.pk, start, observed, each, now)
        Alert.objects.filter(pk=alert.pk, looked_until__lt=until).update(looked_until=until)
    return began


@transaction.atomic
def _keep(alert_id: int, start: date, observed: float | None, found: Look, at: datetime) -> bool:
    """Begin, prolong or end an episode by one look; return whether one began."""
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    going_on = alert.firings.filter(over_at=None).first()
    if going_on is not None and start <= going_on.last:
        return False
    if not found.fires or observed is None:
        if going_on is not None and found.fires is False:
            going_on.over_at = at
            going_on.save(update_fields=["over_at"])
            record(AlertOver(alert_id=alert_id, firing_id=going_on.pk), at=at)
        return False
    if going_on is not None:
        going_on.last = start
        going_on.save(update_fields=["last"])
        return False
    return _begin(alert, start, observed, found, at)


def _begin(alert: Alert, start: date, observed: float, found: Look, at: datetime) -> bool:
    firing, is_new = Firing.objects.get_or_create(
        alert=alert,
        since=start,
        defaults={
            "last": start,
            "observed": observed,
            "expected": found.expected,
            "low": found.low,
            "high": found.high,
            "data_version": queries.current_log().data_version,
            "raised_at": at,
        },
    )
    if not is_new:
        return False
    event = AlertRaised(alert_id=alert.pk, firing_id=firing.pk, metric=alert.metric)
    record(event, at=at)
    if alert.muted_until is None or alert.muted_until <= at:
        notify(
            member_id=alert.owner_id,
            kind="insights.alert_raised",
            key=f"insights.alert_raised:{firing.pk}",
            facts={"alert": alert.title},
            url=reverse("insights:alert", args=[alert.pk]),
            at=at,
        )
    return True


def _open(alert_id: int) -> Alert:
    alert = Alert.objects.select_for_update().get(pk=alert_id)
    if alert.ended_at is not None:
        raise NotOpen
    return alert


def _tell(event: Event, alert_id: int, actor_id: int, at: datetime) -> None:
    record_audited(event, subject=reference("alert", alert_id), actor_id=actor_id, at=at)
