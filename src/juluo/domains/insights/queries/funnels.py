"""Funnels made ready for eyes: steps in words, shares with their intervals, a chart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.analytics.funnel import (
    Funnel,
    FunnelAnswer,
    Group,
    Median,
    Reached,
    Share,
)
from juluo.analytics.funnel_steps import STEPS
from juluo.analytics.log import EventLog
from juluo.analytics.people import People
from juluo.domains.discussions import queries as discussions
from juluo.domains.insights.queries.asking import kept_under, stepped
from juluo.lib import figures
from juluo.lib.charts import options

# Raise it whenever the figures of a funnel could change.
VERSION = 1
_KEEP_SECONDS = 3600
MOST_GROUPS = 30


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """One step in words."""

    number: int
    title: str
    members: str
    of_first: str
    of_first_interval: str
    of_before: str
    of_before_interval: str
    median: str
    median_interval: str
    since_before: str
    lost: int
    lost_words: str
    waiting: str


@dataclass(frozen=True, kw_only=True)
class GroupShown:
    """One group of a split: who entered, and the share that took each further step."""

    name: str
    label: str
    entered: str
    cells: tuple[str, ...]
    tips: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FunnelShown:
    """A funnel as a page shows it, with its evidence."""

    answer: FunnelAnswer
    lead: str
    steps: tuple[StepShown, ...]
    groups: tuple[GroupShown, ...]
    groups_left_out: int
    waiting: int
    option: dict[str, Any] | None
    definition: tuple[str, ...]


def step_titles(language: str) -> dict[str, str]:
    """Return the kinds of steps there are, in words."""
    return {key: each.title.in_language(language) for key, each in STEPS.items()}


def first_steps() -> list[str]:
    """Return the kinds of steps that a funnel can begin with."""
    return [key for key, each in STEPS.items() if not each.later_day]


def ask_funnel(asked: Funnel, *, log: EventLog, now: datetime) -> FunnelAnswer:
    """Return a funnel's answer, computed once for each state of the log.

    :raises FunnelRefused: if it cannot be asked this way.
    """
    from juluo.analytics.funnel import answer_funnel

    as_of = stepped(now)
    key = kept_under("funnel", f"{asked!r}|{as_of.isoformat()}", log=log, version=VERSION)
    kept: FunnelAnswer | None = cache.get(key)
    if kept is None:
        kept = answer_funnel(asked, log=log, as_of=as_of)
        cache.set(key, kept, _KEEP_SECONDS)
    return kept


def members_of_funnel(
    asked: Funnel,
    *,
    log: EventLog,
    now: datetime,
    step: int,
    state: str,
    group: str | None,
    offset: int,
    limit: int,
) -> People:
    """Return one page of the members who ``reached`` a step, were ``lost`` before it, or wait."""
    from juluo.analytics.funnel import members_of_step

    return members_of_step(
        asked,
        log=log,
        as_of=stepped(now),
        step=step,
        state=state,
        group=group,
        offset=offset,
        limit=limit,
    )


def funnel_shown(answer: FunnelAnswer, *, language: str) -> FunnelShown:
    """Return a funnel in words, with its chart."""
    titles = step_titles(language)
    steps = tuple(
        _step(number, each, answer.whole, titles, language)
        for number, each in enumerate(answer.whole.reached, start=1)
    )
    labels = group_words(answer.funnel, [each.name or "" for each in answer.groups])
    groups = tuple(_group(each, labels) for each in answer.groups[:MOST_GROUPS])
    return FunnelShown(
        answer=answer,
        lead=_lead(answer, titles),
        steps=steps,
        groups=groups,
        groups_left_out=max(len(answer.groups) - MOST_GROUPS, 0),
        waiting=answer.whole.waiting[0],
        option=_chart(answer.whole, steps),
        definition=definition_words(answer.funnel),
    )


def definition_words(asked: Funnel) -> tuple[str, ...]:
    """Return what a funnel counts, in sentences."""
    within = ngettext(
        "Each further step is the earliest one after the step before it, and counts if it comes "
        "at most %(days)d day after the first.",
        "Each further step is the earliest one after the step before it, and counts if it comes "
        "at most %(days)d days after the first.",
        asked.within,
    ) % {"days": asked.within}
    return (
        _(
            "A member enters with the first time ever that they take the first step (in the "
            "chosen space or source, if one is chosen), if it lies in the chosen days."
        ),
        within,
        _(
            "Members whose days are not over are waiting: they are counted apart. Joining and "
            "visits belong to no space and count everywhere. Times are medians of those who took "
            "the step, with the 95% interval from the order of the times; shares have the Wilson "
            "95% interval."
        ),
    )


def group_words(asked: Funnel, groups: list[str]) -> dict[str, str]:
    """Return what the groups of a split are called."""
    known = {"unknown": _("unknown"), "native": _("this site"), "": _("no space")}
    labels = {each: known.get(each, each) for each in groups}
    if asked.by == "space":
        names = discussions.space_names(
            [int(each) for each in groups if each.isdecimal() and len(each) < 16]
        )
        labels |= {str(pk): name for pk, name in names.items()}
    return labels


def _step(
    number: int, each: Reached, whole: Group, titles: dict[str, str], language: str
) -> StepShown:
    return StepShown(
        number=number,
        title=titles[each.step],
        members=figures.number(each.members),
        of_first=_percent(each.of_first),
        of_first_interval=_interval(each.of_first),
        of_before=_percent(each.of_before) if number > 1 else "",
        of_before_interval=_interval(each.of_before) if number > 1 else "",
        median=_time(each.since_first.value, language) if number > 1 else "",
        median_interval=_times(each.since_first, language) if number > 1 else "",
        since_before=_time(each.since_before.value, language) if number > 2 else "",
        lost=each.lost,
        lost_words=figures.number(each.lost),
        waiting=figures.number(whole.waiting[number - 1]),
    )


def _group(each: Group, labels: dict[str, str]) -> GroupShown:
    later = each.reached[1:]
    return GroupShown(
        name=each.name or "",
        label=labels.get(each.name or "", each.name or ""),
        entered=figures.number(each.entered),
        cells=tuple(_percent(step.of_first) for step in later),
        tips=tuple(
            _("%(part)s of %(whole)s; 95%% interval %(interval)s")
            % {
                "part": figures.number(step.of_first.part),
                "whole": figures.number(step.of_first.whole),
                "interval": _interval(step.of_first),
            }
            for step in later
        ),
    )


def _lead(answer: FunnelAnswer, titles: dict[str, str]) -> str:
    """Say in one sentence how many came through, and where most were lost."""
    reached = answer.whole.reached
    if not answer.whole.entered:
        return ""
    worst = max(reached[1:], key=lambda each: each.lost)
    values = {
        "entered": figures.number(answer.whole.entered),
        "part": figures.number(reached[-1].members),
        "share": _percent(reached[-1].of_first),
        "step": titles[worst.step],
        "lost": figures.number(worst.lost),
    }
    if not worst.lost:
        return _("All %(entered)s members who entered took every step.") % values
    return (
        _(
            "%(part)s of %(entered)s members (%(share)s) took every step; most were lost before "
            "“%(step)s”: %(lost)s."
        )
        % values
    )


def _chart(whole: Group, steps: tuple[StepShown, ...]) -> dict[str, Any] | None:
    if not whole.entered:
        return None
    reached = [round((each.of_first.value or 0) * 100, 2) for each in whole.reached]
    names = [f"{each.number}. {each.title}" for each in steps]
    return options.bars(
        names, [options.Series(name=_("Of the first"), values=reached)], percent=True
    )


def _percent(share: Share) -> str:
    return figures.NOTHING if share.value is None else figures.percent(share.value)


def _interval(share: Share) -> str:
    if share.interval is None:
        return ""
    low, high = share.interval
    return f"{figures.percent(low)} – {figures.percent(high)}"


def _time(seconds: float | None, language: str) -> str:
    return figures.NOTHING if seconds is None else figures.duration(seconds, language=language)


def _times(median: Median, language: str) -> str:
    if median.low is None or median.high is None:
        return ""
    return f"{_time(median.low, language)} – {_time(median.high, language)}"
