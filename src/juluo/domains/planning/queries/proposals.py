"""The goals that a plan's template proposes, measured and judged by history."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import get_language

from juluo.analytics.catalog import METRICS
from juluo.domains.insights import queries as insights
from juluo.domains.planning.models import Plan
from juluo.domains.planning.queries.goal_page import Judgement, judgement
from juluo.domains.planning.queries.goal_words import figure, measure_words
from juluo.domains.planning.queries.measuring import Measuring
from juluo.domains.planning.rules import goals as rules
from juluo.domains.planning.rules.proposals import PROPOSALS, Proposal, goal_days


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A goal to begin with: where the metric stands, what is asked, what history says."""

    key: str
    title: str
    why: str
    measure: str
    baseline: str
    typed: float
    unit: str
    judgement: Judgement | None


def proposed_goals(plan_id: int, *, now: datetime) -> list[Proposed]:
    """Return the goals that a plan's kind proposes and the community's log can measure."""
    plan = Plan.objects.get(pk=plan_id)
    log = insights.current_log()
    start, end = goal_days(plan.start, plan.end, today=insights.local_today(now=now))
    found = []
    for each in PROPOSALS[plan.kind]:
        measuring = Measuring(each.aim, start=start, end=end, log=log, now=now)
        baseline = measuring.baseline()
        if baseline:
            found.append(_proposed(each, measuring, baseline))
    return found


def _proposed(each: Proposal, measuring: Measuring, baseline: float) -> Proposed:
    language = get_language() or "en"
    definition = METRICS[each.aim.metric]
    value = each.value(baseline)
    judged = asdict(measuring.judged(baseline=baseline, value=value))
    return Proposed(
        key=each.key,
        title=definition.title.in_language(language),
        why=each.why.in_language(language),
        measure=measure_words(each.aim),
        baseline=figure(baseline, definition.unit, language=language),
        typed=rules.typed(value, definition.unit),
        unit=definition.unit,
        judgement=judgement(
            judged, aim=each.aim, value=value, start=measuring.start, end=measuring.end
        ),
    )
