"""Cost beside effect: what one unit of measured change cost, where that can be said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.analytics.catalog import METRICS
from juluo.analytics.definition import Kind, Metric
from juluo.analytics.question import Grain
from juluo.domains.finance import forms, permissions, queries, services
from juluo.domains.finance.queries import BudgetRow, CostOfEffect, IndicatorRow
from juluo.domains.finance.rules.effects import Verdict
from juluo.domains.finance.views.acting import act, actor_id
from juluo.domains.finance.views.budgets import crumbs, found_budget
from juluo.domains.insights.queries import current_log, local_today
from juluo.domains.planning.queries.outline import strategy_titles
from juluo.lib import figures
from juluo.ui.access import requires

WORDS: dict[Verdict, str | Promise] = {
    Verdict.MEASURED: gettext_lazy("Measurable effect"),
    Verdict.NONE_YET: gettext_lazy("No measurable effect yet"),
    Verdict.WRONG_WAY: gettext_lazy("Moved the wrong way"),
    Verdict.TOO_LITTLE_HISTORY: gettext_lazy("Too little history to say"),
    Verdict.NO_FIGURE: gettext_lazy("No figure yet"),
    Verdict.NO_COST: gettext_lazy("No cost yet"),
}


@dataclass(frozen=True, kw_only=True)
class EffectCard:
    """A metric beside the cost, in words."""

    indicator: IndicatorRow
    title: str
    question: str
    value: str
    baseline: str
    change: str
    verdict: str
    verdict_words: str
    found: CostOfEffect
    unit: str


def measurable() -> list[Metric]:
    """Return the metrics that are one number over a window."""
    tables = {Kind.TABLE, Kind.SHARE_TABLE}
    return [
        each for each in METRICS.values() if each.kind not in tables and Grain.WINDOW in each.grains
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_money)
def page(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Show each stated benefit beside the cost; state further ones."""
    budget = found_budget(budget_id)
    language = get_language() or "en"
    pairs = [(each.key, each.title.in_language(language)) for each in measurable()]
    form = forms.IndicatorForm(request.POST or None, metrics=pairs)
    if request.method == "POST" and form.is_valid():
        services.state_indicator(
            budget_id=budget_id,
            **form.cleaned_data,
            actor_id=actor_id(request),
            at=timezone.now(),
        )
        return redirect("finance:effects", budget_id)
    context = _context(request, budget, language) | {"form": form}
    return render(request, "finance/effects.html", context, status=422 if form.errors else 200)


def _context(request: HttpRequest, budget: BudgetRow, language: str) -> dict[str, Any]:
    now = timezone.now()
    strategies = strategy_titles(budget.plan_id) if budget.plan_id else []
    filters = forms.EffectForm(request.GET or None, strategies=strategies)
    values = filters.cleaned_data if filters.is_valid() else {}
    start, end = _window(budget, values, local_today(now=now))
    strategy = values.get("strategy")
    cost = queries.cost_of(
        budget_id=None if strategy else budget.id, strategy_id=strategy, until=end
    )
    cards = _cards(budget, cost, start, end, now, language) if start < end else []
    return {
        "budget": budget,
        "crumbs": crumbs(budget),
        "filters": _with_window(filters, start, end, strategies, strategy),
        "cost": cost,
        "cards": cards,
        "first": start,
        "last": end - timedelta(days=1),
        "may_change": permissions.can_change_budget(request.user),
    }


def _window(budget: BudgetRow, values: dict[str, Any], today: date) -> tuple[date, date]:
    """Return the days asked for, else the budget's own as far as they are over."""
    start = values.get("first") or budget.start
    last = values.get("last")
    end = last + timedelta(days=1) if last else max(min(budget.end, today), budget.start)
    if end <= start or (end - start).days > 3_700:
        return start, start
    return start, end


def _with_window(
    filters: forms.EffectForm,
    start: date,
    end: date,
    strategies: list[tuple[int, str]],
    strategy: int | None,
) -> forms.EffectForm:
    """Return the filters with the days that are shown."""
    if filters.is_bound and filters.errors:
        return filters
    last = end - timedelta(days=1) if end > start else None
    initial = {"first": start, "last": last, "strategy": strategy}
    return forms.EffectForm(initial=initial, strategies=strategies)


def _cards(
    budget: BudgetRow, cost: Any, start: date, end: date, now: datetime, language: str
) -> list[EffectCard]:
    stated = [each for each in queries.indicators(budget.id) if each.metric in METRICS]
    if not stated:
        return []
    log = current_log()
    return [
        _card(
            each,
            queries.cost_of_effect(
                cost=cost, metric_key=each.metric, start=start, end=end, log=log, now=now
            ),
            language,
        )
        for each in stated
    ]


def _card(indicator: IndicatorRow, found: CostOfEffect, language: str) -> EffectCard:
    metric = found.metric
    moved = None
    if found.value is not None and found.baseline is not None:
        moved = found.value - found.baseline
    return EffectCard(
        indicator=indicator,
        title=metric.title.in_language(language),
        question=metric.question.in_language(language),
        value=figures.figure(found.value, metric.unit, language=language),
        baseline=figures.figure(found.baseline, metric.unit, language=language),
        change=figures.change(moved, metric.unit, language=language),
        verdict=found.verdict,
        verdict_words=str(WORDS[found.verdict]),
        found=found,
        unit=_unit_words(metric),
    )


def _unit_words(metric: Metric) -> str:
    """Say what the cost is for one of."""
    if metric.unit == "share":
        return _("per percentage point")
    return _("per hour") if metric.unit == "seconds" else _("for each one")


@require_POST
@requires(permissions.can_change_budget)
def drop(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Show a metric beside the cost no longer."""
    budget_id = queries.budget_of_indicator(indicator_id)
    if budget_id is None:
        raise Http404

    def do() -> None:
        services.drop_indicator(
            indicator_id=indicator_id, actor_id=actor_id(request), at=timezone.now()
        )

    back = reverse("finance:effects", args=[budget_id])
    return act(request, do, done=_("It is no longer shown beside the cost."), back=back)
