"""Goal, strategy and work on one line, and what a week brought: what a team runs a week from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from juluo.analytics.catalog import METRICS
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.planning.models import (
    Milestone,
    Plan,
    Strategy,
    StrategyEffect,
    Target,
    TargetReading,
    Task,
    WeekReview,
)
from juluo.domains.planning.queries.goal_words import STATUS_LOOKS
from juluo.domains.planning.queries.goals import GoalLine, goal_lines
from juluo.domains.planning.queries.links import tasks_to_do
from juluo.domains.planning.queries.schedule import MilestoneRow, TaskRow, milestone_rows, task_rows
from juluo.domains.planning.queries.task_lines import TaskLine, task_lines
from juluo.lib import figures
from juluo.ui.looks import Look

# Rows of one list on a page that is read in a minute.
MOST = 15


@dataclass(frozen=True, kw_only=True)
class StrategyLine:
    """A strategy under a goal: what it should do, what happened since, how its work stands."""

    id: int
    title: str
    status: str
    status_label: str
    owner: str
    last: date
    is_over: bool
    expected: str
    by: date
    so_far: str
    tasks: TaskLine | None
    url: str


@dataclass(frozen=True, kw_only=True)
class SteeringLine:
    """A goal with its strategies."""

    goal: GoalLine
    strategies: tuple[StrategyLine, ...]

    @property
    def late_tasks(self) -> int:
        """How many tasks of its strategies are late."""
        return sum(each.tasks.late for each in self.strategies if each.tasks)


@dataclass(frozen=True, kw_only=True)
class StatusMove:
    """A target whose state is not what it was a week ago."""

    goal_id: int
    goal: str
    metric: str
    before: Look
    now: Look
    url: str


@dataclass(frozen=True, kw_only=True)
class WeekOfWork:
    """What a week brought and what the next one asks for."""

    monday: date
    done: tuple[TaskRow, ...]
    done_count: int
    late: tuple[TaskRow, ...]
    late_count: int
    ahead: tuple[TaskRow, ...]
    milestones: tuple[MilestoneRow, ...]
    moves: tuple[StatusMove, ...]


@dataclass(frozen=True, kw_only=True)
class KeptReview:
    """What was decided about a week."""

    monday: date
    decisions: str
    by: str
    at: datetime


def steering_lines(plan_ids: Collection[int] | None = None, *, now: datetime) -> list[SteeringLine]:
    """Return goals with their strategies: off pace, late and at risk first."""
    today = insights.local_today(now=now)
    goals = goal_lines(plan_ids, now=now)
    effects = _effects([goal.goal_id for goal in goals])
    strategy_ids = {each.strategy_id for group in effects.values() for each in group}
    tasks = task_lines(strategy_ids=strategy_ids, today=today)
    since = _values_since(effects.values(), today)
    lines = [
        SteeringLine(
            goal=goal,
            strategies=tuple(
                _strategy(each, tasks, since, today) for each in effects.get(goal.goal_id, ())
            ),
        )
        for goal in goals
    ]
    return sorted(lines, key=lambda line: (_rank(line.goal.status), -line.late_tasks))


def _rank(status: str) -> int:
    order = ("missed", "off_pace", "at_risk", "no_data")
    return order.index(status) if status in order else len(order)


def _effects(goal_ids: list[int]) -> dict[int, list[StrategyEffect]]:
    rows = (
        StrategyEffect.objects.filter(target__goal__in=goal_ids)
        .exclude(strategy__status=Strategy.Status.DROPPED)
        .select_related("strategy__owner", "target__goal")
        .order_by("strategy__position", "pk")
    )
    found: dict[int, list[StrategyEffect]] = defaultdict(list)
    for row in rows:
        found[row.target.goal_id].append(row)
    return found


def _values_since(
    groups: Iterable[list[StrategyEffect]], today: date
) -> dict[int, tuple[float, float]]:
    """Return, by effect, the target's value when its strategy started and now. One query."""
    effects = [each for group in groups for each in group if each.strategy.start <= today]
    readings: dict[int, list[TargetReading]] = defaultdict(list)
    rows = TargetReading.objects.filter(target__in={each.target_id for each in effects})
    for row in rows.exclude(value=None).order_by("day"):
        readings[row.target_id].append(row)
    found = {}
    for each in effects:
        known = readings.get(each.target_id)
        if known:
            found[each.pk] = (_value_before(each, known), known[-1].value or 0.0)
    return found


def _value_before(effect: StrategyEffect, known: list[TargetReading]) -> float:
    """Return what the target's value would be without the strategy: as when it started.

    A total grows by itself: its baseline, for as much of the goal's days as was read.
    """
    target = effect.target
    if target.measure == Target.Measure.TOTAL:
        goal = target.goal
        read = (known[-1].day - goal.start).days / (goal.end - goal.start).days
        return target.baseline * min(max(read, 0.0), 1.0)
    before = [row.value for row in known if row.day <= effect.strategy.start]
    return (before[-1] if before else target.baseline) or 0.0


def _strategy(
    effect: StrategyEffect,
    tasks: Mapping[str, TaskLine],
    since: Mapping[int, tuple[float, float]],
    today: date,
) -> StrategyLine:
    strategy, language = effect.strategy, get_language() or "en"
    known = METRICS.get(effect.target.metric)
    unit = known.unit if known else ""
    moved = since.get(effect.pk)
    change = moved[1] - moved[0] if moved else None
    return StrategyLine(
        id=strategy.pk,
        title=strategy.title,
        status=strategy.status,
        status_label=strategy.get_status_display(),
        owner=strategy.owner.display_name,
        last=strategy.end - timedelta(days=1),
        is_over=strategy.end <= today and strategy.status != Strategy.Status.ENDED,
        expected=figures.change(effect.expected_change, unit, language=language),
        by=effect.by,
        so_far=figures.change(change, unit, language=language),
        tasks=tasks.get(f"strategy:{strategy.pk}"),
        url=reverse("planning:strategy", args=[strategy.pk]),
    )


def week_of_work(*, monday: date, now: datetime) -> WeekOfWork:
    """Return what was done in the week of a Monday, what is late, and what the next one asks."""
    today = insights.local_today(now=now)
    start = now - timedelta(days=(today - monday).days)
    start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    done = Task.objects.filter(
        status=Task.Status.DONE, done_at__gte=start, done_at__lt=start + timedelta(days=7)
    )
    late = tasks_to_do().filter(due__lt=today)
    ahead = tasks_to_do().filter(due__gte=today, due__lt=today + timedelta(days=7))
    soon = Q(due__lt=today + timedelta(days=7))
    milestones = Milestone.objects.filter(soon, reached_at=None).exclude(
        plan__status=Plan.Status.CLOSED
    )
    return WeekOfWork(
        monday=monday,
        done=tuple(task_rows(done.order_by("-done_at", "-pk")[:MOST], today=today)),
        done_count=done.count(),
        late=tuple(task_rows(late.order_by("due", "pk")[:MOST], today=today)),
        late_count=late.count(),
        ahead=tuple(task_rows(ahead.order_by("due", "pk")[:MOST], today=today)),
        milestones=tuple(milestone_rows(milestones, today=today)[:MOST]),
        moves=tuple(_moves(monday)),
    )


def _moves(monday: date) -> list[StatusMove]:
    """Return the targets whose state changed since the week began. Two queries."""
    language = get_language() or "en"
    targets = Target.objects.filter(goal__dropped_at=None).select_related("goal")
    before: dict[int, str] = {}
    rows = TargetReading.objects.filter(
        day__lt=monday, day__gte=monday - timedelta(days=60), target__in=targets
    )
    for row in rows.order_by("day"):
        before[row.target_id] = row.status
    found = []
    for target in targets:
        was = before.get(target.pk)
        if was is None or was == target.status:
            continue
        known = METRICS.get(target.metric)
        found.append(
            StatusMove(
                goal_id=target.goal_id,
                goal=target.goal.title,
                metric=known.title.in_language(language) if known else target.metric,
                before=STATUS_LOOKS[was],
                now=STATUS_LOOKS[target.status],
                url=reverse("planning:goal", args=[target.goal_id]),
            )
        )
    return found


def week_review(monday: date) -> KeptReview | None:
    """Return what was decided about the week of a Monday; None if nobody wrote it down."""
    row = WeekReview.objects.filter(monday=monday).first()
    if row is None:
        return None
    by = members.names([row.written_by_id]).get(row.written_by_id, "")
    return KeptReview(monday=row.monday, decisions=row.decisions, by=by, at=row.written_at)
