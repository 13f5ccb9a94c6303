"""Read where the running targets stand, keep it by day, and tell owners when it changes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from juluo.analytics.catalog import METRICS
from juluo.analytics.log import EventLog
from juluo.analytics.pace import Status, Way, status
from juluo.domains.insights import queries as insights
from juluo.domains.notifications.services import tell
from juluo.domains.planning.models import Plan, Target, TargetReading
from juluo.domains.planning.queries.goals import aim_of
from juluo.domains.planning.queries.measuring import Measured, Measuring
from juluo.eventlog.recording import record
from juluo.events.goals import TargetStatusChanged

_OVER = (Target.Status.REACHED, Target.Status.MISSED)
_NEWS = {
    Status.AT_RISK: "planning.goal_at_risk",
    Status.OFF_PACE: "planning.goal_off_pace",
    Status.REACHED: "planning.goal_reached",
    Status.MISSED: "planning.goal_missed",
    Status.ON_PACE: "planning.goal_on_pace",
}


def read_targets(*, now: datetime, goal_ids: Iterable[int] | None = None) -> int:
    """Read every running target that today's log has not been read for; return how many.

    Cheap where nothing happened: a reading names the state of the log that it was made of.
    """
    today = insights.local_today(now=now)
    running = _running(today)
    if goal_ids is not None:
        running = running.filter(goal_id__in=list(goal_ids))
    targets = list(running.select_related("goal").order_by("pk"))
    if not targets:
        return 0
    log = insights.current_log()
    fresh = TargetReading.objects.filter(day=today, data_version=log.data_version)
    known = set(fresh.filter(target__in=targets).values_list("target_id", flat=True))
    due = [each for each in targets if each.pk not in known and each.metric in METRICS]
    return sum(_read(each, log=log, today=today, now=now) for each in due)


def _running(today: date) -> QuerySet[Target]:
    """Return targets of goals whose days have come, until what became of them is known."""
    decided = Q(goal__end__lte=today) & Q(status__in=_OVER)
    return (
        Target.objects.filter(goal__dropped_at=None, goal__start__lte=today)
        .exclude(goal__plan__status=Plan.Status.CLOSED)
        .exclude(decided)
    )


def _read(target: Target, *, log: EventLog, today: date, now: datetime) -> bool:
    goal = target.goal
    measuring = Measuring(aim_of(target), start=goal.start, end=goal.end, log=log, now=now)
    found = measuring.measured(today=today)
    way = measuring.way(baseline=target.baseline, value=target.value)
    stands = status(
        way,
        today=today,
        value=found.value,
        until=found.until,
        is_final=found.is_final,
        band=found.band,
    )
    with transaction.atomic():
        _keep(target, found, way, stands, today=today, data_version=log.data_version)
        _turn(target, stands, now)
    return True


def _keep(
    target: Target, found: Measured, way: Way, stands: Status, *, today: date, data_version: str
) -> None:
    band = found.band
    TargetReading.objects.update_or_create(
        target=target,
        day=today,
        defaults={
            "value": found.value,
            "pace": way.pace(found.until),
            "low": band.low if band else None,
            "middle": band.middle if band else None,
            "high": band.high if band else None,
            "status": stands.value,
            "data_version": data_version,
        },
    )


def _turn(target: Target, stands: Status, now: datetime) -> None:
    """Change the status once, whoever reads at the same time, and tell the goal's owner."""
    before = target.status
    if before == stands.value:
        return
    changed = Target.objects.filter(pk=target.pk, status=before)
    if not changed.update(status=stands.value, status_since=now):
        return
    goal = target.goal
    event = TargetStatusChanged(
        goal_id=goal.pk, target_id=target.pk, before=before, after=stands.value
    )
    row = record(event, at=now)
    kind = _NEWS.get(stands)
    is_first = before in {Target.Status.NOT_STARTED, Target.Status.NO_DATA}
    if kind and not (is_first and stands is Status.ON_PACE):
        tell(
            member_id=goal.owner_id,
            kind=kind,
            key=f"target-status-{row.key}",
            facts={"goal": goal.title},
            url=reverse("planning:goal", args=[goal.pk]),
            at=now,
        )
