"""Alerts and the notes on the time axis."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.analytics.question import Grain
from juluo.domains.insights import permissions, queries, services
from juluo.domains.insights.forms import (
    AlertForm,
    AnnotationForm,
    ChangeAlertForm,
    DecisionForm,
)
from juluo.domains.insights.models import Firing
from juluo.domains.insights.services.alerts import NotOpen
from juluo.ui.access import requires

# How many periods an alert's own chart and its look back reach.
SHOWN = {Grain.DAY: 90, Grain.WEEK: 52, Grain.MONTH: 24}
MUTES = (24, 72, 168)


@require_safe
@requires(permissions.can_see_alerts)
def alert_list(request: HttpRequest) -> HttpResponse:
    """Show what is going on, the alerts, and how often they were worth telling."""
    language = get_language() or "en"
    worth, decided, raised = queries.precision_of_all()
    context = {
        "open": [_episode(each, language) for each in _open(language)],
        "rows": queries.alerts(language=language),
        "worth": worth,
        "decided": decided,
        "raised": raised,
        "may_set": permissions.can_set_alerts(request.user),
        "outcomes": Firing.Outcome.choices,
    }
    return render(request, "insights/alerts.html", context)


def _open(language: str) -> list[queries.FiringShown]:
    return queries.firings(language=language, undecided=True, limit=10)


def _episode(firing: queries.FiringShown, language: str) -> dict[str, Any]:
    return {
        "told": firing,
        "notes": queries.notes_near(firing),
        "causes": queries.causes(firing, language=language, now=timezone.now()),
        "actions": queries.alert_actions(firing),
    }


@require_http_methods(["GET", "POST"])
@requires(permissions.can_set_alerts)
def new_alert(request: HttpRequest) -> HttpResponse:
    """Set an alert, after a look at what it would have told of the past."""
    language = get_language() or "en"
    given = request.POST if request.method == "POST" else None
    usual = {"owner": request.user.pk, "metric": request.GET.get("metric") or "members.active"}
    form = AlertForm(given, initial=usual, language=language)
    context: dict[str, Any] = {"form": form}
    if given is not None and form.is_valid():
        if "look" not in given:
            return redirect("insights:alert", _make(request, form))
        grain = Grain(form.asked["grain"])
        context["periods"] = SHOWN[grain]
        context["backtest"] = queries.backtest(
            **form.asked | {"grain": grain}, now=timezone.now(), periods=SHOWN[grain]
        )
        context["looked"] = True
    status = 422 if form.errors else 200
    return render(request, "insights/new_alert.html", context, status=status)


def _make(request: HttpRequest, form: AlertForm) -> int:
    made = services.make_alert(
        **form.asked,
        title=form.chosen_title,
        owner_id=form.cleaned_data["owner"],
        actor_id=request.user.pk or 0,
        at=timezone.now(),
    )
    return made.pk


@require_safe
@requires(permissions.can_see_alerts)
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Show an alert: its rule, its series with notes, its episodes."""
    language, now = get_language() or "en", timezone.now()
    row = queries.alert(alert_id, language=language)
    if row is None:
        raise Http404
    asked = queries.watched_question(alert_id, periods=SHOWN[row.grain], now=now)
    answer = queries.ask(asked, log=queries.current_log(), now=now) if asked else None
    firings = queries.firings(language=language, alert_id=alert_id)
    may_set = permissions.can_set_alerts(request.user)
    context = {
        "alert": row,
        "shown": queries.shown(answer, language=language) if answer else None,
        "episodes": [_episode(each, language) for each in firings],
        "may_set": may_set and row.ended_at is None,
        "may_decide": may_set,
        "outcomes": Firing.Outcome.choices,
        "mutes": MUTES,
        "is_muted": row.muted_until is not None and row.muted_until > now,
        "form": ChangeAlertForm(initial={"title": row.title, "owner": row.owner_id}),
    }
    return render(request, "insights/alert.html", context)


@require_POST
@requires(permissions.can_set_alerts)
def change(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Give an alert another title or owner."""
    form = ChangeAlertForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        _on(request, alert_id, services.change_alert,
            title=values["title"], owner_id=values["owner"])  # fmt: skip
    else:
        messages.error(request, _("An alert needs a title and somebody who is told."))
    return redirect("insights:alert", alert_id)


@require_POST
@requires(permissions.can_set_alerts)
def mute(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Keep an alert quiet for some hours, or let it speak again."""
    hours = request.POST.get("hours", "")
    if hours not in {"0", *(str(each) for each in MUTES)}:
        raise Http404
    _on(request, alert_id, services.mute_alert, hours=int(hours))
    return redirect("insights:alert", alert_id)


@require_POST
@requires(permissions.can_set_alerts)
def end(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Switch an alert off."""
    _on(request, alert_id, services.end_alert)
    return redirect("insights:alerts")


def _on(request: HttpRequest, alert_id: int, service: Any, **given: Any) -> None:
    if queries.alert(alert_id, language="en") is None:
        raise Http404
    try:
        service(alert_id=alert_id, actor_id=request.user.pk, at=timezone.now(), **given)
    except NotOpen:
        messages.error(request, _("This alert is switched off."))


@require_POST
@requires(permissions.can_set_alerts)
def decide(request: HttpRequest, firing_id: int) -> HttpResponse:
    """Say what an episode was worth; the alert's precision counts it."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        services.decide(
            firing_id=firing_id,
            outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
    except Firing.DoesNotExist:
        raise Http404 from None
    back = request.POST.get("alert", "")
    if back.isdecimal() and len(back) < 10:
        return redirect("insights:alert", int(back))
    return redirect("insights:alerts")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_see_alerts)
def annotations(request: HttpRequest) -> HttpResponse:
    """List the notes on the time axis, and write one."""
    may_write = permissions.can_annotate(request.user)
    if request.method == "POST" and not may_write:
        raise Http404
    today = queries.local_today(now=timezone.now())
    given = request.POST if request.method == "POST" else None
    form = AnnotationForm(given, initial={"first": today})
    if given is not None and form.is_valid():
        services.annotate(
            kind=form.cleaned_data["kind"],
            words=form.cleaned_data["words"],
            start=form.cleaned_data["first"],
            end=form.end,
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
        return redirect("insights:annotations")
    context = {"rows": queries.annotations(), "form": form, "may_write": may_write}
    status = 422 if form.errors else 200
    return render(request, "insights/annotations.html", context, status=status)


@require_POST
@requires(permissions.can_annotate)
def withdraw(request: HttpRequest, annotation_id: int) -> HttpResponse:
    """Take a note off the time axis."""
    services.withdraw(annotation_id=annotation_id, actor_id=request.user.pk or 0, at=timezone.now())
    return redirect("insights:annotations")
