"""What is proposed where a headline figure fell short: by rule, with its own numbers."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juluo.analytics.question import Answer
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft

_WEEK = 7


def for_moved(
    draft: Draft, key: str, answer: Answer, found: insights.Why, shown: insights.WhyShown
) -> list[str]:
    """Return what to do about a figure below what was expected; nothing where no rule knows."""
    expected = found.diagnosis.expected
    rule = _RULES.get(key)
    if rule is None or expected.actual is None or expected.expected is None:
        return []
    missing = float(expected.expected) - float(expected.actual)
    if missing <= 0:
        return []
    weeks = Fraction((answer.question.end - answer.question.start).days, _WEEK)
    first = _check(shown)
    return [draft.joined([*first, rule(missing, float(weeks), answer, _where(found, shown))])]


def _check(shown: insights.WhyShown) -> list[str]:
    """Return what fits in time and must be looked at before anything is done."""
    kept = [each for cause in shown.causes for each in cause.kept]
    if not kept:
        return []
    words = _("First check what fits in time: %(what)s (%(days)s).")
    return [words % {"what": f"{kept[0].what}{_(': ')}{kept[0].words}", "days": kept[0].days}]


def _where(found: insights.Why, shown: insights.WhyShown) -> str:
    """Return the slice that fell, in words; the community where it is no slice."""
    for cause, told in zip(found.diagnosis.causes, shown.causes, strict=True):
        if cause.where:
            return told.where
    return _("the community")


def _people(missing: float, _weeks: float, _answer: Answer, where: str) -> str:
    count = max(round(missing), 1)
    words = ngettext(
        "%(count)d person fewer than expected took part. Look first at %(where)s: write to those "
        "who were active in the window before and are silent now, and ask what they lack. The page "
        "“Movement” lists them.",
        "%(count)d people fewer than expected took part. Look first at %(where)s: write to those "
        "who were active in the window before and are silent now, and ask what they lack. The page "
        "“Movement” lists them.",
        count,
    )
    return words % {"count": count, "where": where}


def _newcomers(missing: float, weeks: float, _answer: Answer, where: str) -> str:
    words = _(
        "%(count)d newcomers fewer than expected came. Look first at %(where)s. Repeat what "
        "brought people before, until about %(weekly)d more come each week."
    )
    weekly = max(ceil(missing / weeks), 1)
    return words % {"count": max(round(missing), 1), "weekly": weekly, "where": where}


def _writing(missing: float, weeks: float, _answer: Answer, where: str) -> str:
    words = _(
        "About %(weekly)d contributions a week are missing. Look first at %(where)s: put an "
        "opening for it on the content plan each week, with a name, and count the answers to it."
    )
    return words % {"weekly": max(ceil(missing / weeks), 1), "where": where}


def _answering(missing: float, weeks: float, answer: Answer, where: str) -> str:
    whole = answer.points[0].whole or 0
    words = _(
        "Name somebody for each day who answers first, in %(where)s. About %(weekly)d more "
        "answers within a day each week would have met what was expected (of %(whole)d openings)."
    )
    weekly = max(ceil(missing * whole / weeks), 1)
    return words % {"weekly": weekly, "whole": whole, "where": where}


_RULES: dict[str, Callable[[float, float, Answer, str], str]] = {
    "members.active": _people,
    "members.contributing": _people,
    "members.new": _newcomers,
    "content.contributions": _writing,
    "response.answered_1d": _answering,
}
