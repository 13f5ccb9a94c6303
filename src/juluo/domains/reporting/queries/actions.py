"""What was promised in reports: lists, and what has become of it as far as a metric says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Answer, Filters, Grain, Question
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.members.permissions import Viewer
from juluo.domains.reporting.models import Action, ActionOutcome, Report
from juluo.domains.reporting.permissions import can_read_report
from juluo.domains.reporting.types import ReportRequest
from juluo.lib import figures
from juluo.ui.looks import Look

Verdict = ActionOutcome.Verdict
PAGE = 100


@dataclass(frozen=True, kw_only=True)
class ActionRow:
    """An action in a list; ``expected`` says in words what should change, "" where none does."""

    id: int
    what: str
    owner_id: int
    owner: str
    due: date
    status: str
    status_label: str
    expected: str
    report_id: int
    report_status: str
    finding: str
    outcome_note: str
    decided_at: datetime | None
    verdict: str
    verdict_label: str
    measured_in: int | None

    def is_late(self, today: date) -> bool:
        """Whether it is open after its day."""
        return self.status == Action.Status.OPEN and self.due < today


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What an action's metric says in a window: beside what it was and what it should be.

    ``low`` and ``high`` bound where the value would lie by chance had it stayed what it was.
    """

    action: Action
    verdict: str
    answer: Answer | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


_LOOKS = {
    Action.Status.OPEN: Look(tone="blue", icon="circle-dot"),
    Action.Status.DONE: Look(tone="green", icon="circle-check"),
    Action.Status.DROPPED: Look(tone="secondary", icon="circle-x"),
}


def action_look(row: ActionRow, today: date) -> Look:
    """Return how an action's state looks: late ones stand out."""
    if row.is_late(today):
        return Look(tone="red", icon="alert-triangle", label=pgettext("action", "Late"))
    look = _LOOKS[Action.Status(row.status)]
    return Look(tone=look.tone, icon=look.icon, label=row.status_label)


def actions(viewer: Viewer, *, state: str = "open", owner_id: int | None = None) -> list[ActionRow]:
    """Return what was promised in reports a viewer may read, the first due first. Two queries.

    :param state: a status, or "all".
    """
    rows = _with_all(Action.objects.exclude(report__status=Report.Status.DROPPED))
    if not can_read_report(viewer, with_money=True):
        rows = rows.filter(report__with_money=False)
    if state in Action.Status.values:
        rows = rows.filter(status=state)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    return [_row(each) for each in rows.order_by("due", "id")[:PAGE]]


def actions_of(report_id: int) -> list[ActionRow]:
    """Return what a report promises, in the order it was written."""
    return [_row(each) for each in _with_all(Action.objects.filter(report_id=report_id))]


def action_row(action_id: int) -> ActionRow | None:
    """Return one action; None if there is none."""
    found = _with_all(Action.objects.filter(pk=action_id)).first()
    return _row(found) if found else None


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """What one issued report measured of an action."""

    report_id: int
    last: date
    verdict: str
    verdict_label: str
    value: str
    low: str
    high: str
    status_label: str


def outcomes_of(action_id: int) -> list[OutcomeRow]:
    """Return what issued reports measured of an action, oldest first. One query."""
    rows = ActionOutcome.objects.filter(action_id=action_id).select_related("report", "action")
    return [_outcome_row(each) for each in rows.order_by("report__end", "pk")]


def _outcome_row(each: ActionOutcome) -> OutcomeRow:
    key = each.action.metric
    unit = METRICS[key].unit if key in METRICS else ""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    value, low, high = (
        figures.figure(number, unit, language=language) if number is not None and unit else ""
        for number in (each.value, each.low, each.high)
    )
    return OutcomeRow(
        report_id=each.report_id,
        last=each.report.end - timedelta(days=1),
        verdict=each.verdict,
        verdict_label=each.get_verdict_display(),
        value=value,
        low=low,
        high=high,
        status_label=str(Action.Status(each.status).label),
    )


def value_in_window(
    report_id: int, *, metric: str, space_ids: Sequence[int], now: datetime
) -> float | None:
    """Return what a metric is in a report's window, over some spaces or all."""
    report = Report.objects.get(pk=report_id)
    asked = insights.question(
        metric,
        start=report.start,
        end=report.end,
        grain=Grain.WINDOW,
        filters=Filters(spaces=tuple(space_ids)),
    )
    answer = insights.ask(asked, log=insights.current_log(), now=now)
    return answer.points[0].value if answer.points else None


def _with_all(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.select_related("owner", "report").prefetch_related("outcomes").order_by("id")


def _row(each: Action) -> ActionRow:
    outcomes = sorted(each.outcomes.all(), key=lambda outcome: outcome.pk)
    last = outcomes[-1] if outcomes else None
    return ActionRow(
        id=each.pk,
        what=each.what,
        owner_id=each.owner_id,
        owner=each.owner.display_name,
        due=each.due,
        status=each.status,
        status_label=each.get_status_display(),
        expected=expected_words(each),
        report_id=each.report_id,
        report_status=each.report.status,
        finding=each.finding,
        outcome_note=each.outcome_note,
        decided_at=each.decided_at,
        verdict=last.verdict if last else "",
        verdict_label=last.get_verdict_display() if last else "",
        measured_in=last.report_id if last else None,
    )


def expected_words(action: Action) -> str:
    """Return what should change, as "Answered within a day · General: 41.2% → 60.0%"."""
    language = "zh" if (get_language() or "").startswith("zh") else "en"
    title = action_title(action, language=language)
    if not title:
        return ""
    unit = metric(action.metric).unit
    numbers = [
        figures.figure(each, unit, language=language)
        for each in (action.baseline, action.target)
        if each is not None
    ]
    return f"{title}{_(': ')}{' → '.join(numbers)}" if numbers else title


def action_title(action: Action, *, language: str) -> str:
    """Return the metric that says whether an action worked, and where; "" for none."""
    if action.metric not in METRICS:
        return ""
    title = metric(action.metric).title.in_language(language)
    if not action.space_ids:
        return title
    names = discussions.space_names()
    told = [names.get(each, str(each)) for each in action.space_ids]
    return " · ".join([title, *told])


def promised_before(asked: ReportRequest) -> list[Action]:
    """Return what issued reports promised before a window, and no later report settled.

    Settled is what an issued report measured after its day, or after it was done or dropped.
    """
    settled = ActionOutcome.objects.filter(report__status=Report.Status.ISSUED).filter(
        ~Q(status=Action.Status.OPEN) | Q(report__end__gt=F("action__due"))
    )
    rows = Action.objects.filter(
        report__status=Report.Status.ISSUED,
        report__start__lt=asked.start,
        report__end__lte=asked.end,
    ).exclude(pk__in=settled.values("action_id"))
    if asked.plan_id is not None:
        rows = rows.filter(report__plan_id=asked.plan_id)
    return list(rows.select_related("owner").order_by("due", "id"))


def action_question(action: Action, start: date, end: date) -> Question:
    """Return what says whether an action worked, over a window."""
    return insights.question(
        action.metric,
        start=start,
        end=end,
        grain=Grain.WINDOW,
        filters=Filters(spaces=tuple(action.space_ids)),
    )


def measured(action: Action, *, start: date, end: date, log: EventLog, now: datetime) -> Measured:
    """Return what has become of an action's metric in a window."""
    if action.metric not in METRICS or action.baseline is None:
        return Measured(action=action, verdict=Verdict.NOT_MEASURED)
    asked = action_question(action, start, end)
    answer = insights.ask(asked, log=log, now=now)
    value = answer.points[0].value if answer.points else None
    if value is None:
        return Measured(action=action, verdict=Verdict.UNCLEAR, answer=answer)
    low, high = _by_chance(action.baseline, asked, answer, log, now)
    return Measured(
        action=action,
        verdict=verdict_of(value, action.baseline, action.target, low, high),
        answer=answer,
        value=value,
        low=low,
        high=high,
    )


def _by_chance(
    baseline: float, asked: Question, answer: Answer, log: EventLog, now: datetime
) -> tuple[float | None, float | None]:
    """Return how far a value may lie from the baseline by chance: as wide as its usual range."""
    if asked.key in insights.explainable():
        days = asked.end - asked.start
        found = insights.why(asked, against=(asked.start - days, asked.start), log=log, now=now)
        expected = found.diagnosis.expected
        if expected.low is not None and expected.high is not None:
            half = (expected.high - expected.low) / 2
            return baseline - half, baseline + half
    point = answer.points[0]
    if point.low is None or point.high is None or point.value is None:
        return None, None
    return baseline - (point.value - point.low), baseline + (point.high - point.value)


def verdict_of(
    value: float, baseline: float, target: float | None, low: float | None, high: float | None
) -> str:
    """Return what can be said of a value, against what it was, should be, and might be by chance.

    Where no target says which way is better, a rise is taken to be.
    """
    is_rise = target is None or target >= baseline
    if target is not None and (value >= target if is_rise else value <= target):
        return Verdict.REACHED
    if low is None or high is None:
        return Verdict.UNCLEAR
    if low <= value <= high:
        return Verdict.UNCHANGED
    return Verdict.BETTER if (value > baseline) == is_rise else Verdict.WORSE
