"""Goals and strategies as a plan's version freezes them, and the words for their facts."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from juluo.analytics.catalog import METRICS
from juluo.domains.planning import permissions
from juluo.domains.planning.models import Goal, Strategy, StrategyEffect, Target
from juluo.domains.planning.queries.goal_words import figure
from juluo.domains.planning.queries.goals import metric_title
from juluo.domains.planning.types import Fact, PlanEntry, PlanPart
from juluo.lib import figures

_MEASURES = dict(Target.Measure.choices)
_GRAINS = {
    "day": pgettext_lazy("period", "Day"),
    "week": pgettext_lazy("period", "Week"),
    "month": pgettext_lazy("period", "Month"),
}


def goal_entries(plan_id: int) -> list[PlanEntry]:
    """Return a plan's goals and each of their targets, those given up left out."""
    goals = Goal.objects.filter(plan_id=plan_id, dropped_at=None)
    entries = []
    for goal in goals.select_related("owner", "objective").prefetch_related("targets"):
        facts: dict[str, Fact] = {
            "objective": goal.objective.title if goal.objective else None,
            "owner": goal.owner.display_name,
            "start": goal.start.isoformat(),
            "last": (goal.end - timedelta(days=1)).isoformat(),
            "why": goal.why or None,
            "weight": goal.weight,
        }
        entries.append(PlanEntry(ref=f"goal:{goal.pk}", title=goal.title, facts=facts))
        entries += [_target_entry(goal, each) for each in goal.targets.all()]
    return entries


def _target_entry(goal: Goal, target: Target) -> PlanEntry:
    facts: dict[str, Fact] = {
        "metric": target.metric,
        "measure": target.measure,
        "grain": target.grain if target.measure == Target.Measure.LEVEL else None,
        # The unit goes with the figure: a version is read when the catalog may have changed.
        "baseline": _with_unit(target.baseline, target.metric),
        "target": _with_unit(target.value, target.metric),
        "weight": target.weight,
    }
    return PlanEntry(ref=f"target:{target.pk}", title=goal.title, facts=facts)


def _with_unit(value: float, key: str) -> str:
    return f"{value!r} {METRICS[key].unit if key in METRICS else ''}".strip()


def strategy_entries(plan_id: int) -> list[PlanEntry]:
    """Return a plan's strategies with their stated effects."""
    strategies = Strategy.objects.filter(plan_id=plan_id).exclude(status=Strategy.Status.DROPPED)
    found = strategies.select_related("owner").prefetch_related("effects__target__goal")
    return [_strategy_entry(each) for each in found]


def _strategy_entry(strategy: Strategy) -> PlanEntry:
    facts: dict[str, Fact] = {
        "owner": strategy.owner.display_name,
        "start": strategy.start.isoformat(),
        "last": (strategy.end - timedelta(days=1)).isoformat(),
        "minutes": strategy.planned_minutes,
        "material": strategy.material or None,
        "effects": "; ".join(_effect_words(each) for each in strategy.effects.all()) or None,
    }
    return PlanEntry(ref=f"strategy:{strategy.pk}", title=strategy.title, facts=facts)


def _effect_words(effect: StrategyEffect) -> str:
    unit = METRICS[effect.target.metric].unit if effect.target.metric in METRICS else ""
    change = figures.change(effect.expected_change, unit, language="en")
    return f"{effect.target.goal.title} {change}"


def show_fact(key: str, value: Fact, language: str) -> str:
    """Word a fact of a goal or a strategy."""
    if value is None:
        return figures.NOTHING
    if key in {"start", "last"}:
        return figures.day(date.fromisoformat(str(value)), language=language)
    if key == "metric":
        return metric_title(str(value), language=language)
    if key in {"baseline", "target"}:
        number, _space, unit = str(value).partition(" ")
        return figure(float(number), unit, language=language)
    if key == "minutes":
        return figures.duration(float(value) * 60, language=language)
    words = {"measure": _MEASURES, "grain": _GRAINS}.get(key, {})
    return str(words.get(str(value), value))


GOALS_PART = PlanPart(
    key="goals",
    label=_("Goals"),
    order=20,
    url_name="planning:goals",
    entries=goal_entries,
    labels={
        "objective": _("Objective"),
        "owner": _("Owner"),
        "start": _("First day"),
        "last": _("Last day"),
        "why": _("Why"),
        "weight": _("Weight"),
        "metric": _("Metric"),
        "measure": _("Measure"),
        "grain": _("Cut by"),
        "baseline": _("Baseline"),
        "target": _("Target"),
    },
    visible=permissions.can_see_plans,
    show=show_fact,
)
STRATEGIES_PART = PlanPart(
    key="strategies",
    label=_("Strategies"),
    order=30,
    url_name="planning:strategies",
    entries=strategy_entries,
    labels={
        "owner": _("Owner"),
        "start": _("First day"),
        "last": _("Last day"),
        "minutes": _("Planned work"),
        "material": _("Material"),
        "effects": _("Stated effects"),
    },
    visible=permissions.can_see_plans,
    show=show_fact,
    columns=("owner", "start", "last", "effects"),
)
