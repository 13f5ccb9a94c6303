"""Work laid out in time: the Gantt chart and the calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.domains.planning import permissions, queries
from juluo.domains.planning.forms.fields import staff_choices
from juluo.domains.planning.rules.gantt import Window, Zoom, add_months, neighbours, window
from juluo.domains.planning.views.frame import plan_frame
from juluo.domains.planning.views.shell import actor, day_in, number_in, today
from juluo.lib import figures
from juluo.ui.access import requires
from juluo.ui.form_fields import offer

LIST_DAYS = 60
SHOWN_IN_CELL = 4


@require_safe
@requires(permissions.can_see_plans)
def gantt(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show a plan's phases, milestones and tasks on a line of time."""
    frame = plan_frame(request, plan_id, current="schedule")
    wanted = request.GET.get("zoom", "")
    zoom = Zoom(wanted) if wanted in list(Zoom) else Zoom.QUARTER
    shown = window(zoom, day_in(request.GET.get("day", "")) or _within(frame["plan"]))
    earlier, later = neighbours(shown)
    chart = queries.gantt_chart(plan_id=plan_id, shown=shown, today=today())
    context = frame | {
        "chart": chart,
        "zoom": zoom.value,
        "zooms": [(each.value, label) for each, label in _zoom_words()],
        "earlier": earlier,
        "later": later,
        "label": _window_words(shown),
        "ticks": [(tick, _tick_words(tick.day, zoom)) for tick in chart.ticks],
        "has_dependencies": any(row.spare_days is not None for row in chart.rows),
    }
    return render(request, "planning/schedule/gantt.html", context)


def _within(plan: queries.PlanCard) -> date:
    """Begin with today while the plan runs, else with its first day."""
    return min(max(today(), plan.first), plan.last)


def _zoom_words() -> list[tuple[Zoom, str]]:
    return [
        (Zoom.MONTH, _("Month")),
        (Zoom.QUARTER, pgettext("span of time", "Quarter")),
        (Zoom.YEAR, pgettext("span of time", "Year")),
    ]


def _window_words(shown: Window) -> str:
    last = shown.end - timedelta(days=1)
    return f"{date_format(shown.start, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def _tick_words(day: date, zoom: Zoom) -> str:
    if zoom is Zoom.YEAR or (zoom is Zoom.QUARTER and day.day == 1):
        return date_format(day, "M")
    return str(day.day) if zoom is Zoom.MONTH else ""


class CalendarFilters(forms.Form):
    """Whose work, of which plan."""

    plan = forms.ChoiceField(label=gettext_lazy("Plan"), required=False)
    owner = forms.ChoiceField(label=pgettext_lazy("calendar", "Whose"), required=False)
    view = forms.CharField(required=False, widget=forms.HiddenInput)
    day = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer plans and staff."""
        super().__init__(*args, **kwargs)
        offer(self, "plan", [("", _("All")), *queries.plan_choices()])
        offer(self, "owner", staff_choices(nobody=_("Everybody’s")))


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A day as the calendar shows it: the first few things, and how many more."""

    day: queries.Day
    shown: tuple[queries.Item, ...]
    more: int
    is_today: bool
    is_other_month: bool

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say of the day: a phone leaves it out."""
        kind = self.day.kind
        return not (
            self.shown or kind.holiday or kind.is_make_up or kind.marks or self.day.is_overloaded
        )


@require_safe
@requires(permissions.can_see_plans)
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the days with what lies on them: a month, a week, or a list."""
    view = request.GET.get("view", "")
    view = view if view in ("week", "list") else "month"
    day = day_in(request.GET.get("day", "")) or today()
    first, last = _bounds(view, day)
    plan_id, owner_id = (number_in(request.GET.get(each, "")) for each in ("plan", "owner"))
    days = queries.days(first=first, last=last, today=today(), plan_id=plan_id, owner_id=owner_id)
    cells = [_cell(each, view, day) for each in days]
    filters = CalendarFilters(request.GET)
    filters.is_valid()
    context = {
        "view": view,
        "views": [
            ("month", _("Month")),
            ("week", _("Week")),
            ("list", pgettext("calendar", "List")),
        ],
        "weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)],
        "cells": [cell for cell in cells if view != "list" or cell.day.items],
        "weekdays": queries.weekday_names(),
        "label": _label(view, day, first, last),
        "day": day,
        "earlier": _earlier(view, day),
        "later": _later(view, day),
        "today": today(),
        "filters": filters,
        "is_narrowed": plan_id is not None or owner_id is not None,
        "note": queries.holidays_note(first, last),
        "overloaded": sum(each.is_overloaded for each in days),
        "empty": sum(each.is_empty for each in days),
        "may_plan": permissions.can_plan(request.user),
        "member_id": actor(request),
    }
    return render(request, "planning/schedule/calendar.html", context)


def _bounds(view: str, day: date) -> tuple[date, date]:
    if view == "list":
        return day, day + timedelta(days=LIST_DAYS - 1)
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    end = add_months(first, 1)
    return monday, end + timedelta(days=(7 - end.weekday()) % 7 - 1)


def _earlier(view: str, day: date) -> date:
    if view == "month":
        return add_months(day, -1)
    return day - timedelta(days=7 if view == "week" else LIST_DAYS)


def _later(view: str, day: date) -> date:
    if view == "month":
        return add_months(day, 1)
    return day + timedelta(days=7 if view == "week" else LIST_DAYS)


def _label(view: str, day: date, first: date, last: date) -> str:
    if view == "month":
        return figures.month(day, language=get_language() or "en")
    return f"{date_format(first, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"


def _cell(each: queries.Day, view: str, day: date) -> Cell:
    most = SHOWN_IN_CELL if view == "month" else len(each.items)
    return Cell(
        day=each,
        shown=each.items[:most],
        more=max(len(each.items) - most, 0),
        is_today=each.kind.day == today(),
        is_other_month=view == "month" and each.kind.day.month != day.month,
    )
