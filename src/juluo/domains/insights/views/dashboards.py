"""Saved views, and dashboards of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juluo.domains.insights import permissions, queries, services
from juluo.domains.insights.forms import (
    DashboardForm,
    NewDashboardForm,
    ScheduleForm,
    ViewForm,
    fields_of_view,
)
from juluo.domains.insights.models import Dashboard, SavedView
from juluo.ui.access import requires


@require_http_methods(["GET", "POST"])
@requires(permissions.can_keep_views)
def dashboard_list(request: HttpRequest) -> HttpResponse:
    """Show the dashboards and saved views one may see, and make a dashboard."""
    viewer_id = request.user.pk or 0
    form = NewDashboardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        made = services.make_dashboard(title=title, actor_id=viewer_id, at=timezone.now())
        return redirect("insights:edit_dashboard", made.pk)
    now = timezone.now()
    context = {
        "form": form,
        "boards": queries.dashboards(viewer_id=viewer_id),
        "views": [
            {"row": each, "url": queries.view_address(each, now=now)}
            for each in queries.saved_views(viewer_id=viewer_id)
        ],
        "may_share": permissions.can_share_views(request.user),
    }
    return render(request, "insights/dashboards.html", context, status=422 if form.errors else 200)


@require_safe
@requires(permissions.can_keep_views)
def dashboard(request: HttpRequest, dashboard_id: int) -> HttpResponse:
    """Show a dashboard; its cards load one by one."""
    board = _seen(request, dashboard_id)
    now = timezone.now()
    context = {
        "board": board,
        "cards": [
            {"id": each.pk, "view": each.view, "url": queries.view_address(each.view, now=now)}
            for each in queries.cards_of(board.pk)
        ],
        "may_change": permissions.can_change_kept(request.user, board),
    }
    return render(request, "insights/dashboard.html", context)


@require_safe
@requires(permissions.can_keep_views)
def card(request: HttpRequest, dashboard_id: int, card_id: int) -> HttpResponse:
    """Show what one card says today; without htmx, the page it is taken from."""
    board = _seen(request, dashboard_id)
    found = queries.cards_of(board.pk).filter(pk=card_id).first()
    if found is None:
        raise Http404
    now = timezone.now()
    if not request.headers.get("HX-Request"):
        return redirect(queries.view_address(found.view, now=now))
    language = get_language() or "en"
    context = {
        "card": found,
        "view": found.view,
        "url": queries.view_address(found.view, now=now),
        "figures": queries.view_figures(found.view, now=now, language=language),
    }
    return render(request, "insights/_card.html", context)


@require_http_methods(["GET", "POST"])
@requires(permissions.can_keep_views)
def edit(request: HttpRequest, dashboard_id: int) -> HttpResponse:
    """Change a dashboard's title, views, order and schedule."""
    board = _owned(request, dashboard_id)
    may_share = permissions.can_share_views(request.user)
    given = request.POST if request.method == "POST" else None
    does = request.POST.get("do", "")
    about = DashboardForm(given if does == "title" else None, board=board, may_share=may_share)
    schedule = ScheduleForm(given if does == "schedule" else None, board=board)
    if given is not None and _done(request, board, about, schedule, may_share=may_share):
        return redirect("insights:edit_dashboard", board.pk)
    on_it = list(queries.cards_of(board.pk))
    standing = {each.view_id for each in on_it}
    views = [
        each
        for each in queries.saved_views(viewer_id=request.user.pk or 0)
        if each.pk not in standing
    ]
    context = {
        "board": board,
        "cards": on_it,
        "views": views,
        "about": about,
        "schedule": schedule,
        "may_share": may_share,
    }
    status = 422 if about.errors or schedule.errors else 200
    return render(request, "insights/edit_dashboard.html", context, status=status)


def _done(
    request: HttpRequest,
    board: Dashboard,
    about: DashboardForm,
    schedule: ScheduleForm,
    *,
    may_share: bool,
) -> bool:
    """Do what was asked; say whether there is nothing left to show again."""
    does = request.POST.get("do", "")
    by: dict[str, Any] = {"actor_id": request.user.pk or 0, "at": timezone.now()}
    try:
        if does == "title" and about.is_valid():
            services.change_dashboard(dashboard_id=board.pk, **about.asked, **by)
        elif does == "schedule" and may_share and schedule.is_valid():
            services.schedule_dashboard(dashboard_id=board.pk, **schedule.asked, **by)
        elif does in {"title", "schedule"}:
            return False
        else:
            _arrange(request, board, does, by)
    except services.PrivateView:
        messages.error(request, _("A shared dashboard shows shared views only. Share them first."))
    except services.DashboardFull:
        messages.error(request, _("This dashboard is full. Take a view off first."))
    return True


def _arrange(request: HttpRequest, board: Dashboard, does: str, by: dict[str, Any]) -> None:
    number = request.POST.get("id", "")
    if not number.isdecimal() or len(number) > 15:
        return
    if does == "add":
        view = _view(int(number))
        if permissions.can_see_kept(request.user, view):
            services.add_card(dashboard_id=board.pk, view_id=view.pk, **by)
    elif does == "take_off":
        services.remove_card(dashboard_id=board.pk, card_id=int(number), **by)
    elif does in {"up", "down"}:
        services.move_card(dashboard_id=board.pk, card_id=int(number), up=does == "up", **by)


@require_POST
@requires(permissions.can_keep_views)
def remove(request: HttpRequest, dashboard_id: int) -> HttpResponse:
    """Remove a dashboard; its views stay."""
    board = _owned(request, dashboard_id)
    services.remove_dashboard(
        dashboard_id=board.pk, actor_id=request.user.pk or 0, at=timezone.now()
    )
    messages.success(request, _("The dashboard is removed; its views are still here."))
    return redirect("insights:dashboards")


@require_http_methods(["GET", "POST"])
@requires(permissions.can_keep_views)
def new_view(request: HttpRequest) -> HttpResponse:
    """Save what the explorer's page asks, under a title."""
    kind = request.GET.get("kind", "")
    if kind not in SavedView.Kind.values:
        raise Http404
    asked = fields_of_view(kind, request.GET)
    may_share = permissions.can_share_views(request.user)
    language, now = get_language() or "en", timezone.now()
    form = ViewForm(
        request.POST if request.method == "POST" else None,
        initial={"window": asked.get("window", "")},
        may_share=may_share,
    )
    trial = SavedView(kind=kind, asked=form.with_window(asked))
    if queries.view_figures(trial, now=now, language=language) is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        services.save_view(
            title=form.cleaned_data["title"],
            kind=kind,
            asked=form.with_window(asked),
            shared=bool(form.cleaned_data.get("shared")),
            actor_id=request.user.pk or 0,
            at=now,
        )
        messages.success(request, _("The view is saved. Put it on a dashboard from here."))
        return redirect("insights:dashboards")
    context = {"form": form, "kind": dict(SavedView.Kind.choices)[kind]}
    return render(request, "insights/new_view.html", context, status=422 if form.errors else 200)


@require_POST
@requires(permissions.can_share_views)
def share_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Show a view to all staff, or to its owner alone."""
    view = _view(view_id)
    if not permissions.can_change_kept(request.user, view):
        raise Http404
    try:
        services.share_view(
            view_id=view_id,
            shared=request.POST.get("shared") == "1",
            actor_id=request.user.pk or 0,
            at=timezone.now(),
        )
    except services.PrivateView:
        messages.error(request, _("It stands on a shared dashboard. Take it off there first."))
    return redirect("insights:dashboards")


@require_POST
@requires(permissions.can_keep_views)
def remove_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Remove a view, from every dashboard too."""
    view = _view(view_id)
    if not permissions.can_change_kept(request.user, view):
        raise Http404
    services.remove_view(view_id=view_id, actor_id=request.user.pk or 0, at=timezone.now())
    return redirect("insights:dashboards")


def _view(view_id: int) -> SavedView:
    found = SavedView.objects.filter(pk=view_id, removed_at=None).first()
    if found is None:
        raise Http404
    return found


def _seen(request: HttpRequest, dashboard_id: int) -> Dashboard:
    board = Dashboard.objects.filter(pk=dashboard_id, removed_at=None).first()
    if board is None or not permissions.can_see_kept(request.user, board):
        raise Http404
    return board


def _owned(request: HttpRequest, dashboard_id: int) -> Dashboard:
    board = _seen(request, dashboard_id)
    if not permissions.can_change_kept(request.user, board):
        raise Http404
    return board
