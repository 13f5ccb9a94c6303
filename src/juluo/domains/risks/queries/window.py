"""The register over a window: what stood at its end, and what came, changed and ended in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from juluo.domains.risks.models import Mitigation, Risk, RiskScore
from juluo.domains.risks.queries.levels import impact_name, probability_name, severity_name
from juluo.domains.risks.queries.register import appetite
from juluo.domains.risks.rules import scores


@dataclass(frozen=True, kw_only=True)
class RiskThen:
    """A risk as it stood at a window's end.

    ``before`` is its score when the window began, None if it was not written down then.
    ``ended`` is "closed" or "occurred" if it ended within the window.
    """

    id: int
    event: str
    owner_id: int
    probability_name: str
    impact_name: str
    score: int
    severity_name: str
    is_above: bool
    has_response: bool
    before: int | None
    ended: str


def risks_of_window(
    *, start: datetime, end: datetime, plan_ids: Collection[int] | None = None
) -> list[RiskThen]:
    """Return the risks that were open in ``[start, end)``, the highest first. Four queries.

    Of these plans, or all.
    """
    rows = Risk.objects.filter(written_at__lt=end)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=start))
    if plan_ids is not None:
        rows = rows.filter(plan__in=plan_ids)
    found = list(rows)
    line = appetite()
    then, before = _scores(found, end), _scores(found, start)
    begun = Mitigation.objects.filter(
        Q(dropped_at=None) | Q(dropped_at__gte=end), risk__in=found, started_at__lt=end
    )
    answered = set(begun.values_list("risk", flat=True))
    shown = [
        _then(row, then[row.pk], before.get(row.pk), line, row.pk in answered, end)
        for row in found
        if row.pk in then
    ]
    return sorted(shown, key=lambda each: (-each.score, each.id))


def _scores(risks: Collection[Risk], before: datetime) -> dict[int, tuple[int, int]]:
    """Return the last probability and impact given to each risk before a moment."""
    rows = RiskScore.objects.filter(risk__in=risks, scored_at__lt=before).order_by("pk")
    values = rows.values_list("risk", "probability", "impact")
    return {risk_id: (probability, impact) for risk_id, probability, impact in values}


def _then(
    row: Risk,
    levels: tuple[int, int],
    before: tuple[int, int] | None,
    line: int,
    has_response: bool,  # noqa: FBT001 - private, and named where it is called
    end: datetime,
) -> RiskThen:
    score = scores.score(*levels)
    is_over = row.ended_at is not None and row.ended_at < end
    return RiskThen(
        id=row.pk,
        event=row.event,
        owner_id=row.owner_id,
        probability_name=probability_name(levels[0]),
        impact_name=impact_name(levels[1]),
        score=score,
        severity_name=severity_name(scores.severity(score)),
        is_above=scores.is_above(score, appetite=line),
        has_response=has_response,
        before=scores.score(*before) if before else None,
        ended=row.status if is_over else "",
    )
