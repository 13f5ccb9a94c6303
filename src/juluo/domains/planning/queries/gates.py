"""What a gate's criteria say now, with their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS, metric
from juluo.analytics.definition import Kind, Metric
from juluo.analytics.log import EventLog
from juluo.analytics.question import Filters, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import GateCriterion, Phase, PhaseAcceptance, Plan
from juluo.domains.planning.types import CheckResult, GateCheck
from juluo.lib import figures

_CHECKS: dict[str, GateCheck] = {}
_TABLES = {Kind.TABLE, Kind.SHARE_TABLE}
LAST_DAYS = {"last_7": 7, "last_28": 28, "last_90": 90}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one criterion asks for, and what it found."""

    criterion_id: int
    kind: str
    words: str
    met: bool
    says: str
    person_id: int | None = None
    data_version: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as an acceptance record keeps it."""
        return {"kind": self.kind, "words": self.words, "met": self.met, "says": self.says}


@dataclass(frozen=True, kw_only=True)
class GateState:
    """A gate and what each of its criteria found; with none it stands open to whoever plans."""

    phase_id: int
    gate: str
    findings: tuple[Finding, ...]

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return all(each.met for each in self.findings)

    @property
    def missing(self) -> int:
        """How many criteria do not hold."""
        return sum(not each.met for each in self.findings)

    @property
    def data_version(self) -> str:
        """The state of the log that the figures were read from."""
        return next((each.data_version for each in self.findings if each.data_version), "")


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """How a gate was passed."""

    gate: str
    decided_by_id: int
    decided_by: str
    decided_at: datetime
    is_override: bool
    reason: str
    findings: tuple[Mapping[str, Any], ...]
    data_version: str


def register_gate_check(check: GateCheck) -> None:
    """Let gates ask for something decided elsewhere; called from ``apps.ready()``."""
    _CHECKS[check.key] = check


def gate_checks() -> list[GateCheck]:
    """Return what gates can ask for besides figures and work."""
    return list(_CHECKS.values())


def metrics_for_gates() -> list[Metric]:
    """Return the metrics that come to one value over a window."""
    return [
        each
        for each in METRICS.values()
        if Grain.WINDOW in each.grains and each.kind not in _TABLES
    ]


def plan_is_signed_off(plan_id: int) -> CheckResult:
    """Say whether a plan is signed off."""
    plan = Plan.objects.get(pk=plan_id)
    return CheckResult(
        met=plan.status == Plan.Status.APPROVED,
        says=_("The plan’s state: %(state)s") % {"state": plan.get_status_display()},
    )


def gate_state(*, phase_id: int, gate: str, now: datetime) -> GateState:
    """Return what each criterion of a gate says now; the metric layer is asked where needed."""
    phase = Phase.objects.get(pk=phase_id)
    criteria = phase.criteria.filter(gate=gate).select_related("person").order_by("pk")
    asker = _Asker(phase, now)
    return GateState(
        phase_id=phase_id, gate=gate, findings=tuple(asker.finding(each) for each in criteria)
    )


def acceptances(phase_ids: list[int]) -> dict[int, list[Acceptance]]:
    """Return how the gates of these phases were passed, in order. One query."""
    rows = PhaseAcceptance.objects.filter(phase_id__in=phase_ids).select_related("decided_by")
    found: dict[int, list[Acceptance]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.phase_id, []).append(
            Acceptance(
                gate=row.gate,
                decided_by_id=row.decided_by_id,
                decided_by=row.decided_by.display_name,
                decided_at=row.decided_at,
                is_override=row.is_override,
                reason=row.reason,
                findings=tuple(row.findings),
                data_version=row.data_version,
            )
        )
    return found


class _Asker:
    """Asks each criterion of one phase; the log is opened once, and only for figures."""

    def __init__(self, phase: Phase, now: datetime) -> None:
        self._phase, self._now = phase, now
        self._log: EventLog | None = None

    def finding(self, criterion: GateCriterion) -> Finding:
        ask = {
            GateCriterion.Kind.METRIC: self._metric,
            GateCriterion.Kind.WORK_DONE: self._work_done,
            GateCriterion.Kind.CHECK: self._check,
            GateCriterion.Kind.STATED: self._stated,
        }[GateCriterion.Kind(criterion.kind)]
        return ask(criterion)

    def _metric(self, criterion: GateCriterion) -> Finding:
        terms = criterion.terms
        definition = METRICS.get(terms["metric"])
        language = get_language() or "en"
        if definition is None:
            says = _("The catalog no longer has this metric.")
            return _found(criterion, terms["metric"], met=False, says=says)
        words = metric_words(terms, definition, language)
        first, end = self._window(terms["window"])
        if first >= end:
            return _found(criterion, words, met=False, says=_("Its days have not begun."))
        value, version = self._value(terms, first, end)
        met = value is not None and (
            value >= terms["value"] if terms["at_least"] else value <= terms["value"]
        )
        says = _("%(value)s from %(first)s to %(last)s") % {
            "value": figures.figure(value, definition.unit, language=language),
            "first": date_format(first, "DATE_FORMAT"),
            "last": date_format(end - timedelta(days=1), "DATE_FORMAT"),
        }
        return _found(criterion, words, met=met, says=says, data_version=version)

    def _window(self, window: str) -> tuple[date, date]:
        today = insights.local_today(now=self._now)
        if window in LAST_DAYS:
            return today - timedelta(days=LAST_DAYS[window]), today
        begun = self._phase.start if window == "phase" else self._phase.plan.start
        return begun, min(today, self._phase.plan.end)

    def _value(self, terms: Mapping[str, Any], first: date, end: date) -> tuple[float | None, str]:
        if self._log is None:
            self._log = insights.current_log()
        filters = terms.get("filters", {})
        asked = insights.question(
            terms["metric"],
            start=first,
            end=end,
            grain=Grain.WINDOW,
            timezone=self._log.timezone,
            filters=Filters(
                spaces=tuple(filters.get("spaces", ())),
                exclude_staff=filters.get("exclude_staff", False),
            ),
        )
        answer = insights.ask(asked, log=self._log, now=self._now)
        value = answer.points[0].value if answer.points else None
        return value, answer.data_version

    def _work_done(self, criterion: GateCriterion) -> Finding:
        kept = self._phase.tasks.exclude(status="dropped")
        tasks, done = kept.count(), kept.filter(status="done").count()
        milestones = self._phase.milestones.count()
        reached = self._phase.milestones.exclude(reached_at=None).count()
        says = _(
            "%(done)d of %(tasks)d tasks done, %(reached)d of %(milestones)d milestones reached"
        ) % {"done": done, "tasks": tasks, "reached": reached, "milestones": milestones}
        met = done == tasks and reached == milestones
        return _found(criterion, str(criterion.get_kind_display()), met=met, says=says)

    def _check(self, criterion: GateCriterion) -> Finding:
        check = _CHECKS.get(criterion.terms["check"])
        if check is None:
            says = _("Nobody can say: this part of the product is gone.")
            return _found(criterion, criterion.terms["check"], met=False, says=says)
        result = check.ask(self._phase.plan_id)
        return _found(criterion, str(check.label), met=result.met, says=result.says)

    def _stated(self, criterion: GateCriterion) -> Finding:
        name = criterion.person.display_name if criterion.person else "–"
        if criterion.stated_at is None:
            says = _("%(name)s has not said yet") % {"name": name}
            return _found(criterion, criterion.words, met=False, says=says)
        answer = pgettext("answer", "yes") if criterion.stated else pgettext("answer", "no")
        says = _("%(name)s said %(answer)s on %(day)s") % {
            "name": name,
            "answer": answer,
            "day": date_format(criterion.stated_at.date(), "DATE_FORMAT"),
        }
        if criterion.note:
            says = f"{says}: {criterion.note}"
        return _found(criterion, criterion.words, met=bool(criterion.stated), says=says)


def _found(
    criterion: GateCriterion, words: str, *, met: bool, says: str, data_version: str = ""
) -> Finding:
    return Finding(
        criterion_id=criterion.pk,
        kind=criterion.kind,
        words=words,
        met=met,
        says=says,
        person_id=criterion.person_id,
        data_version=data_version,
    )


def window_choices() -> list[tuple[str, str]]:
    """Return the windows that a metric can be asked over."""
    return [
        ("last_28", _("the last 28 days")),
        ("last_7", _("the last 7 days")),
        ("last_90", _("the last 90 days")),
        ("phase", _("since the phase began")),
        ("plan", _("since the plan began")),
    ]


def metric_words(terms: Mapping[str, Any], definition: Metric | None, language: str) -> str:
    """Say what a metric must reach: "Active members, the last 28 days: at least 120"."""
    definition = definition or metric(terms["metric"])
    words = (
        _("%(metric)s, %(window)s: at least %(value)s")
        if terms["at_least"]
        else _("%(metric)s, %(window)s: at most %(value)s")
    )
    return words % {
        "metric": definition.title.in_language(language),
        "window": dict(window_choices())[terms["window"]],
        "value": figures.figure(terms["value"], definition.unit, language=language),
    }
