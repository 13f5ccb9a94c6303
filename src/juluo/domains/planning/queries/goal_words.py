"""Goals in words: figures with their units, what history says, how a status looks."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juluo.analytics.feasibility import FEWEST_WINDOWS, Verdict
from juluo.analytics.question import Grain
from juluo.domains.planning.models import Target
from juluo.domains.planning.rules import goals as rules
from juluo.lib import figures
from juluo.ui.looks import Look

STATUS_LOOKS: dict[str, Look] = {
    value: Look(label=Target.Status(value).label, tone=tone, icon=icon)
    for value, tone, icon in (
        ("not_started", "secondary", "circle-dashed"),
        ("no_data", "secondary", "help-circle"),
        ("on_pace", "green", "circle-check"),
        ("at_risk", "orange", "alert-triangle"),
        ("off_pace", "red", "trending-down"),
        ("reached", "teal", "trophy"),
        ("missed", "red", "circle-x"),
    )
}
VERDICT_LOOKS: dict[str, Look] = {
    Verdict.MET_BY_SEASON_ALONE: Look(
        label=gettext_lazy("May come by itself"), tone="blue", icon="wave-sine"
    ),
    Verdict.SEEN_BEFORE: Look(label=gettext_lazy("Seen before"), tone="green", icon="check"),
    Verdict.RARE: Look(label=gettext_lazy("Rarely seen"), tone="orange", icon="alert-triangle"),
    Verdict.NEVER_REACHED_BEFORE: Look(
        label=gettext_lazy("Never reached before"), tone="red", icon="rocket"
    ),
    Verdict.TOO_LITTLE_HISTORY: Look(
        label=gettext_lazy("Too little history"), tone="secondary", icon="hourglass"
    ),
}
FAMILY_WORDS: dict[str, str | Promise] = {
    "growth": gettext_lazy("Member growth"),
    "activity": gettext_lazy("Activity level"),
    "quality": gettext_lazy("Content quality"),
    "reach": gettext_lazy("Brand and reach"),
}


def figure(value: float | None, unit: str, *, language: str) -> str:
    """Return a figure as goals show it: whole where it is large, short where it is small."""
    if value is None or unit in {"share", "seconds"}:
        return figures.figure(value, unit, language=language)
    if unit in {"ratio", "index", "per day"}:
        return figures.figure(value, unit, language=language)
    return figures.number(round(value) if abs(value) >= 10 else round(value, 1))


def measure_words(aim: rules.Aim) -> str:
    """Return how a target's metric is read."""
    if aim.is_total:
        return _("in total over the goal’s days")
    return {
        Grain.DAY: _("on the last whole day"),
        Grain.WEEK: _("in the last whole week"),
        Grain.MONTH: _("in the last whole month"),
    }[aim.grain]


def proposed_title(aim: rules.Aim, value: float, *, language: str) -> str:
    """Return a title for a goal that was given none."""
    names = {
        "metric": aim.definition.title.in_language(language),
        "value": figure(value, aim.definition.unit, language=language),
    }
    return _("%(metric)s: %(value)s") % names


def length_words(aim: rules.Aim, *, start: date, end: date) -> str:
    """Return how long a target's stretch of time is."""
    if aim.is_total:
        count, grain = (end - start).days, Grain.DAY
    else:
        grain = aim.grain
        final, first = rules.period_start(end, grain), rules.period_start(start, grain)
        count = max(rules.periods_between(first, final, grain), 1)
    words = {
        Grain.DAY: ngettext("%(count)d day", "%(count)d days", count),
        Grain.WEEK: ngettext("%(count)d week", "%(count)d weeks", count),
        Grain.MONTH: ngettext("%(count)d month", "%(count)d months", count),
    }[grain]
    return words % {"count": count}


def feasibility_words(
    kept: Mapping[str, Any], *, aim: rules.Aim, value: float, length: str, language: str
) -> list[str]:
    """Return what history says of a target, in sentences."""
    if not kept:
        return []
    unit = aim.definition.unit
    said = [_how_often(kept, unit, length, language)]
    if kept.get("low") is not None:
        said.append(_what_comes(kept, unit, value, language))
    if kept["verdict"] == Verdict.NEVER_REACHED_BEFORE and kept.get("best") is not None:
        best = figure(kept["best"], unit, language=language)
        said.append(
            _("It would be better than ever: the best so far was %(best)s.") % {"best": best}
        )
    return said


def _how_often(kept: Mapping[str, Any], unit: str, length: str, language: str) -> str:
    windows, times = kept["windows"], kept["times"]
    if windows < FEWEST_WINDOWS:
        words = ngettext(
            "History holds only %(windows)d stretch of %(length)s to compare with: too little to "
            "say how often such a change happens.",
            "History holds only %(windows)d stretches of %(length)s to compare with: too little to "
            "say how often such a change happens.",
            windows,
        )
        return words % {"windows": windows, "length": length}
    if kept["change"] == 0:
        return _how_often_held(kept, length)
    size = abs(kept["change"])
    change = figures.percent(size) if kept["is_relative"] else _difference(size, unit, language)
    if kept["change"] > 0:
        words = ngettext(
            "In %(windows)d past stretch of %(length)s a rise of %(change)s or more happened "
            "%(often)s.",
            "In %(windows)d past stretches of %(length)s a rise of %(change)s or more happened "
            "%(often)s.",
            windows,
        )
    else:
        words = ngettext(
            "In %(windows)d past stretch of %(length)s a fall of %(change)s or more happened "
            "%(often)s.",
            "In %(windows)d past stretches of %(length)s a fall of %(change)s or more happened "
            "%(often)s.",
            windows,
        )
    often = ngettext("%(count)d time", "%(count)d times", times) % {"count": times}
    return words % {"windows": windows, "length": length, "change": change, "often": often}


def _how_often_held(kept: Mapping[str, Any], length: str) -> str:
    """Say how often a level was held, or bettered, over as long a stretch."""
    words = ngettext(
        "The target is to hold the level. In %(windows)d past stretch of %(length)s it was held or "
        "bettered %(often)s.",
        "The target is to hold the level. In %(windows)d past stretches of %(length)s it was held "
        "or bettered %(often)s.",
        kept["windows"],
    )
    often = ngettext("%(count)d time", "%(count)d times", kept["times"]) % {"count": kept["times"]}
    return words % {"windows": kept["windows"], "length": length, "often": often}


def _difference(size: float, unit: str, language: str) -> str:
    return figures.change(size, unit, language=language).removeprefix("+")


def _what_comes(kept: Mapping[str, Any], unit: str, value: float, language: str) -> str:
    low, high = kept["low"], kept["high"]
    facts = {
        "low": figure(low, unit, language=language),
        "high": figure(high, unit, language=language),
        "target": figure(value, unit, language=language),
        "chance": f"{kept['chance'] * 100:.0f}%",
    }
    if low <= value <= high:
        return (
            _(
                "Season and trend alone would give %(low)s to %(high)s; the target of %(target)s "
                "lies within: it may be met without doing anything (chance %(chance)s)."
            )
            % facts
        )
    if kept["chance"] >= 0.5:
        return (
            _(
                "Season and trend alone would give %(low)s to %(high)s, better than the target of "
                "%(target)s: it would very likely be met without doing anything (chance "
                "%(chance)s)."
            )
            % facts
        )
    return (
        _(
            "Season and trend alone would give %(low)s to %(high)s; the target of %(target)s lies "
            "outside: it takes more than going on as before (chance %(chance)s)."
        )
        % facts
    )


def explorer_address(aim: rules.Aim, *, start: date, end: date) -> str:
    """Return the address of the metric's figures and records over these days: the evidence.

    The explorer takes one source; spaces are chosen there.
    """
    asked = {
        "key": aim.metric,
        "first": start.isoformat(),
        "last": (end - timedelta(days=1)).isoformat(),
        "grain": Grain.WINDOW.value if aim.is_total else aim.grain.value,
    }
    if len(aim.filters.sources) == 1:
        asked["source"] = aim.filters.sources[0]
    if aim.filters.exclude_staff:
        asked["no_staff"] = "on"
    return f"{reverse('web:explorer')}?{urlencode(asked)}"
