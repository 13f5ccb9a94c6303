"""The console's home: what needs a person, how the community is doing, where to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juluo.analytics.catalog import metric
from juluo.analytics.definition import Direction
from juluo.analytics.question import Answer, Grain, Point
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries as insights
from juluo.domains.members import permissions
from juluo.domains.members.types import Member
from juluo.lib import figures
from juluo.lib.charts import options
from juluo.ui.access import requires

TREND_WINDOWS = 26
# The years that an address can lead to.
YEARS = range(1900, 2200)
COHORTS = 8
AGES = range(1, 7)
SPACES = 8


@dataclass(frozen=True, kw_only=True)
class Card:
    """One headline figure in words."""

    label: str
    definition: str
    value: str
    change: str
    direction: str
    tone: str
    note: str
    url: str


@require_safe
@requires(permissions.can_see_console)
def home(request: HttpRequest) -> HttpResponse:
    """Show the last complete week or month, or the one that holds the address's day."""
    now = timezone.now()
    grain = Grain.WEEK if request.GET.get("grain") == "week" else Grain.MONTH
    day = _day(request.GET.get("day", ""))
    shown = insights.period(grain, now=now, containing=day)
    language = get_language() or "en"
    log = insights.current_log()
    has_talk = insights.last_local_day() is not None
    context: dict[str, Any] = {
        "shown": shown,
        "period": _period_words(shown, language),
        "grain": grain.value,
        "earlier": shown.before().isoformat(),
        "later": shown.end.isoformat() if shown.end <= insights.local_today(now=now) else "",
        "needs": insights.needs_of(cast("Member", request.user), now=now),
        "has_talk": has_talk,
        "may_import": permissions.can_import(request.user),
    }
    if has_talk:
        page = _Page(shown=shown, language=language)
        page.read(log=log, now=now)
        context |= page.context()
    return render(request, "web/home.html", context)


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _period_words(shown: insights.Period, language: str) -> str:
    if shown.grain is Grain.MONTH:
        return insights.long_label(shown.start, Grain.MONTH, language=language)
    first = figures.day(shown.start, language=language)
    last = figures.day(shown.end - timedelta(days=1), language=language)
    return f"{first} – {last}"


@dataclass(kw_only=True)
class _Page:
    """Asks everything that the home page shows, and words it."""

    shown: insights.Period
    language: str

    def read(self, *, log: Any, now: Any) -> None:
        """Ask the metric layer."""
        self._log, self._now = log, now
        self._headlines = insights.headlines(self.shown, log=log, now=now)
        start = self.shown.before(TREND_WINDOWS)
        self._growth = [
            self._ask(key, start=start)
            for key in ("members.new", "members.retained", "members.resurrected", "members.lost")
        ]
        self._trend = [
            self._ask(key, start=start) for key in ("members.active", "members.contributing")
        ]
        self._retention = self._ask("members.retention", start=self.shown.before(COHORTS - 1))
        self._spaces = self._ask("spaces.health", start=self.shown.start, grain=Grain.WINDOW)

    def _ask(self, key: str, *, start: date, grain: Grain | None = None) -> Answer:
        asked = insights.question(
            key,
            start=start,
            end=self.shown.end,
            grain=grain or self.shown.grain,
            timezone=self._log.timezone,
        )
        return insights.ask(asked, log=self._log, now=self._now)

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "cards": headline_cards(self._headlines, language=self.language),
            "trend": self._chart(self._trend, stacked=False),
            "trend_url": _explorer("members.active", self._trend[0]),
            "growth": self._chart(self._growth, stacked=True),
            "growth_url": _explorer("members.retained", self._growth[1]),
            "retention": self._triangle(),
            "ages": AGES,
            "retention_url": _explorer("members.retention", self._retention),
            "spaces": self._space_rows(),
            "spaces_url": _explorer("spaces.health", self._spaces),
            "data_version": self._log.data_version,
            "community_timezone": self._log.timezone,
        }

    def _chart(self, answers: Sequence[Answer], *, stacked: bool) -> dict[str, Any]:
        """Return option, columns and rows of a chart over the last windows."""
        points = [_since_first(answers, answer) for answer in answers]
        labels = [
            figures.point_label(point.start, self.shown.grain.value, language=self.language)
            for point in points[0]
        ]
        names = [metric(a.question.key).title.in_language(self.language) for a in answers]
        series = [
            options.Series(name=name, values=_signed(answer, found))
            for name, answer, found in zip(names, answers, points, strict=True)
        ]
        draw = (
            options.bars(labels, series, stacked=True) if stacked else options.lines(labels, series)
        )
        starts = [point.start for point in points[0]]
        marks, notes = insights.marked(starts, self.shown.grain)
        draw = options.with_marks(draw, marks)
        columns = [{"label": _("Beginning")}, *({"label": name, "numeric": True} for name in names)]
        rows = [
            [
                label,
                *(
                    figures.figure(found[n].value, "members", language=self.language)
                    for found in points
                ),
            ]
            for n, label in enumerate(labels)
        ]
        return {"option": draw, "columns": columns, "rows": rows, "notes": notes}

    def _triangle(self) -> list[dict[str, Any]]:
        cohorts: dict[date, list[Point]] = {}
        for point in self._retention.points:
            cohorts.setdefault(point.start, []).append(point)
        return [
            {
                "label": figures.point_label(start, self.shown.grain.value, language=self.language),
                "size": figures.number(found[0].whole or 0),
                "cells": [_cell(found, age) for age in AGES],
            }
            for start, found in sorted(cohorts.items())
        ]

    def _space_rows(self) -> list[dict[str, Any]]:
        busy = [point for point in self._spaces.points if point.value][:SPACES]
        names = discussions.space_names([int(point.group or 0) for point in busy])
        return [
            {
                "id": int(point.group or 0),
                "name": names.get(int(point.group or 0), point.group),
                "contributions": figures.number(point.value or 0),
                **{
                    name: figures.figure(value, unit, language=self.language)
                    for name, value in point.row
                    if (unit := {"answered_1d": "share"}.get(name, "members"))
                },
            }
            for point in busy
        ]


def headline_cards(found: Sequence[insights.Headline], *, language: str) -> list[Card]:
    """Return headline figures in words, each with its change and what is usual."""
    return [_card(each, language) for each in found]


def _card(each: insights.Headline, language: str) -> Card:
    unit = each.answer.unit
    words = figures.change(each.change, unit, language=language).lstrip("+−±")
    relative = each.relative_change
    if relative is not None and unit != "share":
        words = f"{abs(relative) * 100:.0f}%"
    change = each.change or 0.0
    return Card(
        label=each.metric.title.in_language(language),
        definition=each.metric.formula.in_language(language),
        value=figures.figure(each.point.value, unit, language=language),
        change=words if each.change is not None else "",
        direction="up" if change > 0 else "down" if change < 0 else "flat",
        tone=_tone(each.metric.better, change),
        note=_usual(each, language),
        url=_explorer(each.metric.key, each.answer),
    )


def _usual(each: insights.Headline, language: str) -> str:
    if each.usual is None:
        return ""
    unit = each.answer.unit
    low = figures.figure(each.usual.low, unit, language=language)
    high = figures.figure(each.usual.high, unit, language=language)
    words = _("usual: %(low)s – %(high)s")
    if each.unusual:
        words = _("unusual; usually %(low)s – %(high)s")
    return words % {"low": low, "high": high}


def _since_first(answers: Sequence[Answer], answer: Answer) -> Sequence[Point]:
    """Leave out the windows before anything happened, alike for all lines of a chart."""
    for n in range(len(answers[0].points)):
        if any(each.points[n].value for each in answers):
            return answer.points[n:]
    return answer.points[-1:]


def _signed(answer: Answer, points: Sequence[Point]) -> list[float | None]:
    lost = answer.question.key == "members.lost"
    return [-(point.value or 0) if lost else point.value for point in points]


def _cell(found: list[Point], age: int) -> dict[str, Any]:
    if age >= len(found) or found[age].value is None:
        return {"words": "", "depth": 0}
    share = found[age].value or 0.0
    return {"words": f"{share * 100:.0f}%", "depth": round(share * 10)}


def _tone(better: Direction, change: float) -> str:
    """Return whether a change is good news, by the metric's own direction."""
    if not change or better is Direction.NEITHER:
        return "neutral"
    return "good" if (change > 0) == (better is Direction.UP) else "bad"


def _explorer(key: str, answer: Answer) -> str:
    """Return the explorer's address for the same figure."""
    asked = answer.question
    last = asked.end - timedelta(days=1)
    words = {"key": key, "first": asked.start, "last": last, "grain": asked.grain.value}
    return f"{reverse('web:explorer')}?{urlencode(words)}"
