"""What moved and why: each headline figure against what was to be expected of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from juluo.analytics.question import Answer, Grain
from juluo.domains.insights import queries as insights
from juluo.domains.reporting.queries.draft import Draft
from juluo.domains.reporting.queries.sections import moved_parts
from juluo.lib import figures
from juluo.lib.documents.model import Block, Bullets, Column, Paragraph, Section, Table, Text

# A longer window has no comparable ones before it, and costs much to take apart.
LONGEST_DAYS = 366
_MOST_HIDDEN = 5


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One headline figure with its diagnosis; ``year_ago`` is the same season a year before."""

    key: str
    answer: Answer
    found: insights.Why
    shown: insights.WhyShown
    year_ago: Answer | None


def moved(draft: Draft) -> Section | None:
    """Return which headline figures left what was expected, where, since when, and why."""
    end = min(draft.asked.end, insights.local_today(now=draft.now))
    if not 0 < (end - draft.asked.start).days <= LONGEST_DAYS:
        return None
    looked = [_looked(draft, key, end) for key in _keys()]
    unusual = [each for each in looked if each.shown.is_unusual]
    blocks: list[Block] = [Paragraph([Text(_lead(draft, looked, end))]), _table(draft, looked)]
    hidden = _hidden(looked)
    if hidden:
        words = _("As usual as a whole, but not in these parts (weak evidence):")
        blocks += [Paragraph([Text(words)]), Bullets(hidden)]
    if unusual:
        blocks += moved_parts.notes(draft, unusual[0].answer)
    parts = [
        moved_parts.part(draft, each.key, each.answer, each.found, each.shown) for each in unusual
    ]
    return Section(key="moved", title=_("What moved, and why"), blocks=blocks, parts=parts)


def _keys() -> list[str]:
    can = set(insights.explainable())
    return [key for key in insights.HEADLINE_KEYS if key in can]


def _looked(draft: Draft, key: str, end: date) -> Looked:
    start = draft.asked.start
    answer = draft.ask(key, Grain.WINDOW, end=end)
    against = insights.window_before(start, end)
    found = draft.memory.once(
        ("why", answer.question),
        lambda: insights.why(answer.question, against=against, log=draft.log, now=draft.now),
    )
    return Looked(
        key=key,
        answer=answer,
        found=found,
        shown=insights.why_shown(found, language=draft.asked.language),
        year_ago=_year_ago(draft, key, start, end),
    )


def _year_ago(draft: Draft, key: str, start: date, end: date) -> Answer | None:
    """Ask for the same season a year before; None where the log does not reach back so far."""
    weeks = timedelta(weeks=52)
    before = (start - weeks, end - weeks)
    if start.day == end.day == 1:
        before = (start.replace(year=start.year - 1), end.replace(year=end.year - 1))
    if not _was_there(draft, before[0]):
        return None
    return draft.ask(key, Grain.WINDOW, start=before[0], end=before[1])


def _was_there(draft: Draft, day: date) -> bool:
    """Say whether there was talk by a day: an empty season before the first word is none."""
    start, end = day - timedelta(weeks=52), day + timedelta(days=1)
    answer = draft.ask("content.contributions", Grain.WINDOW, start=start, end=end)
    return bool(answer.points[0].value)


def _lead(draft: Draft, looked: Sequence[Looked], end: date) -> str:
    unusual = sum(each.shown.is_unusual for each in looked)
    said = [
        ngettext(
            "%(unusual)d of %(all)d headline figures lies outside what the community’s own "
            "history and season would have made of it.",
            "%(unusual)d of %(all)d headline figures lie outside what the community’s own "
            "history and season would have made of them.",
            unusual,
        )
        % {"unusual": unusual, "all": len(looked)}
    ]
    if not unusual:
        said = [_("No headline figure lies outside what the community’s own history and season "
                  "would have made of it: there is nothing to explain.")]  # fmt: skip
        if all(each.found.diagnosis.expected.low is None for each in looked):
            said = [_("History is too short to say of any headline figure what would be usual.")]
        draft.reasons["moved"] = said[0]
    if end < draft.asked.end:
        words = _("Only the days up to %(day)s are looked at: the others are not over.")
        day = figures.day(end - timedelta(days=1), language=draft.asked.language)
        said.append(words % {"day": day})
    said.append(_("Nothing here proves a cause; it says where to look and how sure we are."))
    return _join(draft, said)


def _join(draft: Draft, said: Sequence[str]) -> str:
    return ("" if draft.asked.language == "zh" else " ").join(said)


def _table(draft: Draft, looked: Sequence[Looked]) -> Table:
    columns = [
        Column(title=_("Metric"), share=2.2),
        Column(title=_("This period"), numeric=True, share=1.2),
        Column(title=pgettext("figure", "Expected"), numeric=True, share=1.2),
        Column(title=pgettext("figure", "Expected range"), numeric=True, share=1.9),
        Column(title=_("A year ago"), numeric=True, share=1.2),
        Column(title=pgettext("diagnosis", "Outcome"), share=1.6),
    ]
    rows = [_row(draft, each) for each in looked]
    # A column of dashes would say nothing.
    is_expected = any(each.found.diagnosis.expected.low is not None for each in looked)
    is_a_year_old = any(each.year_ago for each in looked)
    kept = [0, 1, *((2, 3) if is_expected else ()), *((4,) if is_a_year_old else ()), 5]
    return Table(
        caption=_("Seen and expected"),
        columns=[columns[n] for n in kept],
        rows=[[row[n] for n in kept] for row in rows],
    )


def _row(draft: Draft, each: Looked) -> list[Text]:
    expected, unit = each.found.diagnosis.expected, each.answer.unit
    spread = figures.NOTHING
    if expected.low is not None and expected.high is not None:
        low, high = (moved_parts.value(draft, v, unit) for v in (expected.low, expected.high))
        spread = f"{low} – {high}"
    ago = Text(figures.NOTHING)
    if each.year_ago is not None:
        ago = draft.cited(each.year_ago, each.year_ago.points[0].value)
    return [
        Text(each.shown.title),
        draft.cited(each.answer, each.answer.points[0].value),
        Text(moved_parts.value(draft, expected.expected, unit)),
        Text(spread),
        ago,
        Text(_outcome(expected.outcome.value), strong=expected.is_unusual),
    ]


def _outcome(outcome: str) -> str:
    return {
        "usual": pgettext("diagnosis", "usual"),
        "explained_by_season": pgettext("diagnosis", "explained by the season"),
        "unusual": pgettext("diagnosis", "unusual"),
        "history_too_short": pgettext("diagnosis", "history too short"),
    }[outcome]


def _hidden(looked: Sequence[Looked]) -> list[list[Text]]:
    """Return the parts that moved by themselves while the whole was as usual."""
    found = [
        (each.shown.title, cause)
        for each in looked
        if not each.shown.is_unusual
        for cause in each.shown.causes
    ]
    colon = _(": ")
    return [
        [Text(f"{title}{colon}", strong=True), Text(f"{cause.sentence} {cause.when}".strip())]
        for title, cause in found[:_MOST_HIDDEN]
    ]
