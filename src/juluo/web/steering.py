"""What a team runs a week from: goal, strategy, tasks, money and result on one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juluo.analytics.question import Grain
from juluo.domains.finance import permissions as money_permissions
from juluo.domains.finance import queries as finance
from juluo.domains.finance.types import Amount
from juluo.domains.insights import queries as insights
from juluo.domains.members import queries as members
from juluo.domains.members.types import Member
from juluo.domains.planning import permissions
from juluo.domains.planning import queries as planning
from juluo.domains.planning.services import keep_week_review
from juluo.domains.risks import permissions as risk_permissions
from juluo.domains.risks import queries as risks
from juluo.ui.access import requires
from juluo.web.home import headline_cards

MOST_RISKS = 8


@dataclass(frozen=True, kw_only=True)
class MoneyOf:
    """What the budget lines of a strategy allow and what was drawn."""

    limit: Amount
    used: Amount
    percent: int
    is_over: bool


@require_safe
@requires(permissions.can_see_plans)
def steer(request: HttpRequest) -> HttpResponse:
    """Show every running goal with its strategies, what is late, and what needs a person."""
    now = timezone.now()
    today = insights.local_today(now=now)
    plan_id = request.GET.get("plan", "")
    chosen = int(plan_id) if plan_id.isdecimal() and len(plan_id) < 10 else None
    lines = planning.steering_lines([chosen] if chosen else None, now=now)
    monday = today - timedelta(days=today.weekday())
    context = {
        "lines": _with_money(request, lines, today),
        "may_see_money": money_permissions.can_see_money(request.user),
        "may_plan": permissions.can_plan(request.user),
        "staff": members.staff(),
        "week": planning.week_of_work(monday=monday, now=now),
        "risks": _risks(request, today),
        "needs": insights.needs_of(cast("Member", request.user), now=now),
        "plans": planning.plan_choices(),
        "chosen": chosen,
        "today": today,
    }
    return render(request, "web/steer.html", context)


def _risks(request: HttpRequest, today: date) -> list[risks.RiskRow]:
    """Return the risks that ask for something: above the appetite, or an indicator fires."""
    if not risk_permissions.can_see_risks(request.user):
        return []
    found = [row for row in risks.register(today=today) if row.above or row.firing]
    return found[:MOST_RISKS]


def _with_money(
    request: HttpRequest, lines: Iterable[planning.SteeringLine], today: date
) -> list[dict[str, Any]]:
    """Return the lines with each strategy's money, for those who may see it."""
    spent = _money(today) if money_permissions.can_see_money(request.user) else {}
    return [
        {
            "goal": line.goal,
            "late": line.late_tasks,
            "strategies": [(each, spent.get(each.id)) for each in line.strategies],
        }
        for line in lines
    ]


def _money(today: date) -> dict[int, MoneyOf]:
    """Return what each strategy's budget lines allow and hold. Three queries at most."""
    limits: dict[int, Amount] = {}
    used: dict[int, Amount] = {}
    for row in finance.lines_of(None, today=today):
        if row.strategy_id is not None and not row.is_removed:
            known = row.strategy_id in limits
            limits[row.strategy_id] = (
                limits[row.strategy_id] + row.approved if known else row.approved
            )
            used[row.strategy_id] = used[row.strategy_id] + row.used if known else row.used
    return {each: _money_of(limit, used[each]) for each, limit in limits.items()}


def _money_of(limit: Amount, used: Amount) -> MoneyOf:
    percent = round(used.amount * 100 / limit.amount) if limit.amount else 0
    return MoneyOf(limit=limit, used=used, percent=percent, is_over=used.amount > limit.amount)


class ReviewForm(forms.Form):
    """What was decided."""

    decisions = forms.CharField(
        label=gettext_lazy("What we decided"),
        max_length=8000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Who does what by when. New tasks are written down on their own."),
    )


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_plans)
def review(request: HttpRequest) -> HttpResponse:
    """Look back on a week in ten minutes: figures, goals, work, alerts, money, decisions."""
    now = timezone.now()
    monday = _monday(request.GET.get("week", ""), now=now)
    may_plan = permissions.can_plan(request.user)
    if request.method == "POST" and not may_plan:
        raise Http404
    kept = planning.week_review(monday)
    usual = {"decisions": kept.decisions if kept else ""}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=usual)
    if form.is_bound and form.is_valid():
        keep_week_review(
            monday=monday,
            decisions=form.cleaned_data["decisions"],
            actor_id=request.user.pk or 0,
            at=now,
        )
        return redirect(f"{request.path}?week={monday}#decisions")
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "earlier": monday - timedelta(days=7),
        "later": _later(monday, now=now),
        "cards": _cards(monday, now=now),
        "week": planning.week_of_work(monday=monday, now=now),
        "lines": planning.steering_lines(now=now),
        "episodes": _episodes(monday),
        "risks": _risks(request, insights.local_today(now=now)),
        "notes": insights.annotations(start=monday, end=monday + timedelta(days=7)),
        "form": form,
        "kept": kept,
        "may_plan": may_plan,
    }
    return render(request, "web/week_review.html", context, status=422 if form.errors else 200)


def _monday(text: str, *, now: datetime) -> date:
    """Return the Monday of the week that an address names; else of the last whole week."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year < 2190:
        day = insights.local_today(now=now) - timedelta(days=7)
    return day - timedelta(days=day.weekday())


def _later(monday: date, *, now: datetime) -> date | None:
    later = monday + timedelta(days=7)
    return later if later <= insights.local_today(now=now) else None


def _cards(monday: date, *, now: datetime) -> list[Any]:
    if insights.last_local_day() is None:
        return []
    shown = insights.period(Grain.WEEK, now=now, containing=monday)
    found = insights.headlines(shown, log=insights.current_log(), now=now)
    return headline_cards(found, language=get_language() or "en")


def _episodes(monday: date) -> list[insights.FiringShown]:
    """Return the alerts' episodes that touch the week."""
    language = get_language() or "en"
    sunday = monday + timedelta(days=6)
    return [
        each
        for each in insights.firings(language=language, limit=100)
        if each.since <= sunday and each.last >= monday - timedelta(days=6)
    ]
