"""Leading indicators and responses of a risk."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from juluo.analytics.catalog import METRICS
from juluo.domains.risks import permissions, queries, services
from juluo.domains.risks.forms.watching import IndicatorForm, MitigationForm
from juluo.domains.risks.models import Episode, Indicator, Mitigation, Risk
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_treat_risks)
def new_indicator(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Let a metric watch over a risk."""
    row = _risk(risk_id)
    given = request.POST if request.method == "POST" else None
    first = {"metric": next(iter(row.metrics), "members.lost")}
    starter = queries.starters()[row.category].indicator
    if starter is not None and starter.metric == first["metric"]:
        first |= {"grain": starter.grain, "rule": starter.rule, "side": starter.side}
        first["value"] = _typed(starter.metric, starter.rule, starter.value)
    language = get_language() or "en"
    form = IndicatorForm(given, initial=first, risk_id=risk_id, language=language)
    if given is not None and form.is_valid():
        _on(request, services.add_indicator, risk_id=risk_id, **form.asked)
        return redirect("risks:risk", risk_id)
    context = {"form": form, "risk": row}
    return render(request, "risks/new_indicator.html", context, status=422 if form.errors else 200)


def _typed(metric: str, rule: str, value: float) -> Any:
    """Return a limit as people type it: shares and changes in percent."""
    in_percent = rule == "change" or (rule == "threshold" and METRICS[metric].unit == "share")
    return f"{value * 100:g}" if in_percent else f"{value:g}"


@require_http_methods(["GET", "POST"])
@requires(permissions.can_treat_risks)
def new_mitigation(request: HttpRequest, risk_id: int) -> HttpResponse:
    """Prepare a response, or start it at once."""
    row = _risk(risk_id)
    given = request.POST if request.method == "POST" else None
    first = {
        "owner": row.owner_id,
        "residual_probability": max(row.probability - 1, 1),
        "residual_impact": row.impact,
    }
    form = MitigationForm(given, initial=first)
    if given is not None and form.is_valid():
        _prepare(request, risk_id, form)
        return redirect("risks:risk", risk_id)
    context = {"form": form, "risk": row}
    return render(request, "risks/new_mitigation.html", context, status=422 if form.errors else 200)


def _prepare(request: HttpRequest, risk_id: int, form: MitigationForm) -> None:
    with transaction.atomic():
        made = _on(request, services.prepare_mitigation, risk_id=risk_id, **form.asked)
        if made is not None and form.cleaned_data["start"]:
            _on(request, services.start_mitigation, mitigation_id=made.pk)


def _risk(risk_id: int) -> Risk:
    row = Risk.objects.filter(pk=risk_id).first()
    if row is None:
        raise Http404
    return row


@require_POST
@requires(permissions.can_treat_risks)
def end_indicator(request: HttpRequest, indicator_id: int) -> HttpResponse:
    """Switch an indicator off."""
    risk_id = _risk_of(Indicator.objects.filter(pk=indicator_id).values_list("risk_id", flat=True))
    _on(request, services.end_indicator, indicator_id=indicator_id)
    return redirect("risks:risk", risk_id)


@require_POST
@requires(permissions.can_treat_risks)
def start_mitigation(request: HttpRequest, mitigation_id: int) -> HttpResponse:
    """Start a response: its task is written into the schedule."""
    rows = Mitigation.objects.filter(pk=mitigation_id)
    risk_id = _risk_of(rows.values_list("risk_id", flat=True))
    _on(request, services.start_mitigation, mitigation_id=mitigation_id)
    return redirect("risks:risk", risk_id)


@require_POST
@requires(permissions.can_treat_risks)
def drop_mitigation(request: HttpRequest, mitigation_id: int) -> HttpResponse:
    """Give a response up."""
    rows = Mitigation.objects.filter(pk=mitigation_id)
    risk_id = _risk_of(rows.values_list("risk_id", flat=True))
    _on(request, services.drop_mitigation, mitigation_id=mitigation_id)
    return redirect("risks:risk", risk_id)


@require_POST
@requires(permissions.can_treat_risks)
def answer_proposal(request: HttpRequest, episode_id: int) -> HttpResponse:
    """Lower a risk as its calm indicator proposes, or keep it where it is."""
    rows = Episode.objects.filter(pk=episode_id)
    risk_id = _risk_of(rows.values_list("indicator__risk_id", flat=True))
    lower = request.POST.get("answer") == "lower"
    _on(request, services.answer_proposal, episode_id=episode_id, lower=lower)
    return redirect("risks:risk", risk_id)


def _risk_of(ids: Any) -> int:
    risk_id: int | None = ids.first()
    if risk_id is None:
        raise Http404
    return risk_id


def _on(request: HttpRequest, service: Any, **given: Any) -> Any:
    try:
        return service(actor_id=request.user.pk or 0, at=timezone.now(), **given)
    except services.RiskIsClosed:
        messages.error(request, _("This risk is closed; open it again to change it."))
    except services.MitigationIsDropped:
        messages.error(request, _("This response was given up."))
    return None
