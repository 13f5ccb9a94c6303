"""Effects in words. Nobody was held out: no word here says that something was the cause."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from juluo.analytics.catalog import METRICS
from juluo.domains.planning import queries as planning
from juluo.domains.reporting.queries.effects import EffectShown, Lack, effect_of
from juluo.lib import figures
from juluo.ui.looks import Look

if TYPE_CHECKING:
    # At run time it would load numpy, while the app starts.
    from juluo.analytics.effects import Effect


def boxes_of_attempt(kind: str, attempt_id: int, now: datetime) -> list[planning.EffectBox]:
    """Return what a strategy or an activity did, for its page."""
    language = get_language() or "en"
    return [
        planning.EffectBox(
            title=metric_title(each, language),
            look=_look(each.effect),
            what=what(each, language),
            how=how(each, language),
        )
        for each in effect_of(kind, attempt_id, now=now)
    ]


def metric_title(shown: EffectShown, language: str) -> str:
    """Return what should have moved."""
    key = shown.aim.metric if shown.aim else ""
    return METRICS[key].title.in_language(language) if key in METRICS else key


def verdict_words(verdict: str) -> str:
    """Return what can be said without a hold-out."""
    return {
        "effective": pgettext("effect", "better than before"),
        "harmful": pgettext("effect", "worse than before"),
        "not_shown": pgettext("effect", "not shown"),
        "cannot_tell": pgettext("effect", "cannot tell"),
    }[verdict]


def _look(effect: "Effect | None") -> Look:
    verdict = effect.verdict.value if effect else "cannot_tell"
    tone, icon = {
        "effective": ("green", "trending-up"),
        "harmful": ("red", "trending-down"),
    }.get(verdict, ("secondary", "help-circle"))
    return Look(label=verdict_words(verdict), tone=tone, icon=icon)


def what(shown: EffectShown, language: str) -> str:
    """Return what was seen against what the weeks before would have gone on as."""
    effect = shown.effect
    if effect is None or shown.aim is None or effect.difference is None:
        return lack_words(shown)
    unit = METRICS[shown.aim.metric].unit

    def change(value: float | None) -> str:
        return figures.change(_short(value, unit), unit, language=language)

    words = _(
        "%(seen)s a week, where the weeks before would have gone on as %(else)s: %(change)s (95 "
        "in 100: %(low)s to %(high)s)."
    )
    return words % {
        "seen": figures.figure(_short(effect.treated, unit), unit, language=language),
        "else": figures.figure(_short(effect.control, unit), unit, language=language),
        "change": change(effect.difference),
        "low": change(effect.low),
        "high": change(effect.high),
    }


def _short(value: float | None, unit: str) -> float | None:
    if value is None or unit in {"share", "seconds", "ratio", "index", "per day"}:
        return value
    return round(value, 1)


def how(shown: EffectShown, language: str) -> str:
    """Return what was stated, how it was compared, and what that cannot show."""
    effect, aim = shown.effect, shown.aim
    if effect is None or aim is None or shown.first is None:
        return ""
    said = []
    if aim.expected_change is not None:
        words = _("Stated before: %(change)s by %(day)s.")
        unit = METRICS[aim.metric].unit
        change = figures.change(aim.expected_change, unit, language=language)
        said.append(words % {"change": change, "day": figures.day(aim.by, language=language)})
    words = _(
        "Whole weeks compared: %(weeks)d from %(day)s on, %(before)d before. The "
        "interval is as wide as %(runs)d past moments, at which nothing was done, make it."
    )
    said.append(
        words
        % {
            "weeks": shown.weeks,
            "day": figures.day(shown.first, language=language),
            "before": shown.before,
            "runs": effect.sample,
        }
    )
    if effect.verdict == "not_shown":
        said.append(_("The interval holds zero: not shown is not the same as no effect."))
    said.append(_("Nobody was held out, so something else may have moved the figure."))
    return ("" if language.startswith("zh") else " ").join(said)


def lack_words(shown: EffectShown) -> str:
    """Return what a comparison lacks."""
    if shown.lack is Lack.SHORT_HISTORY:
        words = _(
            "Cannot tell. Whole weeks since: %(weeks)d; weeks needed before: %(needed)d; weeks the "
            "log holds: %(before)d."
        )
        facts = {"weeks": shown.weeks, "needed": shown.needed, "before": shown.before}
        return words % facts
    return {
        Lack.DROPPED: _("Given up: not compared."),
        Lack.NOT_STATED: _("Cannot tell: nobody said beforehand what it should move."),
        Lack.NOT_MEASURED: _("Cannot tell: the figure is not measured by week."),
        Lack.TOO_EARLY: _("Cannot tell: no whole week has passed since it began."),
        Lack.GAPS: _("Cannot tell: the figure is missing in some of the weeks."),
    }.get(shown.lack or Lack.GAPS, "")
