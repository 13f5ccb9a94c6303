"""How far goals had come by a day, as it was then: asked of the log anew, whenever it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from juluo.analytics.catalog import METRICS
from juluo.analytics.log import EventLog
from juluo.analytics.pace import Status, status
from juluo.analytics.question import Filters
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Goal, Plan, Target
from juluo.domains.planning.queries.goal_figures import Revision, revisions_of
from juluo.domains.planning.queries.goals import aim_of
from juluo.domains.planning.queries.measuring import Measuring
from juluo.domains.planning.rules import goals as rules

_SETTLED = (Plan.Status.APPROVED, Plan.Status.CLOSED)


@dataclass(frozen=True, kw_only=True)
class Stood:
    """Where a target stood when a day began; its value is the metric's over ``[start, end)``."""

    value: float | None
    pace: float
    status: str
    start: date
    end: date
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Attained:
    """A target with where it stood at both ends of a window.

    ``baseline`` and ``target`` are those in force at the window's end. ``before`` is None where
    the goal began later than the window, both are where the catalog has no such metric.
    ``revisions`` are what it was set to, oldest first; ``revised`` those of the window's days.
    """

    target_id: int
    goal_id: int
    goal: str
    objective: str
    plan_id: int
    plan: str
    owner_id: int
    metric: str
    filters: Filters
    is_total: bool
    baseline: float
    target: float
    first: date
    last: date
    before: Stood | None
    then: Stood | None
    revisions: tuple[Revision, ...]
    revised: tuple[Revision, ...]


def plan_and_below(plan_id: int) -> list[int]:
    """Return a plan and all plans below it. A query for each level."""
    found, level = [plan_id], [plan_id]
    while level:
        below = Plan.objects.filter(parent_id__in=level).exclude(pk__in=found).order_by("pk")
        level = list(below.values_list("pk", flat=True))
        found += level
    return found


def attained(
    *,
    start: date,
    end: date,
    log: EventLog,
    now: datetime,
    plan_ids: Collection[int] | None = None,
) -> list[Attained]:
    """Return the targets of goals with days in ``[start, end)``, in the order of their plans.

    Of these plans, or of all that were signed off or are closed. Goals given up
    before its end are left out.
    """
    over = datetime.combine(end, time(), ZoneInfo(log.timezone))
    goals = Goal.objects.filter(Q(dropped_at=None) | Q(dropped_at__gte=over))
    goals = goals.filter(start__lt=end, end__gt=start)
    chosen = Q(plan__status__in=_SETTLED) if plan_ids is None else Q(plan_id__in=list(plan_ids))
    targets = list(
        Target.objects.filter(goal__in=goals.filter(chosen))
        .select_related("goal__plan", "goal__objective")
        .order_by("goal__plan_id", "goal__objective__position", "goal__position", "goal_id", "pk")
    )
    revisions = revisions_of([each.pk for each in targets])
    window = (start, end)
    return [_attained(each, revisions[each.pk], window, log, now) for each in targets]


def _attained(
    target: Target,
    revisions: list[Revision],
    window: tuple[date, date],
    log: EventLog,
    now: datetime,
) -> Attained:
    zone = ZoneInfo(log.timezone)
    start, end = (datetime.combine(each, time(), zone) for each in window)
    known = [each for each in revisions if each.set_at < end]
    before = [each for each in known if each.set_at < start]
    force = next(iter(reversed(known or revisions)), None)
    goal, aim = target.goal, aim_of(target)
    days, held = (goal.start, goal.end), (target.baseline, target.value)
    if force is not None:
        days = (force.first, force.last + timedelta(days=1))
        held = (force.baseline, force.target)
    stood = _Standing(target, days, log=log, now=now)
    return Attained(
        target_id=target.pk,
        goal_id=goal.pk,
        goal=goal.title,
        objective=goal.objective.title if goal.objective else "",
        plan_id=goal.plan_id,
        plan=goal.plan.title,
        owner_id=goal.owner_id,
        metric=target.metric,
        filters=aim.filters,
        is_total=aim.is_total,
        baseline=held[0],
        target=held[1],
        first=days[0],
        last=days[1] - timedelta(days=1),
        before=stood.on(window[0], held) if days[0] < window[0] else None,
        then=stood.on(window[1], held),
        revisions=tuple(known),
        # The first setting of a target is no change of it.
        revised=tuple(each for each in known[1:] if each not in before),
    )


class _Standing:
    """Where one target stood on several days."""

    def __init__(
        self, target: Target, days: tuple[date, date], *, log: EventLog, now: datetime
    ) -> None:
        self.aim, self.days = aim_of(target), days
        self.today = insights.local_today(now=now)
        self.measuring = None
        if target.metric in METRICS:
            start, end = days
            self.measuring = Measuring(self.aim, start=start, end=end, log=log, now=now)

    def on(self, day: date, held: tuple[float, float]) -> Stood | None:
        """Return where it stood when a day began, today at the latest."""
        if self.measuring is None:
            return None
        start, goal_end = self.days
        end = min(day, self.today, goal_end)
        if end <= start:
            return None
        # A total counts the day it is asked on: that before, so that nothing later is in it.
        asked_on = end - timedelta(days=1) if self.aim.is_total and end < goal_end else end
        found = self.measuring.measured(today=asked_on)
        until = end if self.aim.is_total else found.until
        way = self.measuring.way(baseline=held[0], value=held[1])
        stands = status(
            way,
            today=end,
            value=found.value,
            until=until,
            is_final=found.is_final,
            band=found.band,
        )
        first = start if self.aim.is_total else rules.period_before(until, self.aim.grain)
        return Stood(
            value=found.value,
            pace=way.pace(until),
            status=Status(stands).value,
            start=first,
            end=until,
            low=found.band.low if found.band else None,
            high=found.band.high if found.band else None,
        )
