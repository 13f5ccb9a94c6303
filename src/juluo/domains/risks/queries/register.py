"""The register as a list and as a matrix."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from juluo.domains.members import queries as members
from juluo.domains.risks.models import Appetite, Risk
from juluo.domains.risks.queries.levels import (
    STATUS_LOOKS,
    impact_name,
    probability_name,
    severity_look,
    severity_name,
)
from juluo.domains.risks.rules import scores
from juluo.ui.looks import Look


@dataclass(frozen=True, kw_only=True)
class RiskRow:
    """One risk of the register."""

    id: int
    event: str
    cause: str
    consequence: str
    category: str
    category_label: str
    owner_id: int
    owner: str
    plan_id: int | None
    plan: str
    probability: int
    probability_name: str
    impact: int
    impact_name: str
    score: int
    severity: str
    severity_name: str
    severity_look: Look
    above: bool
    status: str
    status_label: str
    look: Look
    horizon: date | None
    is_past: bool
    review_on: date
    review_due: bool
    responses: int
    prepared: int
    indicators: int
    firing: bool
    proposed: bool
    is_open: bool

    @property
    def lacks_response(self) -> bool:
        """Whether a response is required and none was started."""
        return self.is_open and self.above and not self.responses


def appetite() -> int:
    """Return the score above which a response is required."""
    found = Appetite.objects.values_list("score", flat=True).first()
    return scores.USUAL_APPETITE if found is None else found


def register(
    *,
    today: date,
    plan_id: int | None = None,
    category: str = "",
    status: str = "live",
    owner_id: int | None = None,
    risk_ids: Collection[int] | None = None,
) -> list[RiskRow]:
    """Return risks, the highest score first. Three queries, however many risks.

    :param status: ``live`` (all that may still happen), ``ended``, one status, or all if empty.
    """
    rows = _of_status(Risk.objects.all(), status)
    if plan_id is not None:
        rows = rows.filter(plan_id=plan_id)
    if category:
        rows = rows.filter(category=category)
    if owner_id is not None:
        rows = rows.filter(owner_id=owner_id)
    if risk_ids is not None:
        rows = rows.filter(pk__in=risk_ids)
    found = list(_counted(rows))
    names = members.names({row.owner_id for row in found})
    line = appetite()
    shown = [_row(row, names.get(row.owner_id, ""), line, today) for row in found]
    return sorted(shown, key=lambda row: (-row.score, -row.impact, row.id))


def _of_status(rows: QuerySet[Risk], status: str) -> QuerySet[Risk]:
    if status == "live":
        return rows.exclude(status__in=Risk.ENDED)
    if status == "ended":
        return rows.filter(status__in=Risk.ENDED)
    return rows.filter(status=status) if status else rows


def _counted(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    kept = Q(mitigations__dropped_at=None)
    watching = Q(indicators__ended_at=None)
    episodes = Q(indicators__episodes__isnull=False)
    waiting = Q(
        indicators__episodes__proposed_at__isnull=False, indicators__episodes__answered_at=None
    )
    return rows.select_related("plan").annotate(
        response_count=Count(
            "mitigations", filter=kept & Q(mitigations__started_at__isnull=False), distinct=True
        ),
        prepared_count=Count(
            "mitigations", filter=kept & Q(mitigations__started_at=None), distinct=True
        ),
        indicator_count=Count("indicators", filter=watching, distinct=True),
        firing_count=Count(
            "indicators__episodes",
            filter=episodes & Q(indicators__episodes__over_at=None),
            distinct=True,
        ),
        proposal_count=Count("indicators__episodes", filter=waiting, distinct=True),
    )


def _row(row: Risk, owner: str, line: int, today: date) -> RiskRow:
    severity = scores.severity(row.score)
    return RiskRow(
        id=row.pk,
        event=row.event,
        cause=row.cause,
        consequence=row.consequence,
        category=row.category,
        category_label=row.get_category_display(),
        owner_id=row.owner_id,
        owner=owner,
        plan_id=row.plan_id,
        plan=row.plan.title if row.plan else "",
        probability=row.probability,
        probability_name=probability_name(row.probability),
        impact=row.impact,
        impact_name=impact_name(row.impact),
        score=row.score,
        severity=severity,
        severity_name=severity_name(severity),
        severity_look=severity_look(severity),
        above=scores.is_above(row.score, appetite=line),
        status=row.status,
        status_label=row.get_status_display(),
        look=STATUS_LOOKS[Risk.Status(row.status)],
        horizon=row.horizon,
        is_past=row.is_past(today),
        review_on=row.review_on,
        review_due=row.is_open and row.review_on <= today,
        responses=getattr(row, "response_count", 0),
        prepared=getattr(row, "prepared_count", 0),
        indicators=getattr(row, "indicator_count", 0),
        firing=row.is_open and bool(getattr(row, "firing_count", 0)),
        proposed=row.is_open and bool(getattr(row, "proposal_count", 0)),
        is_open=row.is_open,
    )


def matrix_of(rows: Iterable[RiskRow]) -> list[list[scores.Cell]]:
    """Return the matrix of these risks, those that ended left out."""
    places = [(row.probability, row.impact) for row in rows if row.is_open]
    return scores.matrix(places, appetite=appetite())


@dataclass(frozen=True, kw_only=True)
class RiskLine:
    """How the risks of a plan stand, for one line of the console."""

    total: int
    above: int
    highest: int
    highest_id: int
    highest_event: str
    lacking: int
    overdue: int


def risk_lines(plan_ids: Collection[int], *, today: date) -> dict[int, RiskLine]:
    """Return how the open risks of plans stand by plan; those without any are absent."""
    grouped: dict[int, list[RiskRow]] = {}
    for row in register(today=today):
        if row.plan_id in plan_ids and row.plan_id is not None:
            grouped.setdefault(row.plan_id, []).append(row)
    return {plan_id: _line(rows) for plan_id, rows in grouped.items()}


def _line(rows: list[RiskRow]) -> RiskLine:
    return RiskLine(
        total=len(rows),
        above=sum(row.above for row in rows),
        highest=rows[0].score,
        highest_id=rows[0].id,
        highest_event=rows[0].event,
        lacking=sum(row.lacks_response for row in rows),
        overdue=sum(row.review_due for row in rows),
    )
