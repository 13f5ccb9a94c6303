"""One risk: written down, shown, scored, looked at again, closed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.analytics.catalog import METRICS
from juluo.domains.insights import queries as insights
from juluo.domains.risks import permissions, queries, services
from juluo.domains.risks.forms.risks import (
    ChangeRiskForm,
    NewRiskForm,
    OutcomeForm,
    ReviewForm,
    ScoreForm,
)
from juluo.domains.risks.models import Risk
from juluo.domains.risks.services.risks import REVIEW_AFTER
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_treat_risks)
def new_risk(request: HttpRequest) -> HttpResponse:
    """Write a risk down, from an example, an alert, an observation or nothing."""
    language, now = get_language() or "en", timezone.now()
    starter = queries.starters().get(request.GET.get("starter", ""))
    given = request.POST if request.method == "POST" else None
    form = NewRiskForm(
        given,
        initial=_first_words(request, starter, language),
        today=insights.local_today(now=now),
        language=language,
        indicator_words=_indicator_words(starter, language),
    )
    if given is not None and form.is_valid():
        return redirect("risks:risk", _write(request, form, starter))
    context = {"form": form, "starter": starter}
    return render(request, "risks/new.html", context, status=422 if form.errors else 200)


def _first_words(
    request: HttpRequest, starter: queries.Starter | None, language: str
) -> dict[str, Any]:
    asked = request.GET
    plan_id, note_id = _number(asked.get("plan", "")), _number(asked.get("note", ""))
    first: dict[str, Any] = {
        "owner": request.user.pk,
        "plan": plan_id,
        "probability": 3,
        "impact": 3,
        "metrics": [key for key in [asked.get("metric", "")] if key in METRICS],
        "notes": [note_id] if note_id else [],
        "watch": True,
    }
    if starter is not None:
        for name in ("cause", "event", "consequence", "probability", "impact"):
            first[name] = getattr(starter, name)
        first["category"] = starter.category.value
        first["metrics"] = [starter.indicator.metric] if starter.indicator else []
    return first | _of_alert(_number(asked.get("alert", "")), language)


def _of_alert(alert_id: int | None, language: str) -> dict[str, Any]:
    alert = insights.alert(alert_id, language=language) if alert_id else None
    if alert is None:
        return {}
    words = _("“%(alert)s” is out of bounds") % {"alert": alert.title}
    return {"metrics": [alert.metric], "cause": words, "owner": alert.owner_id}


def _indicator_words(starter: queries.Starter | None, language: str) -> str:
    if starter is None or starter.indicator is None:
        return ""
    title = METRICS[starter.indicator.metric].title.in_language(language)
    words = _("Watch “%(metric)s”: out of bounds, it raises the probability by one level")
    return words % {"metric": title}


@transaction.atomic
def _write(request: HttpRequest, form: NewRiskForm, starter: queries.Starter | None) -> int:
    values, at, actor_id = form.cleaned_data, timezone.now(), request.user.pk or 0
    risk = services.write_risk(
        **form.said,
        probability=values["probability"],
        impact=values["impact"],
        review_on=values["review_on"],
        actor_id=actor_id,
        at=at,
    )
    if starter is not None and starter.indicator is not None and values.get("watch"):
        services.add_indicator(
            risk_id=risk.pk,
            metric_key=starter.indicator.metric,
            grain=starter.indicator.grain,
            rule=starter.indicator.rule,
            side=starter.indicator.side,
            value=starter.indicator.value,
            raise_by_one=True,
            actor_id=actor_id,
            at=at,
        )
    return risk.pk


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_safe
@requires(permissions.can_see_risks)
def risk(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Show a risk with its scores, indicators, responses and looks."""
    return _page(request, risk_id)


def _page(request: HttpRequest, risk_id: int, **forms: Form) -> HttpResponse:
    language, now = get_language() or "en", timezone.now()
    today = insights.local_today(now=now)
    with_cost = permissions.can_see_cost(request.user)
    page = queries.risk_page(risk_id, today=today, language=language, with_cost=with_cost)
    if page is None:
        raise Http404
    row = page.row
    line = queries.appetite()
    may_treat = permissions.can_treat_risks(request.user)
    levels = {"probability": row.probability, "impact": row.impact}
    next_look = {"review_on": today + REVIEW_AFTER}
    context = {
        "page": page,
        "risk": row,
        "appetite": line,
        "indicators": queries.indicators_of(risk_id, language=language, now=now),
        "proposals": queries.proposals_of(risk_id, language=language),
        "may_treat": may_treat and row.is_open,
        "may_reopen": may_treat and not row.is_open,
        "may_close": permissions.can_close_risk(request.user, score=row.score, appetite=line),
        "score_form": ScoreForm(initial=levels, prefix=None, auto_id="score_%s"),
        "review_form": ReviewForm(initial=levels | next_look, today=today, auto_id="review_%s"),
        "outcome_form": OutcomeForm(today=today, auto_id="outcome_%s"),
        "history_columns": _history_columns(),
        "history_rows": [
            [f"{each.at:%Y-%m-%d}", f"{each.probability} × {each.impact}", each.score, each.cause]
            for each in page.history
        ],
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "risks/risk.html", context, status=status)


def _history_columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Day")},
        {"label": _("Probability × impact")},
        {"label": _("Score"), "numeric": True},
        {"label": _("Cause")},
    ]


@require_http_methods(["GET", "POST"])
@requires(permissions.can_treat_risks)
def change(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Change what is said of a risk."""
    row = Risk.objects.select_related("plan").filter(pk=risk_id).first()
    if row is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = ChangeRiskForm(
        given,
        initial=_as_it_stands(row),
        today=insights.local_today(now=timezone.now()),
        language=get_language() or "en",
        risk=row,
    )
    if given is not None and form.is_valid():
        _on(request, risk_id, services.change_risk, **form.said)
        return redirect("risks:risk", risk_id)
    context = {"form": form, "risk": row}
    return render(request, "risks/change.html", context, status=422 if form.errors else 200)


def _as_it_stands(row: Risk) -> dict[str, Any]:
    return {
        "cause": row.cause,
        "event": row.event,
        "consequence": row.consequence,
        "category": row.category,
        "owner": row.owner_id,
        "plan": row.plan_id,
        "horizon": row.horizon,
        "metrics": row.metrics,
        "goals": list(row.goals.values_list("pk", flat=True)),
        "notes": list(row.notes.values_list("pk", flat=True)),
        "status": row.status,
    }


@require_POST
@requires(permissions.can_treat_risks)
def score(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Give a risk another score."""
    form = ScoreForm(request.POST, auto_id="score_%s")
    if not form.is_valid():
        return _page(request, risk_id, score_form=form)
    _on(request, risk_id, services.score_risk, **form.cleaned_data)
    return redirect("risks:risk", risk_id)


@require_POST
@requires(permissions.can_treat_risks)
def review(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Keep a second look."""
    today = insights.local_today(now=timezone.now())
    form = ReviewForm(request.POST, today=today, auto_id="review_%s")
    if not form.is_valid():
        return _page(request, risk_id, review_form=form)
    _on(request, risk_id, services.review_risk, **form.cleaned_data)
    return redirect("risks:risk", risk_id)


@require_POST
@requires(permissions.can_treat_risks)
def outcome(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Say whether a risk occurred; it is closed unless it may still happen."""
    today = insights.local_today(now=timezone.now())
    form = OutcomeForm(request.POST, today=today, auto_id="outcome_%s")
    if form.is_valid() and not _may_say(request, risk_id, form):
        form.add_error("next_horizon", _("This risk is above the appetite: an owner closes it."))
    if form.errors:
        return _page(request, risk_id, outcome_form=form)
    _on(
        request,
        risk_id,
        services.state_outcome,
        occurred=form.occurred,
        words=form.cleaned_data["words"],
        next_horizon=form.cleaned_data["next_horizon"],
    )
    return redirect("risks:risk", risk_id)


def _may_say(request: HttpRequest, risk_id: int, form: OutcomeForm) -> bool:
    row = Risk.objects.filter(pk=risk_id).first()
    if row is None:
        raise Http404
    if form.occurred or form.cleaned_data["next_horizon"]:
        return True
    line = queries.appetite()
    return permissions.can_close_risk(request.user, score=row.score, appetite=line)


@require_POST
@requires(permissions.can_treat_risks)
def reopen(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Put a closed risk back into the register."""
    _on(request, risk_id, services.reopen_risk)
    return redirect("risks:risk", risk_id)


def _on(request: HttpRequest, risk_id: int, service: Any, **given: Any) -> None:
    try:
        service(risk_id=risk_id, actor_id=request.user.pk or 0, at=timezone.now(), **given)
    except Risk.DoesNotExist:
        raise Http404 from None
    except services.RiskIsClosed:
        messages.error(request, _("This risk is closed; open it again to change it."))
