"""Evidence in words: how a question was cut and filtered, and how to ask it again."""

import shlex

from django.utils.translation import gettext as _

from juluo.analytics.question import Filters, Grain, Question


def grain_words(grain: Grain) -> str:
    """Return in words how a window is cut."""
    return {
        Grain.DAY: _("by day"),
        Grain.WEEK: _("by week, from Monday"),
        Grain.MONTH: _("by month"),
        Grain.WINDOW: _("as a whole"),
    }[grain]


def filter_words(filters: Filters) -> str:
    """Return in words who and what was counted."""
    words = [
        _("bots, system and test accounts included")
        if filters.include_bots
        else _("people only; bots, system and test accounts left out"),
    ]
    if filters.exclude_staff:
        words.append(_("staff left out"))
    if filters.spaces:
        words.append(_("spaces: %s") % ", ".join(str(each) for each in filters.spaces))
    if filters.sources:
        words.append(_("sources: %s") % ", ".join(filters.sources))
    if filters.by_joined:
        words.append(_("by the day of joining"))
    return _("; ").join(words)


def command(asked: Question) -> str:
    """Return the command that asks the same question again and prints its SQL with ``--json``."""
    filters = asked.filters
    words = [
        f"juluo metric {asked.key} --from {asked.start} --to {asked.end} --grain {asked.grain}",
        f"--timezone {asked.timezone}",
        *([f"--by {asked.by}"] if asked.by else []),
        *(f"--space {each}" for each in filters.spaces),
        *(f"--source {shlex.quote(each)}" for each in filters.sources),
        *(["--include-bots"] if filters.include_bots else []),
        *(["--exclude-staff"] if filters.exclude_staff else []),
        *(["--joined"] if filters.by_joined else []),
        "--json",
    ]
    return " ".join(words)
