"""Goals as pages show them: where each stands, how objectives roll up, and one goal in full."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from juluo.analytics.catalog import METRICS
from juluo.analytics.pace import Rolled, Status, Way, roll_up, worst
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Goal, Objective, Target, TargetReading
from juluo.domains.planning.queries.goal_words import (
    STATUS_LOOKS,
    figure,
    measure_words,
)
from juluo.domains.planning.queries.readings import running_goals, with_readings
from juluo.domains.planning.rules import goals as rules
from juluo.ui.looks import Look


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """A target and where it stood when it was last read, in the reader's language.

    ``progress`` and ``pace_mark`` are parts of the way, from 0 to 1.
    """

    id: int
    metric: str
    title: str
    measure: str
    baseline: str
    value: str
    now: str
    pace: str
    band: str
    status: str
    look: Look
    progress: float | None
    pace_mark: float | None
    weight: int
    read_on: date | None

    @property
    def percent(self) -> int | None:
        """The progress in whole percent."""
        return None if self.progress is None else round(self.progress * 100)

    @property
    def key(self) -> str:
        """What sets it apart on a page."""
        return str(self.id)

    @property
    def pace_percent(self) -> int | None:
        """Where pace stands, in whole percent of the way."""
        return None if self.pace_mark is None else round(self.pace_mark * 100)


@dataclass(frozen=True, kw_only=True)
class GoalRow:
    """A goal with its targets; ``last`` is its last day."""

    id: int
    plan_id: int
    title: str
    why: str
    owner_id: int
    owner: str
    start: date
    last: date
    weight: int
    objective_id: int | None
    is_dropped: bool
    targets: tuple[TargetRow, ...]
    rolled: Rolled
    status: str
    look: Look

    @property
    def end(self) -> date:
        """The first day not counted."""
        return self.last + timedelta(days=1)

    @property
    def percent(self) -> int | None:
        """The progress in whole percent."""
        return None if self.rolled.progress is None else round(self.rolled.progress * 100)


@dataclass(frozen=True, kw_only=True)
class ObjectiveRow:
    """An objective with the goals that serve it; None for goals that serve none."""

    id: int | None
    title: str
    owner: str
    goals: tuple[GoalRow, ...]
    rolled: Rolled

    @property
    def percent(self) -> int | None:
        """The progress in whole percent."""
        return None if self.rolled.progress is None else round(self.rolled.progress * 100)


@dataclass(frozen=True, kw_only=True)
class PlanGoals:
    """A plan's goals under its objectives, and those given up."""

    objectives: tuple[ObjectiveRow, ...]
    dropped: tuple[GoalRow, ...]

    @property
    def count(self) -> int:
        """How many goals there are, those given up left out."""
        return sum(len(each.goals) for each in self.objectives)


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """One goal on the console: what needs somebody comes first."""

    goal_id: int
    plan_id: int
    plan: str
    title: str
    owner_id: int
    owner: str
    first: date
    last: date
    status: str
    look: Look
    percent: int | None
    pace_percent: int | None
    now: str
    target: str
    url: str


@dataclass(frozen=True, kw_only=True)
class TargetChoice:
    """A target as something to choose from a list."""

    id: int
    goal_id: int
    label: str
    unit: str


def goals_of_plan(plan_id: int) -> PlanGoals:
    """Return a plan's goals as they were last read. Five queries, however many goals."""
    goals = _rows(Goal.objects.filter(plan_id=plan_id))
    objectives = list(Objective.objects.filter(plan_id=plan_id).select_related("owner"))
    alive = [each for each in goals if not each.is_dropped]
    rows = [
        _objective(each, [g for g in alive if g.objective_id == each.pk]) for each in objectives
    ]
    rest = [each for each in alive if each.objective_id is None]
    if rest:
        rows.append(_objective(None, rest))
    return PlanGoals(
        objectives=tuple(rows), dropped=tuple(each for each in goals if each.is_dropped)
    )


def goal_lines(plan_ids: Collection[int] | None = None, *, now: datetime) -> list[GoalLine]:
    """Return the goals whose days have come, of these plans or of all that are open, worst first.

    Goals that are over stay for a week.
    """
    today = insights.local_today(now=now)
    goals = running_goals(today=today)
    if plan_ids is not None:
        goals = goals.filter(plan_id__in=list(plan_ids))
    titles = dict(goals.values_list("plan_id", "plan__title"))
    order = [Status.MISSED, Status.OFF_PACE, Status.AT_RISK, Status.NO_DATA]
    rows = sorted(
        _rows(goals),
        key=lambda row: (order.index(Status(row.status)) if row.status in order else 9, row.last),
    )
    return [_line(each, titles[each.plan_id]) for each in rows]


def goal_row(goal_id: int) -> GoalRow | None:
    """Return one goal as it was last read."""
    return next(iter(_rows(Goal.objects.filter(pk=goal_id))), None)


def objective_titles(plan_id: int) -> list[tuple[int, str]]:
    """Return a plan's objectives as (id, title), in their order."""
    return list(Objective.objects.filter(plan_id=plan_id).values_list("pk", "title"))


def objective_plan(objective_id: int) -> int | None:
    """Return the plan that an objective belongs to."""
    found = Objective.objects.filter(pk=objective_id)
    return found.values_list("plan_id", flat=True).first()


def goal_evidence(plan_id: int) -> list[tuple[str, str]]:
    """Return a plan's goals as evidence that can be named: (reference, words)."""
    goals = Goal.objects.filter(plan_id=plan_id).order_by("position", "id")
    return [(f"goal:{pk}", title) for pk, title in goals.values_list("pk", "title")]


def goal_evidence_words(refs: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the words and the address of references to goals."""
    ids = [int(number) for each in refs if (number := each.partition(":")[2]).isdecimal()]
    found = Goal.objects.filter(pk__in=ids).values_list("pk", "title")
    return {f"goal:{pk}": (title, reverse("planning:goal", args=[pk])) for pk, title in found}


def target_choices(plan_id: int) -> list[TargetChoice]:
    """Return the targets of a plan's goals, those given up left out."""
    targets = Target.objects.filter(goal__plan_id=plan_id, goal__dropped_at=None)
    language = get_language() or "en"
    return [
        TargetChoice(
            id=each.pk,
            goal_id=each.goal_id,
            label=f"{each.goal.title} · {metric_title(each.metric, language=language)}",
            unit=METRICS[each.metric].unit if each.metric in METRICS else "",
        )
        for each in targets.select_related("goal").order_by("goal__position", "goal_id", "pk")
    ]


@dataclass(frozen=True, kw_only=True)
class TypedTarget:
    """A target as people type it, in percent or hours where that is its unit."""

    id: int
    goal_id: int
    title: str
    unit: str
    value: float
    baseline: float


def target_typed(target_id: int) -> TypedTarget | None:
    """Return a target as it would be typed; None where there is none, or no such metric."""
    target = Target.objects.filter(pk=target_id).first()
    if target is None or target.metric not in METRICS:
        return None
    unit = METRICS[target.metric].unit
    return TypedTarget(
        id=target.pk,
        goal_id=target.goal_id,
        title=metric_title(target.metric, language=get_language() or "en"),
        unit=unit,
        value=rules.typed(target.value, unit),
        baseline=rules.typed(target.baseline, unit),
    )


def figure_typed(value: float, unit: str) -> float:
    """Return the figure that people mean by what they typed: percent become parts of one."""
    return rules.from_typed(value, unit)


def metric_title(key: str, *, language: str) -> str:
    """Return a metric's title; its bare key where the catalog no longer has it."""
    return METRICS[key].title.in_language(language) if key in METRICS else key


def aim_of(target: Target) -> rules.Aim:
    """Return what a target measures."""
    return rules.Aim(
        metric=target.metric,
        filters=rules.filters_of(target.filters),
        grain=next(each for each in rules.GRAINS if each.value == target.grain),
        is_total=target.measure == Target.Measure.TOTAL,
    )


def way_of(target: Target, *, start: date, end: date) -> Way:
    """Return the straight way of a target, without its season."""
    return Way(
        start=start,
        end=end,
        baseline=target.baseline,
        target=target.value,
        higher_is_better=target.direction == Target.Direction.UP,
        is_total=target.measure == Target.Measure.TOTAL,
    )


def _rows(goals: QuerySet[Goal]) -> list[GoalRow]:
    language = get_language() or "en"
    found = list(goals.select_related("owner").order_by("position", "id"))
    ids = [each.pk for each in found]
    targets: dict[int, list[TargetRow]] = {each: [] for each in ids}
    ends = {each.pk: each for each in found}
    for target, reading in with_readings(ids):
        goal = ends[target.goal_id]
        targets[target.goal_id].append(_target(target, reading, goal, language))
    return [_goal(each, tuple(targets[each.pk])) for each in found]


def _target(target: Target, reading: TargetReading | None, goal: Goal, language: str) -> TargetRow:
    aim, way = aim_of(target), way_of(target, start=goal.start, end=goal.end)
    unit = METRICS[target.metric].unit if target.metric in METRICS else ""
    value, pace = (reading.value, reading.pace) if reading else (None, None)
    return TargetRow(
        id=target.pk,
        metric=target.metric,
        title=metric_title(target.metric, language=language),
        measure=measure_words(aim),
        baseline=figure(target.baseline, unit, language=language),
        value=figure(target.value, unit, language=language),
        now=figure(value, unit, language=language),
        pace=figure(pace, unit, language=language),
        band=_band_words(reading, unit, language),
        status=target.status,
        look=STATUS_LOOKS[target.status],
        progress=way.progress(value, reading.day) if reading else None,
        pace_mark=_mark(way, pace),
        weight=target.weight,
        read_on=reading.day if reading else None,
    )


def _mark(way: Way, pace: float | None) -> float | None:
    if pace is None or way.target == way.origin:
        return None
    return min(max((pace - way.origin) / (way.target - way.origin), 0.0), 1.0)


def _band_words(reading: TargetReading | None, unit: str, language: str) -> str:
    if reading is None or reading.low is None or reading.high is None:
        return ""
    low, high = (figure(each, unit, language=language) for each in (reading.low, reading.high))
    return f"{low} – {high}"


def _goal(goal: Goal, targets: tuple[TargetRow, ...]) -> GoalRow:
    stands = worst([Status(each.status) for each in targets]).value
    return GoalRow(
        id=goal.pk,
        plan_id=goal.plan_id,
        title=goal.title,
        why=goal.why,
        owner_id=goal.owner_id,
        owner=goal.owner.display_name,
        start=goal.start,
        last=goal.end - timedelta(days=1),
        weight=goal.weight,
        objective_id=goal.objective_id,
        is_dropped=goal.dropped_at is not None,
        targets=targets,
        rolled=roll_up([(each.progress, each.weight) for each in targets]),
        status=stands,
        look=STATUS_LOOKS[stands],
    )


def _objective(objective: Objective | None, goals: list[GoalRow]) -> ObjectiveRow:
    return ObjectiveRow(
        id=objective.pk if objective else None,
        title=objective.title if objective else "",
        owner=objective.owner.display_name if objective else "",
        goals=tuple(goals),
        rolled=roll_up([(each.rolled.progress, each.weight) for each in goals]),
    )


def _line(row: GoalRow, plan: str) -> GoalLine:
    first = row.targets[0] if row.targets else None
    return GoalLine(
        goal_id=row.id,
        plan_id=row.plan_id,
        plan=plan,
        title=row.title,
        owner_id=row.owner_id,
        owner=row.owner,
        first=row.start,
        last=row.last,
        status=row.status,
        look=row.look,
        percent=row.percent,
        pace_percent=first.pace_percent if first else None,
        now=first.now if first else "",
        target=first.value if first else "",
        url=reverse("planning:goal", args=[row.id]),
    )
