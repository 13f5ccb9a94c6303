"""Alerts, what they watch, and what became of their episodes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.definition import Kind, Metric
from juluo.analytics.engine import QuestionRefused
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Question
from juluo.domains.insights import rules
from juluo.domains.insights.models import Alert, Firing
from juluo.domains.insights.queries.annotations import AnnotationShown, annotations
from juluo.domains.insights.queries.asking import ask, current_log, local_today, question
from juluo.domains.insights.queries.headlines import start_of
from juluo.domains.insights.queries.showing import group_labels
from juluo.domains.insights.types import Watched
from juluo.domains.members import queries as members
from juluo.lib import figures

# How many periods before the one looked at are read.
BEFORE = {Grain.DAY: 400, Grain.WEEK: 120, Grain.MONTH: 40}
GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH)
_COUNTED = {Kind.COUNT, Kind.DISTINCT}
# A metric is watched as one number for each period: tables and cohorts are not.
_TABLES = {Kind.SHARE_TABLE, Kind.TABLE}


@dataclass(frozen=True, kw_only=True)
class AlertShown:
    """An alert with its rule in figures, and how its episodes were judged."""

    id: int
    title: str
    metric: str
    metric_title: str
    grain: Grain
    rule: str
    rule_label: str
    side: str
    side_label: str
    value: float
    value_words: str
    owner_id: int
    owner: str
    muted_until: datetime | None
    ended_at: datetime | None
    raised: int
    worth: int
    decided: int
    going_on: bool


@dataclass(frozen=True, kw_only=True)
class FiringShown:
    """One episode in words; ``last_day`` is the last day of its last period."""

    id: int
    alert_id: int
    title: str
    metric: str
    metric_title: str
    since: date
    last: date
    last_day: date
    observed: str
    expected: str
    low: str
    high: str
    raised_at: datetime
    over_at: datetime | None
    outcome: str
    outcome_label: str
    note: str
    decided_by: str
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A group that moved with the whole: its value and its value in the period before."""

    group: str
    before: str
    now: str
    change: str


def watchable() -> list[Metric]:
    """Return the metrics that an alert can watch: one number for each period."""
    return [
        each
        for each in METRICS.values()
        if each.kind not in _TABLES and any(grain in each.grains for grain in GRAINS)
    ]


def running_period(grain: Grain, *, now: datetime) -> date:
    """Return the first day of the period that is not complete yet."""
    return start_of(local_today(now=now), grain)


def filters_of(stored: Mapping[str, Any]) -> Filters:
    """Return the filters that were stored as JSON."""
    return Filters(
        include_bots=bool(stored.get("include_bots")),
        exclude_staff=bool(stored.get("exclude_staff")),
        spaces=tuple(int(each) for each in stored.get("spaces", ())),
        sources=tuple(str(each) for each in stored.get("sources", ())),
    )


def looks(
    watched: Watched, *, since: date, until: date, last_day: date, now: datetime
) -> list[tuple[date, float | None, rules.Look]]:
    """Return what a look at each period of ``[since, until)`` finds, oldest first.

    Whatever holds a rule is looked at alike: alerts, the indicators of risks. Periods that begin
    after the last day with anything recorded are left out.
    """
    grain = Grain(watched.grain)
    answer = _series(watched, since=since, until=until, log=current_log(), now=now)
    if answer is None:
        return []
    points = [point for point in answer.points if point.start < until]
    values = [point.value for point in points]
    definition = metric(watched.metric)
    return [
        (point.start, point.value, _look(watched, definition, grain, values[:n], point.value))
        for n, point in enumerate(points)
        if point.start >= since and point.start <= last_day
    ]


def _look(
    watched: Watched,
    definition: Metric,
    grain: Grain,
    before: Sequence[float | None],
    observed: float | None,
) -> rules.Look:
    return rules.look(
        rule=watched.rule,
        side=watched.side,
        value=watched.value,
        before=before,
        observed=observed,
        grain=grain,
        counts=definition.kind in _COUNTED,
        most=1.0 if definition.kind is Kind.SHARE else None,
    )


def _series(
    watched: Watched, *, since: date, until: date, log: EventLog, now: datetime
) -> Answer | None:
    grain = Grain(watched.grain)
    asked = question(
        watched.metric,
        start=periods_before(since, grain, BEFORE[grain]),
        end=until,
        grain=grain,
        timezone=log.timezone,
        filters=filters_of(watched.filters),
    )
    try:
        return ask(asked, log=log, now=now)
    except QuestionRefused:
        return None


def periods_before(day: date, grain: Grain, count: int) -> date:
    """Return the first day of the period so many periods before the one that holds a day."""
    start = start_of(day, grain)
    if grain is Grain.MONTH:
        months = start.year * 12 + start.month - 1 - count
        return date(months // 12, months % 12 + 1, 1)
    return start - timedelta(days=count * (7 if grain is Grain.WEEK else 1))


def alerts(*, language: str, include_ended: bool = False) -> list[AlertShown]:
    """Return the alerts by title, each with how its episodes were judged. Two queries."""
    rows = _judged(Alert.objects.all()).order_by("ended_at", "title", "id")
    found = list(rows if include_ended else rows.filter(ended_at=None))
    names = members.names({row.owner_id for row in found})
    return [_alert(row, names, language) for row in found]


def alert(alert_id: int, *, language: str) -> AlertShown | None:
    """Return one alert, or None if there is no such alert."""
    row = _judged(Alert.objects.filter(pk=alert_id)).first()
    return _alert(row, members.names({row.owner_id}), language) if row else None


def _judged(rows: Any) -> Any:
    worth = Q(firings__outcome__in=["acted", "explained"])
    return rows.annotate(
        raised=Count("firings"),
        worth=Count("firings", filter=worth),
        noise=Count("firings", filter=Q(firings__outcome="noise")),
        open=Count("firings", filter=Q(firings__over_at=None)),
    )


def _alert(row: Any, names: Mapping[int, str], language: str) -> AlertShown:
    known = METRICS.get(row.metric)
    worth, decided = rules.precision(acted=row.worth, explained=0, noise=row.noise)
    return AlertShown(
        id=row.pk,
        title=row.title,
        metric=row.metric,
        metric_title=known.title.in_language(language) if known else row.metric,
        grain=Grain(row.grain),
        rule=row.rule,
        rule_label=row.get_rule_display(),
        side=row.side,
        side_label=row.get_side_display(),
        value=row.value,
        value_words=limit_words(row, language=language),
        owner_id=row.owner_id,
        owner=names.get(row.owner_id, ""),
        muted_until=row.muted_until,
        ended_at=row.ended_at,
        raised=row.raised,
        worth=worth,
        decided=decided,
        going_on=bool(row.open),
    )


def limit_words(watched: Watched, *, language: str) -> str:
    """Return the limit of a rule in figures: a value, a percentage or a width in sigmas."""
    if watched.rule == Alert.Rule.THRESHOLD:
        known = METRICS.get(watched.metric)
        return figures.figure(watched.value, known.unit if known else "", language=language)
    if watched.rule == Alert.Rule.CHANGE:
        return figures.percent(watched.value)
    return f"{watched.value:g} σ"


def limit_stored(metric_key: str, rule: str, typed: float) -> float:
    """Return a limit as it is kept, of one that was typed: percent become parts of one."""
    is_share = rule == Alert.Rule.THRESHOLD and metric(metric_key).unit == "share"
    return typed / 100 if is_share or rule == Alert.Rule.CHANGE else typed


def precision_of_all() -> tuple[int, int, int]:
    """Return how many episodes were worth telling, how many were decided, how many there are."""
    found = Firing.objects.aggregate(
        raised=Count("pk"),
        worth=Count("pk", filter=Q(outcome__in=["acted", "explained"])),
        noise=Count("pk", filter=Q(outcome="noise")),
    )
    worth, decided = rules.precision(acted=found["worth"], explained=0, noise=found["noise"])
    return worth, decided, found["raised"]


def firings(
    *, language: str, alert_id: int | None = None, undecided: bool = False, limit: int = 50
) -> list[FiringShown]:
    """Return episodes, newest first: all, of one alert, or those nobody has judged."""
    rows = Firing.objects.select_related("alert").order_by("-raised_at", "-id")
    if alert_id is not None:
        rows = rows.filter(alert_id=alert_id)
    if undecided:
        rows = rows.filter(outcome="")
    found = list(rows[:limit])
    names = members.names({row.decided_by_id for row in found if row.decided_by_id})
    return [_firing(row, names, language) for row in found]


def undecided_count(*, owner_id: int) -> int:
    """Return how many episodes of a member's alerts nobody has judged."""
    return Firing.objects.filter(alert__owner_id=owner_id, outcome="").count()


def _firing(row: Firing, names: Mapping[int, str], language: str) -> FiringShown:
    known = METRICS.get(row.alert.metric)
    unit = known.unit if known else ""

    def words(value: float | None) -> str:
        return figures.figure(value, unit, language=language)

    return FiringShown(
        id=row.pk,
        alert_id=row.alert_id,
        title=row.alert.title,
        metric=row.alert.metric,
        metric_title=known.title.in_language(language) if known else row.alert.metric,
        since=row.since,
        last=row.last,
        last_day=periods_before(row.last, Grain(row.alert.grain), -1) - timedelta(days=1),
        observed=words(row.observed),
        expected=words(row.expected),
        low=words(row.low),
        high=words(row.high),
        raised_at=row.raised_at,
        over_at=row.over_at,
        outcome=row.outcome,
        outcome_label=row.get_outcome_display() if row.outcome else "",
        note=row.note,
        decided_by=names.get(row.decided_by_id or 0, ""),
        owner_id=row.alert.owner_id,
    )


def watched_question(alert_id: int, *, periods: int, now: datetime) -> Question | None:
    """Return the question that an alert asks, over its last periods; None if there is none."""
    row = Alert.objects.filter(pk=alert_id).first()
    if row is None:
        return None
    grain = Grain(row.grain)
    end = running_period(grain, now=now)
    return question(
        row.metric,
        start=periods_before(end, grain, periods),
        end=end,
        grain=grain,
        filters=filters_of(row.filters),
    )


def backtest(
    *,
    metric_key: str,
    grain: Grain,
    rule: str,
    side: str,
    value: float,
    filters: Mapping[str, Any],
    now: datetime,
    periods: int,
) -> int | None:
    """Return how many episodes a rule would have raised over its last periods; None: no history."""
    draft = Alert(
        metric=metric_key, grain=grain.value, rule=rule, side=side, value=value, filters=filters
    )
    until = running_period(grain, now=now)
    since = periods_before(until, grain, periods)
    found = looks(draft, since=since, until=until, last_day=until, now=now)
    if all(each.fires is None for _start, _value, each in found):
        return None
    fires = [bool(each.fires) for _start, _value, each in found]
    return sum(1 for n, each in enumerate(fires) if each and not (n and fires[n - 1]))


def notes_near(firing: FiringShown, *, days: int = 14) -> list[AnnotationShown]:
    """Return the notes on the time axis shortly before and during an episode."""
    start = firing.since - timedelta(days=days)
    return annotations(start=start, end=firing.last + timedelta(days=7), limit=10)


def causes(firing: FiringShown, *, language: str, now: datetime) -> list[Cause]:
    """Return the groups that moved most from the period before: by space, else by source."""
    row = Alert.objects.get(pk=firing.alert_id)
    definition, grain = metric(row.metric), Grain(row.grain)
    by = next((each for each in ("space", "source") if each in definition.dimensions), None)
    if by is None or definition.kind not in _COUNTED:
        return []
    log = current_log()
    asked = question(
        row.metric,
        start=periods_before(firing.since, grain, 1),
        end=periods_before(firing.since, grain, -1),
        grain=grain,
        by=by,
        timezone=log.timezone,
        filters=filters_of(row.filters),
    )
    try:
        answer = ask(asked, log=log, now=now)
    except QuestionRefused:
        return []
    return _largest(answer, firing.since, group_labels(answer), language)


def _largest(answer: Answer, since: date, labels: Mapping[str, str], language: str) -> list[Cause]:
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for point in answer.points:
        side = after if point.start >= since else before
        side[point.group or ""] = point.value or 0.0
    groups: Iterable[str] = {*before, *after}
    moved = {group: after.get(group, 0.0) - before.get(group, 0.0) for group in groups}
    largest = sorted((g for g in moved if moved[g]), key=lambda g: (-abs(moved[g]), g))[:3]
    unit = answer.unit
    return [
        Cause(
            group=labels.get(group, group),
            before=figures.figure(before.get(group, 0.0), unit, language=language),
            now=figures.figure(after.get(group, 0.0), unit, language=language),
            change=figures.change(moved[group], unit, language=language),
        )
        for group in largest
    ]
